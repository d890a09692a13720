"""The demo: what is planted and what was found."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "cli.demo.help": Text(
        "Send seeded traffic of the example company, with known faults, to an observer of its own, and show what was "
        "planted beside what was found. Its state stands in a temporary folder and is thrown away at the end.",
        "Envoyer le trafic de l’entreprise d’exemple, avec des défauts connus, à un observateur dédié, et montrer ce "
        "qui a été semé à côté de ce qui a été trouvé. Son état se trouve dans un dossier temporaire, supprimé à la fin.",
    ),
    "cli.demo.seconds": Text(
        "How long; without it, until Ctrl-C on a terminal, else 30.",
        "Durée ; sans elle, jusqu’à Ctrl-C dans un terminal, sinon 30.",
    ),
    "cli.demo.rate": Text("Events a second.", "Événements par seconde."),
    "cli.demo.port": Text("Port of the page; a busy one means the next free one.", "Port de la page ; s’il est occupé, le suivant libre."),
    "cli.demo.seed": Text("The same seed plants the same faults.", "La même graine sème les mêmes défauts."),
    "demo.stop": Text("Ctrl-C stops.\n", "Ctrl-C pour arrêter.\n"),
    "demo.received": Text("{events} events in {seconds} s", "{events} événements en {seconds} s"),
    "demo.column.fault": Text("Fault", "Défaut"),
    "demo.column.planted": Text("planted", "semés"),
    "demo.column.found": Text("found", "trouvés"),
    "demo.exact": Text("Each fault was found as often as it was planted.", "Chaque défaut a été trouvé autant de fois que semé."),
    "demo.parted": Text("Planted and found differ (≠).", "Semés et trouvés diffèrent (≠)."),
    "demo.expected_answer": Text("an answer that accepts the events", "une réponse qui accepte les événements"),
    "demo.fault.type_drift": Text("A release sends totals as text (web shop)", "Une version envoie les totaux en texte (boutique)"),
    "demo.fault.missing_property": Text("A product added without its id (app)", "Un produit ajouté sans identifiant (appli)"),
    "demo.fault.wrong_value": Text("A currency that is none (app)", "Une devise qui n’existe pas (appli)"),
    "demo.fault.unexpected_event": Text("An event that nobody declared", "Un événement que personne n’a déclaré"),
    "demo.fault.undecodable": Text("A body that breaks off", "Un corps interrompu"),
    "demo.fault.duplicate": Text("An event sent twice", "Un événement envoyé deux fois"),
    "demo.fault.missing_consent": Text("No consent signal (app)", "Aucun signal de consentement (appli)"),
    "demo.fault.malformed_consent": Text("A consent signal that is malformed", "Un signal de consentement mal formé"),
    "demo.fault.expired_consent": Text("A choice of last year (web shop)", "Un choix de l’année passée (boutique)"),
    "demo.fault.choice_after_event": Text("A choice later than its event (web shop)", "Un choix postérieur à l’événement (boutique)"),
    "demo.fault.unknown_vendor_list": Text("A vendor list that nobody has (web shop)", "Une liste de fournisseurs introuvable (boutique)"),
    "demo.fault.unmapped_category": Text("A consent category that nobody mapped", "Une catégorie de consentement non rattachée"),
    "demo.fault.sent_without_basis": Text("Refused, and sent to Criteo all the same", "Refusé, et envoyé à Criteo malgré tout"),
    "demo.fault.disagreeing_signals": Text("Two signals that disagree (app)", "Deux signaux contradictoires (appli)"),
    "demo.fault.withdrawn_consent": Text("A yes after it was taken back (web shop)", "Un oui après son retrait (boutique)"),
    "demo.fault.contradicted_exemption": Text("An exemption contradicted (magazine)", "Une dispense contredite (magazine)"),
    "demo.fault.wrong_clock": Text("A device clock two hours ahead", "Une horloge d’appareil en avance de deux heures"),
    "demo.fault.late_batch": Text("An event held back for two hours (app)", "Un événement retenu deux heures (appli)"),
    "demo.fault.shadow_tool": Text("A tool that nobody declared", "Un outil que personne n’a déclaré"),
    "demo.fault.upstream_violation": Text("An event that RudderStack had refused", "Un événement que RudderStack avait refusé"),
    "demo.fault.told_twice": Text("Receipts told twice close a quality gate (tills)", "Des tickets envoyés deux fois ferment une porte de qualité (caisses)"),
    "demo.fault.dead_sdk": Text("A dead SDK (loyalty app)", "Un SDK muet (appli fidélité)"),
}  # fmt: skip
