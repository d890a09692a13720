"""The columns of the page's tables: a title, and what it means in a sentence."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    # Who and what.
    "page.column.source": Text("Source", "Source"),
    "page.column.source.why": Text(
        "Where events come from: its name, its id and channel, and who answers for it on the marketing and the IT side.",
        "D’où viennent les événements : nom, identifiant, canal, et qui en répond côté marketing et côté DSI.",
    ),
    "page.column.channel": Text("Channel", "Canal"),
    "page.column.channel.why": Text(
        "The channel that the source declares.", "Le canal que déclare la source."
    ),
    "page.column.events": Text("Events", "Événements"),
    "page.column.events.why": Text(
        "Events that were given a verdict. Every event has exactly one.",
        "Événements ayant reçu un verdict. Chacun en a exactement un.",
    ),
    "page.column.verdicts": Text("Shares", "Parts"),
    "page.column.verdicts.why": Text(
        "The six verdicts as parts of all events, in the colours that the columns beside it bear; they give the figures.",
        "Les six verdicts en parts de l’ensemble, aux couleurs des colonnes voisines, qui les donnent en chiffres.",
    ),
    "page.column.valid": Text("Valid", "Valides"),
    "page.column.valid.why": Text(
        "Share of events that keep their contract. Duplicates are left out: the first of them stands for all.",
        "Part des événements qui respectent leur contrat. Les doublons sont écartés : le premier vaut pour tous.",
    ),
    "page.column.invalid": Text("Invalid", "Invalides"),
    "page.column.invalid.why": Text(
        "Events that break at least one rule of their contract.",
        "Événements qui enfreignent au moins une règle de leur contrat.",
    ),
    "page.column.unknown_contract": Text("Unknown contract", "Contrat inconnu"),
    "page.column.unknown_contract.why": Text(
        "Events that no contract claims.", "Événements qu’aucun contrat ne revendique."
    ),
    "page.column.unvalidated": Text("Not checked", "Non vérifiés"),
    "page.column.unvalidated.why": Text(
        "Events that have a contract but could not be checked against it.",
        "Événements qui ont un contrat mais n’ont pas pu y être confrontés.",
    ),
    "page.column.undecodable": Text("Undecodable", "Indéchiffrables"),
    "page.column.undecodable.why": Text(
        "What stood where an event should and could not be read.",
        "Ce qui tenait lieu d’événement et n’a pas pu être lu.",
    ),
    "page.column.duplicate": Text("Duplicates", "Doublons"),
    "page.column.duplicate.why": Text(
        "Events whose id the same source had sent before.",
        "Événements dont la même source avait déjà envoyé l’identifiant.",
    ),
    "page.column.last_event": Text("Last event", "Dernier événement"),
    "page.column.last_event.why": Text(
        "How long ago the newest event came.", "Ancienneté du dernier événement."
    ),
    "page.column.system": Text("Said by", "Émis par"),
    "page.column.system.why": Text(
        "The system upstream that gave the verdict.", "Le système en amont qui a rendu ce verdict."
    ),
    "page.column.reason": Text("Reason", "Motif"),
    "page.column.reason.why": Text("The stable code of the reason.", "Le code stable du motif."),
    # Consent.
    "page.column.purpose": Text("Purpose", "Finalité"),
    "page.column.purpose.why": Text("What the data would be used for.", "Ce à quoi serviraient les données."),
    "page.column.requires": Text("Need consent", "Soumis à consentement"),
    "page.column.requires.why": Text(
        "Events that need consent for this purpose: granted, refused, no choice yet, expired, unreadable and not judged together.",
        "Événements soumis à consentement pour cette finalité : accordés, refusés, sans choix, expirés, illisibles et non jugés réunis.",
    ),
    "page.column.usable": Text("Usable", "Utilisables"),
    "page.column.usable.why": Text(
        "Share of the events that need consent whose consent is a yes. Only granted is a yes.",
        "Part des événements soumis à consentement pour lesquels il est accordé. Seul « accordé » vaut oui.",
    ),
    "page.column.states": Text("Shares", "Parts"),
    "page.column.states.why": Text(
        "The states of the events that need consent as parts of them all, in the colours that the columns beside it bear.",
        "Les états des événements soumis à consentement, en parts de leur ensemble, aux couleurs des colonnes voisines.",
    ),
    "page.column.denied": Text("Refused", "Refusés"),
    "page.column.denied.why": Text("The person said no.", "La personne a dit non."),
    "page.column.missing": Text("No choice yet", "Sans choix"),
    "page.column.missing.why": Text(
        "There is no signal, or it says that no choice was made. That is never a yes.",
        "Aucun signal, ou un signal disant qu’aucun choix n’a été fait. Cela ne vaut jamais oui.",
    ),
    "page.column.expired": Text("Expired", "Expirés"),
    "page.column.expired.why": Text(
        "The choice is older than the company's policy allows.",
        "Le choix est plus ancien que ne le permet la politique de l’entreprise.",
    ),
    "page.column.malformed": Text("Unreadable", "Illisibles"),
    "page.column.malformed.why": Text(
        "There is a signal but it cannot be read.", "Il y a un signal mais il est illisible."
    ),
    "page.column.unknown": Text("Not judged", "Non jugés"),
    "page.column.unknown.why": Text(
        "The signal is readable but could not be judged, as when a vendor list is missing.",
        "Le signal est lisible mais n’a pas pu être jugé, par exemple faute de liste des fournisseurs.",
    ),
    "page.column.exempt": Text("Exempt", "Exemptés"),
    "page.column.exempt.why": Text(
        "Events that the policy exempts from consent. They are in no share.",
        "Événements que la politique exempte de consentement. Ils n’entrent dans aucune part.",
    ),
    "page.column.not_applicable": Text("Not concerned", "Non concernés"),
    "page.column.not_applicable.why": Text(
        "Events for which the purpose has no meaning. They are in no share.",
        "Événements pour lesquels la finalité n’a pas de sens. Ils n’entrent dans aucune part.",
    ),
    # Destinations.
    "page.column.destination": Text("Destination", "Destination"),
    "page.column.destination.why": Text(
        "Where events are sent on, and the purposes that it needs.",
        "Vers quoi les événements repartent, et les finalités qu’elle requiert.",
    ),
    "page.column.allowed": Text("Allowed", "Permis"),
    "page.column.allowed.why": Text(
        "Events that the destination may use.", "Événements que la destination peut utiliser."
    ),
    "page.column.refused": Text("Not allowed", "Non permis"),
    "page.column.refused.why": Text(
        "Events that it may not use: without a basis for each of its purposes.",
        "Événements qu’elle ne peut pas utiliser, faute de base pour chacune de ses finalités.",
    ),
    "page.column.decisions": Text("Shares", "Parts"),
    "page.column.decisions.why": Text(
        "Allowed and not allowed as parts of all that were decided, in the colours of their columns.",
        "Permis et non permis, en parts de tous ceux qui ont été décidés, aux couleurs de leurs colonnes.",
    ),
    "page.column.refused_share": Text("Share not allowed", "Part non permise"),
    "page.column.refused_share.why": Text(
        "Events not allowed as a part of all that were decided.",
        "Événements non permis, en part de tous ceux qui ont été décidés.",
    ),
    "page.column.why": Text("Main reasons", "Motifs principaux"),
    "page.column.why.why": Text(
        "Why events are not allowed, the most frequent first.",
        "Pourquoi des événements ne sont pas permis, du plus fréquent au moins fréquent.",
    ),
    # Time.
    "page.column.stage": Text("Stage", "Étape"),
    "page.column.stage.why": Text(
        "A stretch of the way between two moments of one clock.",
        "Une portion du trajet entre deux instants d’une même horloge.",
    ),
    "page.column.measured": Text("Events", "Événements"),
    "page.column.measured.why": Text(
        "Events that carry both moments.", "Événements qui portent les deux instants."
    ),
    "page.column.p50": Text("Half within", "La moitié en"),
    "page.column.p50.why": Text(
        "Half of the events take no longer (median). An estimate from buckets.",
        "La moitié des événements ne prend pas plus (médiane). Estimation par tranches.",
    ),
    "page.column.p95": Text("95 % within", "95 % en"),
    "page.column.p95.why": Text(
        "95 of 100 events take no longer. An estimate from buckets.",
        "95 événements sur 100 ne prennent pas plus. Estimation par tranches.",
    ),
    "page.column.mean": Text("Mean", "Moyenne"),
    "page.column.mean.why": Text("The mean, which is exact.", "La moyenne, qui est exacte."),
    "page.column.disordered": Text("Out of order", "Hors d’ordre"),
    "page.column.disordered.why": Text(
        "Events whose stage would be negative: a clock is wrong, so they are counted here and in no duration.",
        "Événements dont l’étape serait négative : une horloge se trompe, ils sont donc comptés ici et dans aucune durée.",
    ),
    "page.column.direction": Text("Device clock", "Horloge de l’appareil"),
    "page.column.direction.why": Text(
        "Whether the device's clock runs ahead of the receiver's or behind it.",
        "Si l’horloge de l’appareil est en avance ou en retard sur celle du récepteur.",
    ),
    "page.column.offset_p50": Text("Half within", "La moitié à moins de"),
    "page.column.offset_p50.why": Text(
        "Half of the offsets are no larger (median). An estimate from buckets, transit included.",
        "La moitié des décalages n’est pas plus grande (médiane). Estimation par tranches, acheminement compris.",
    ),
    "page.column.offset_p95": Text("95 % within", "95 % à moins de"),
    "page.column.offset_p95.why": Text(
        "95 of 100 offsets are no larger. An estimate from buckets, transit included.",
        "95 décalages sur 100 ne sont pas plus grands. Estimation par tranches, acheminement compris.",
    ),
    "page.column.beyond_tolerance": Text("Beyond tolerance", "Hors tolérance"),
    "page.column.beyond_tolerance.why": Text(
        "Events whose device clock is further off than the settings tolerate.",
        "Événements dont l’horloge s’écarte plus que les réglages ne le tolèrent.",
    ),
    # Tools.
    "page.column.tool": Text("Tool", "Outil"),
    "page.column.tool.why": Text("The tool and who sells it.", "L’outil et son éditeur."),
    "page.column.capability": Text("Capability", "Capacité"),
    "page.column.capability.why": Text("The job that it does.", "Le travail qu’il accomplit."),
    "page.column.tool_state": Text("State", "État"),
    "page.column.tool_state.why": Text(
        "What the company declares against what its traffic shows. A tool without a known fingerprint leaves no trace in events, used or not.",
        "Ce que déclare l’entreprise face à ce que montre son trafic. Un outil sans empreinte connue ne laisse pas de trace dans les événements, qu’il serve ou non.",
    ),
    "page.column.tool_events": Text("Events", "Événements"),
    "page.column.tool_events.why": Text(
        "Events that show the tool: by its library, its identifiers or its name among the destinations.",
        "Événements qui trahissent l’outil : par sa bibliothèque, ses identifiants ou son nom parmi les destinations.",
    ),
    "page.column.last_seen": Text("Last seen", "Vu la dernière fois"),
    "page.column.last_seen.why": Text(
        "How long ago an event last showed it.", "Ancienneté du dernier événement qui le montre."
    ),
    # Findings.
    "page.column.contract": Text("Contract", "Contrat"),
    "page.column.contract.why": Text(
        "The contract whose rule broke, and who answers for it.",
        "Le contrat dont la règle est enfreinte, et qui en répond.",
    ),
    "page.column.kind": Text("Kind", "Nature"),
    "page.column.kind.why": Text("How events broke it.", "La manière dont des événements l’enfreignent."),
    "page.column.rule": Text("Rule", "Règle"),
    "page.column.rule.why": Text(
        "The stable name of the rule, as metrics and alerts speak of it.",
        "Le nom stable de la règle, tel que l’emploient métriques et alertes.",
    ),
    "page.column.times": Text("Times", "Fois"),
    "page.column.times.why": Text(
        "How often it broke. One event can break several rules.",
        "Nombre d’infractions. Un événement peut enfreindre plusieurs règles.",
    ),
    "page.column.runbook": Text("Runbook", "Procédure"),
    "page.column.runbook.why": Text(
        "What to do about it, as the contract says.", "La marche à suivre, telle que l’indique le contrat."
    ),
    "page.column.observed": Text("When", "Quand"),
    "page.column.observed.why": Text(
        "When the newest of these was found.", "Moment du plus récent de ces constats."
    ),
    "page.column.where": Text("Where", "Où"),
    "page.column.where.why": Text(
        "Source, contract and the path in the event; names that nobody declared are masked.",
        "Source, contrat et chemin dans l’événement ; les noms que personne n’a déclarés sont masqués.",
    ),
    "page.column.finding": Text("What broke", "Ce qui est enfreint"),
    "page.column.finding.why": Text("The kind of fault and the rule.", "La nature de la faute et la règle."),
    "page.column.expected": Text("Expected", "Attendu"),
    "page.column.expected.why": Text("What the contract asks for.", "Ce que demande le contrat."),
    "page.column.came": Text("Came", "Venu"),
    "page.column.came.why": Text(
        "The kind of thing that came, never its value.", "Le type de ce qui est venu, jamais sa valeur."
    ),
    "page.column.alike": Text("Alike", "Semblables"),
    "page.column.alike.why": Text(
        "How many of the latest findings are the same but for their time.",
        "Combien des derniers constats ne diffèrent que par leur heure.",
    ),
}
