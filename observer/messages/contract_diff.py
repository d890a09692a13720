"""`observer contract diff`: why a change breaks somebody, and how it is told."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_WHY: Final[Mapping[str, Text]] = {
    "contract_diff.why.tightens": Text(
        "Events that kept the old version may break the new one.",
        "Des événements conformes à l’ancienne version peuvent enfreindre la nouvelle.",
    ),
    "contract_diff.why.loosens": Text(
        "Events may come that the old version would have refused.",
        "Des événements que l’ancienne version aurait refusés peuvent arriver.",
    ),
    "contract_diff.why.both": Text(
        "Events that kept the old version may break the new one, and events may come that the old one would have "
        "refused.",
        "Des événements conformes à l’ancienne version peuvent enfreindre la nouvelle, et d’autres, que l’ancienne "
        "aurait refusés, peuvent arriver.",
    ),
    "contract_diff.why.no_event": Text(
        "No event was found that tells the two versions apart here. Look at it yourself.",
        "Aucun événement n’a été trouvé qui distingue ici les deux versions. À vérifier par vous-même.",
    ),
    "contract_diff.why.property_removed": Text(
        "Nothing says any more what stands there, or that anything does.",
        "Plus rien ne dit ce qui s’y trouve, ni qu’il s’y trouve quelque chose.",
    ),
    "contract_diff.why.property_added": Text(
        "Only events that carried an undeclared property of this name, in another form, are refused now.",
        "Seuls sont désormais refusés les événements qui portaient sous ce nom une propriété non déclarée d’une "
        "autre forme.",
    ),
    "contract_diff.why.withdrawn": Text("A promise is withdrawn.", "Une promesse est retirée."),
    "contract_diff.why.added": Text(
        "It is new: nobody relies on it yet.", "C’est nouveau : personne n’en dépend encore."
    ),
    "contract_diff.why.laxer": Text("Less is promised than before.", "La promesse est moins forte qu’avant."),
    "contract_diff.why.stricter": Text(
        "More is promised than before, and must now be kept.",
        "La promesse est plus forte qu’avant, et il faut désormais la tenir.",
    ),
    "contract_diff.why.other": Text(
        "What is promised now is neither more nor less: it is something else.",
        "La promesse n’est ni plus forte ni moins forte : elle est autre.",
    ),
    "contract_diff.why.unknown": Text(
        "Which of both promises more cannot be told from the contract. Look at it yourself.",
        "Le contrat ne permet pas de dire laquelle promet davantage. À vérifier par vous-même.",
    ),
    "contract_diff.why.less_protected": Text(
        "Data given under stronger protection may be handled with less care.",
        "Des données confiées sous une protection plus forte peuvent être traitées avec moins de soin.",
    ),
    "contract_diff.why.more_protected": Text(
        "Whoever uses the data must protect it more than before.",
        "Qui utilise les données doit les protéger davantage qu’avant.",
    ),
    "contract_diff.why.wider": Text(
        "Data collected for fewer purposes may be used for more: people were not asked for them.",
        "Des données collectées pour moins de finalités peuvent servir à d’autres : les personnes n’y ont pas été "
        "invitées à consentir.",
    ),
    "contract_diff.why.narrower": Text(
        "Whoever uses the data for what is gone must stop.",
        "Qui utilise les données pour ce qui a disparu doit cesser.",
    ),
    "contract_diff.why.owner_gone": Text(
        "Nobody answers for it on that side any more.", "Plus personne n’en répond de ce côté."
    ),
    "contract_diff.why.owner_changed": Text(
        "Someone else answers for it: both sides must know whom to reach.",
        "Quelqu’un d’autre en répond : les deux côtés doivent savoir qui joindre.",
    ),
    "contract_diff.why.claims_more": Text(
        "Events that no version held to anything must keep the contract now.",
        "Des événements qui n’étaient tenus à rien doivent désormais respecter le contrat.",
    ),
    "contract_diff.why.moved": Text(
        "Whoever reads or writes there must follow.", "Qui lit ou écrit à cet endroit doit suivre."
    ),
    "contract_diff.why.terms": Text(
        "The terms of use are others: look at them.", "Les conditions d’usage changent : à examiner."
    ),
    "contract_diff.why.described": Text(
        "Words for people: no event and no promise depends on them.",
        "Des mots pour les personnes : aucun événement ni aucune promesse n’en dépend.",
    ),
}

_TOLD: Final[Mapping[str, Text]] = {
    "contract_diff.help": Text(
        "Compare two versions of a contract: every change, and whom it breaks. Needs no catalog. Each breaking change "
        "of a schema is shown by an event that is valid under one version alone. Several OLD files, the oldest first, "
        "go with a transitive mode. Exits 1 when it breaks someone, 0 when nobody, 2 when a file cannot be read.",
        "Comparer deux versions d’un contrat : chaque changement, et qui en pâtit. Aucun catalogue n’est nécessaire. "
        "Tout changement incompatible d’un schéma est montré par un événement valide sous une seule des deux versions. "
        "Plusieurs fichiers OLD, du plus ancien au plus récent, vont avec un mode transitif. Code de sortie : 1 si "
        "quelqu’un en pâtit, 0 si personne, 2 si un fichier est illisible.",
    ),
    "contract_diff.help.for": Text(
        "For whom a breaking change counts. Default: both.",
        "Pour qui un changement incompatible compte. Par défaut : both (les deux).",
    ),
    "contract_diff.help.mode": Text(
        "Count changes of schemas only, as a schema registry does: BACKWARD, the new version reads what kept the old "
        "one; FORWARD, the old version reads what keeps the new one; FULL, both.",
        "Ne compter que les changements de schéma, comme un registre de schémas : BACKWARD, la nouvelle version lit "
        "ce qui respectait l’ancienne ; FORWARD, l’ancienne lit ce qui respecte la nouvelle ; FULL, les deux.",
    ),
    "contract_diff.usage.mode": Text("--mode or --for", "soit --mode, soit --for"),
    "contract_diff.usage.mode_came": Text("both", "les deux"),
    "contract_diff.usage.mode_mend": Text(
        "Leave --for out: the mode says whom it is about.",
        "Retirez --for : le mode dit déjà qui est concerné.",
    ),
    "contract_diff.usage.history": Text(
        "one OLD file, or a transitive mode", "un seul fichier OLD, ou un mode transitif"
    ),
    "contract_diff.usage.history_came": Text("several OLD files", "plusieurs fichiers OLD"),
    "contract_diff.usage.history_mend": Text(
        "Add `--mode FULL_TRANSITIVE`, or compare the last version alone.",
        "Ajoutez `--mode FULL_TRANSITIVE`, ou comparez la dernière version seule.",
    ),
    "contract_diff.usage.files": Text("an OLD file and a NEW file", "un fichier OLD et un fichier NEW"),
    "contract_diff.usage.files_came": Text("one file", "un seul fichier"),
    "contract_diff.usage.files_mend": Text(
        "Name the old version first, then the new one.",
        "Indiquez l’ancienne version, puis la nouvelle.",
    ),
    "contract_diff.grade.breaking": Text("breaking", "incompatible"),
    "contract_diff.grade.warning": Text("warning", "à vérifier"),
    "contract_diff.grade.fine": Text("fine", "sans effet"),
    "contract_diff.side.consumer": Text("consumers", "consommateurs"),
    "contract_diff.side.producer": Text("producers", "producteurs"),
    "contract_diff.grades": Text("{side}: {grade}", "{side} : {grade}"),
    "contract_diff.nothing": Text("nothing", "rien"),
    "contract_diff.line": Text("{where}: {before} -> {after}", "{where} : {before} -> {after}"),
    "contract_diff.old_only": Text(
        "valid under the old version alone", "valide sous l’ancienne version seulement"
    ),
    "contract_diff.new_only": Text(
        "valid under the new version alone", "valide sous la nouvelle version seulement"
    ),
    "contract_diff.example": Text(
        "{which}: {event} (breaks {rules})", "{which} : {event} (enfreint {rules})"
    ),
    "contract_diff.title": Text("{old} -> {new}", "{old} -> {new}"),
    "contract_diff.none": Text("no change", "aucun changement"),
    "contract_diff.counts": Text(
        "changes: {changes}; breaking for consumers: {consumer}, for producers: {producer}",
        "changements : {changes} ; incompatibles pour les consommateurs : {consumer}, pour les producteurs : {producer}",
    ),
    "contract_diff.head.change": Text("Change", "Changement"),
    "contract_diff.head.where": Text("Where", "Où"),
    "contract_diff.head.before": Text("Before", "Avant"),
    "contract_diff.head.after": Text("After", "Après"),
    "contract_diff.head.consumer": Text("Consumers", "Consommateurs"),
    "contract_diff.head.producer": Text("Producers", "Producteurs"),
    "contract_diff.head.why": Text("Why", "Pourquoi"),
    "contract_diff.head.examples": Text("Counter-examples", "Contre-exemples"),
}

TEXTS: Final[Mapping[str, Text]] = {**_WHY, **_TOLD}
