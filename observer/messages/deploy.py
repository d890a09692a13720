"""What is generated for Prometheus and Grafana: commands, alerts, titles."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_COMMANDS: Final[Mapping[str, Text]] = {
    "deploy.help": Text(
        "Generate rules for Prometheus and dashboards for Grafana, and check those you have.",
        "Générer les règles pour Prometheus et les tableaux de bord pour Grafana, et vérifier les vôtres.",
    ),
    "deploy.generate.help": Text(
        "Write the files below DIR (deploy unless given), with words in the language of --lang.",
        "Écrire les fichiers sous DIR (deploy par défaut), dans la langue de --lang.",
    ),
    "deploy.check.help": Text(
        "Say which files below DIR are missing or not as this version writes them. Exit 0: none; 1: some.",
        "Dire quels fichiers sous DIR manquent ou diffèrent de ceux de cette version. "
        "Code 0 : aucun ; 1 : au moins un.",
    ),
    "deploy.extra": Text(
        "the library for dashboards to be installed", "la bibliothèque pour les tableaux de bord"
    ),
    "deploy.mend_extra": Text(
        "Run: pip install 'martech-observer[deploy]'", "Lancez : pip install 'martech-observer[deploy]'"
    ),
    "deploy.writable": Text("a file that can be written", "un fichier où l’on puisse écrire"),
    "deploy.readable": Text("a file that can be read", "un fichier lisible"),
    "deploy.missing": Text("{file}: missing", "{file} : manquant"),
    "deploy.differs": Text(
        "{file}: not as this version writes it, or in the other language",
        "{file} : différent de celui de cette version, ou dans l’autre langue",
    ),
    "deploy.clean": Text("{count} files are as generated.", "{count} fichiers conformes."),
    "deploy.wrong": Text(
        "{count} files checked. Run `observer deploy generate`, or look at what differs.",
        "{count} fichiers vérifiés. Lancez `observer deploy generate`, ou examinez les différences.",
    ),
}

_ALERTS: Final[Mapping[str, Text]] = {
    "deploy.burn.summary": Text(
        "{contract} burns its error budget too fast.", "{contract} consomme trop vite son budget d’erreur."
    ),
    "deploy.burn.description": Text(
        "Service level {slo} of contract {contract}: {share} bad events.",
        "Niveau de service {slo} du contrat {contract} : {share} d’événements en défaut.",
    ),
}

_OF_WORKERS: Final[Mapping[str, Text]] = {
    "deploy.alert.MartechEventsLostUnread": Text(
        "Events of {source} were removed by retention before they were judged.",
        "Des événements de {source} ont été supprimés par la rétention avant d’être jugés.",
    ),
    "deploy.alert.MartechEventsAboutToBeLost": Text(
        "Events in {topic} will soon be removed by retention before they are judged.",
        "Des événements de {topic} seront bientôt supprimés par la rétention avant d’être jugés.",
    ),
    "deploy.alert.MartechPartitionStuck": Text(
        "A partition of {topic} is not being judged any more.", "Une partition de {topic} n’est plus jugée."
    ),
    "deploy.alert.MartechLedgerRefused": Text(
        "{instance} found a chunk twice or a hole in the ledger.",
        "{instance} a trouvé un lot en double ou un trou dans le registre.",
    ),
    "deploy.alert.MartechStoreUnreachable": Text(
        "{instance} cannot reach the store: windows stand still.",
        "{instance} n’atteint pas la base : les fenêtres n’avancent plus.",
    ),
    "deploy.alert.MartechCatalogsDiffer": Text(
        "Workers judge by different catalogs.", "Des processus jugent avec des catalogues différents."
    ),
}

_OVERVIEW: Final[Mapping[str, Text]] = {
    "deploy.overview": Text("Martech Observer: overview", "Martech Observer : vue d’ensemble"),
    "deploy.overview.about": Text(
        "Are the events right, lawful and on time, and which tools do they feed?",
        "Les événements sont-ils justes, licites et à l’heure, et quels outils alimentent-ils ?",
    ),
    "deploy.row.traffic": Text("Traffic", "Trafic"),
    "deploy.row.contracts": Text("Contracts", "Contrats"),
    "deploy.row.levels": Text("Service levels and gates", "Niveaux de service et portes"),
    "deploy.row.consent": Text("Consent", "Consentement"),
    "deploy.row.time": Text("Time", "Temps"),
    "deploy.row.tools": Text("Tools", "Outils"),
    "deploy.row.kafka": Text("Kafka", "Kafka"),
    "deploy.row.observer": Text("The observer itself", "L’observateur lui-même"),
}

_PANELS: Final[Mapping[str, Text]] = {
    "deploy.panel.valid": Text("Valid events", "Événements valides"),
    "deploy.panel.valid.about": Text(
        "Share of events, duplicates left out, that keep their contract.",
        "Part des événements, hors doublons, qui respectent leur contrat.",
    ),
    "deploy.panel.quiet": Text("Quietest source", "Source la plus silencieuse"),
    "deploy.panel.quiet.about": Text(
        "Time since the newest event of the source that was heard from longest ago.",
        "Temps écoulé depuis le dernier événement de la source entendue il y a le plus longtemps.",
    ),
    "deploy.panel.unjudged": Text("Events without a verdict", "Événements sans verdict"),
    "deploy.panel.unjudged.about": Text(
        "Received less judged. Anything but 0 for more than a moment is a fault of the observer.",
        "Reçus moins jugés. Toute valeur non nulle qui dure est un défaut de l’observateur.",
    ),
    "deploy.panel.catalog": Text("Catalog loaded", "Catalogue chargé"),
    "deploy.panel.catalog.about": Text(
        "1 where the last load succeeded everywhere, 0 where an older catalog is still in force.",
        "1 si le dernier chargement a réussi partout, 0 si un catalogue plus ancien reste en vigueur.",
    ),
    "deploy.panel.received": Text("Events received", "Événements reçus"),
    "deploy.panel.received.about": Text(
        "Events a second at the door, by source.", "Événements par seconde, par source."
    ),
    "deploy.panel.verdicts": Text("Verdicts", "Verdicts"),
    "deploy.panel.verdicts.about": Text(
        "Events a second by verdict: exactly one for each event.",
        "Événements par seconde et par verdict : exactement un par événement.",
    ),
    "deploy.panel.violations": Text("Broken rules", "Règles enfreintes"),
    "deploy.panel.violations.about": Text(
        "The ten rules that break most. One event can break several.",
        "Les dix règles les plus enfreintes. Un événement peut en enfreindre plusieurs.",
    ),
    "deploy.panel.quarantined": Text("Quarantined events", "Événements mis en quarantaine"),
    "deploy.panel.quarantined.about": Text(
        "Events a second that are kept whole until they are replayed, erased or expire.",
        "Événements par seconde conservés entiers jusqu’à leur rejeu, leur effacement ou leur expiration.",
    ),
    "deploy.panel.bad": Text("Bad events, last hour", "Événements en défaut, dernière heure"),
    "deploy.panel.bad.about": Text(
        "Share of bad events of the ten worst service levels.",
        "Part des événements en défaut, pour les dix pires niveaux de service.",
    ),
    "deploy.panel.budget": Text(
        "Error budget left of the time shown", "Budget d’erreur restant sur la période affichée"
    ),
    "deploy.panel.budget.about": Text(
        "Weighted by events; below 0 it is overspent. Choose 30 days to see what contracts promise.",
        "Pondéré par les événements ; sous 0, il est dépassé. Choisissez 30 jours pour voir ce que les contrats "
        "promettent.",
    ),
    "deploy.panel.gates": Text("Closed gates", "Portes fermées"),
    "deploy.panel.gates.about": Text(
        "Quality rules that are closed, by contract.", "Règles de qualité fermées, par contrat."
    ),
    "deploy.panel.usable": Text("Usable consent", "Consentement exploitable"),
    "deploy.panel.usable.about": Text(
        "Share of the events that need consent and have it, by channel and purpose.",
        "Part des événements soumis au consentement qui l’ont, par canal et finalité.",
    ),
    "deploy.panel.breaches": Text("Sent without a basis", "Envois sans base"),
    "deploy.panel.breaches.about": Text(
        "Events that show a destination that may not use them, by what shows it.",
        "Événements où se montre une destination qui ne peut les utiliser, selon ce qui la montre.",
    ),
    "deploy.panel.before_choice": Text("Collected before any choice", "Collecte avant tout choix"),
    "deploy.panel.before_choice.about": Text(
        "Share of events without a consent signal, or with one that holds no choice of the person.",
        "Part des événements sans signal de consentement, ou dont le signal ne porte aucun choix.",
    ),
    "deploy.panel.refused": Text("Refused uses", "Utilisations refusées"),
    "deploy.panel.refused.about": Text(
        "Events a second that a destination may not use, and why.",
        "Événements par seconde qu’une destination ne peut pas utiliser, et pourquoi.",
    ),
    "deploy.panel.latency": Text("Latency, 95th percentile", "Latence, 95e centile"),
    "deploy.panel.latency.about": Text(
        "From the making of an event to its verdict: the sum of stages by one clock each.",
        "De la création d’un événement à son verdict : somme d’étapes mesurées chacune par une seule horloge.",
    ),
    "deploy.panel.skew": Text("Wrong device clocks", "Horloges d’appareils déréglées"),
    "deploy.panel.skew.about": Text(
        "Events a second whose device is ahead or behind by more than the tolerance.",
        "Événements par seconde dont l’appareil avance ou retarde au-delà de la tolérance.",
    ),
    "deploy.panel.tools": Text("Tools by state", "Outils par état"),
    "deploy.panel.tools.about": Text(
        "Declared, seen in traffic, seen but not declared, declared but idle.",
        "Déclarés, vus dans le trafic, vus mais non déclarés, déclarés mais inactifs.",
    ),
    "deploy.panel.tool_events": Text("Events by tool", "Événements par outil"),
    "deploy.panel.tool_events.about": Text(
        "Events a second that show a tool, the ten most seen.",
        "Événements par seconde qui révèlent un outil, les dix plus vus.",
    ),
    "deploy.panel.overflow": Text("Label overflow", "Débordement d’étiquettes"),
    "deploy.panel.overflow.about": Text(
        "Values a second that are counted as `_other`, being beyond what is declared.",
        "Valeurs par seconde comptées comme `_other`, car au-delà de ce qui est déclaré.",
    ),
    "deploy.panel.failures": Text("Failures, last hour", "Défaillances, dernière heure"),
    "deploy.panel.failures.about": Text(
        "Records that the engine could not judge, and writes to the quarantine that failed.",
        "Enregistrements que le moteur n’a pu juger, et écritures en quarantaine échouées.",
    ),
    "deploy.panel.lag": Text("Records not judged yet", "Messages pas encore jugés"),
    "deploy.panel.lag.about": Text(
        "How far the workers are behind the end of each topic.",
        "Retard des processus sur la fin de chaque topic.",
    ),
    "deploy.panel.lag_seconds": Text("Age of what is being judged", "Âge de ce qui est jugé"),
    "deploy.panel.lag_seconds.about": Text(
        "Age of the newest judged record of a topic that has more; 0 where nothing is left.",
        "Âge du dernier message jugé d’un topic qui en contient d’autres ; 0 s’il n’en reste pas.",
    ),
    "deploy.panel.transactions": Text("Transactions", "Transactions"),
    "deploy.panel.transactions.about": Text(
        "Chunks a second by how their transaction ended. An aborted one is tried again.",
        "Lots par seconde selon l’issue de leur transaction. Un lot annulé est repris.",
    ),
    "deploy.panel.transaction_seconds": Text(
        "Time of a transaction, 95th percentile", "Durée d’une transaction, 95e centile"
    ),
    "deploy.panel.transaction_seconds.about": Text(
        "From its begin to its end, whatever that was.", "Du début à la fin, quelle qu’en soit l’issue."
    ),
    "deploy.panel.fold_lag": Text("Records not in the store yet", "Messages pas encore en base"),
    "deploy.panel.fold_lag.about": Text(
        "How far the store is behind the topics of rollups and ledger.",
        "Retard de la base sur les topics de cumuls et de registre.",
    ),
    "deploy.panel.loss": Text("Losses, last hour", "Pertes, dernière heure"),
    "deploy.panel.loss.about": Text(
        "Records that retention removed unread, and chunks that the ledger refused. Anything but 0 is a fault.",
        "Messages supprimés avant lecture, et lots refusés par le registre. Toute valeur non nulle est un défaut.",
    ),
    "deploy.panel.series": Text("Time series", "Séries temporelles"),
    "deploy.panel.series.about": Text(
        "Series that each instance exports.", "Séries exportées par chaque instance."
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_COMMANDS, **_ALERTS, **_OF_WORKERS, **_OVERVIEW, **_PANELS}
