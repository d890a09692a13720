"""Drift: what comes and no contract names."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "drift.kind.property": Text("Undeclared property", "Propriété non déclarée"),
    "drift.kind.type": Text("Undeclared type", "Type non déclaré"),
    "drift.kind.event": Text("Undeclared event", "Événement non déclaré"),
    "drift.name": Text("name {name}", "nom {name}"),
    "drift.other": Text("and others", "et d’autres"),
    "drift.per_hour": Text("{events} an hour", "{events} par heure"),
    "page.nav.drift": Text("Drift", "Dérive"),
    "page.section.drift": Text("Drift: what no contract names", "Dérive : ce qu’aucun contrat ne nomme"),
    "page.caption.drift": Text("Undeclared properties, types and events, all channels", "Propriétés, types et événements non déclarés, tous canaux"),
    "page.note.drift": Text(
        "A name stands here as a short keyed hash, since a name can be personal: the same name has the same hash. The name itself shows in the quarantine, revealed with a reason, or in your own events when you run the command beside it.",
        "Un nom figure ici sous forme d’empreinte courte à clé, car un nom peut être personnel : au même nom la même empreinte. Le nom lui-même se lit dans la quarantaine, révélé avec un motif, ou dans vos propres événements avec la commande indiquée.",
    ),
    "page.column.drift": Text("What", "Quoi"),
    "page.column.drift.why": Text(
        "A property or an event that no contract declares, or a type that a declared property does not allow.",
        "Une propriété ou un événement qu’aucun contrat ne déclare, ou un type qu’une propriété déclarée n’admet pas.",
    ),
    "page.column.drift_where": Text("Where it came", "Où il est venu"),
    "page.column.drift_where.why": Text(
        "The place in the payload, the contract, the source, and who answers for them.",
        "L’endroit dans le contenu, le contrat, la source, et qui en répond.",
    ),
    "page.column.drift_events": Text("Times seen", "Fois vu"),
    "page.column.drift_events.why": Text(
        "Events in which it was seen, of those that were looked at: every undeclared event, and a sample of the others.",
        "Événements où il a été vu, parmi ceux qui ont été regardés : tous les événements non déclarés, et un échantillon des autres.",
    ),
    "page.column.drift_share": Text("Share", "Part"),
    "page.column.drift_share.why": Text(
        "Of the events of that contract and source that were looked at since it was first seen.",
        "Des événements de ce contrat et de cette source regardés depuis sa première apparition.",
    ),
    "page.column.first_seen": Text("First seen", "Première fois"),
    "page.column.first_seen.why": Text("How long ago it first came.", "Depuis quand il vient."),
    "page.column.proposal": Text("To admit it", "Pour l’admettre"),
    "page.column.proposal.why": Text(
        "The command that proposes the change to the contract, ready to be signed. EVENTS are files of your own traffic.",
        "La commande qui propose le changement du contrat, prêt à signer. EVENTS désigne des fichiers de votre trafic.",
    ),
}  # fmt: skip
