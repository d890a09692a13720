"""Who still sends which version of a contract: what the page says of it."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "versions.state.unknown": Text("unknown", "inconnue"),
    "versions.state.ended": Text("has ended", "a pris fin"),
    "versions.state.unsupported": Text("no longer supported", "n’est plus prise en charge"),
    "versions.state.deprecated": Text("deprecated", "dépréciée"),
    "versions.state.older": Text("older, in force", "antérieure, en vigueur"),
    "versions.state.newest": Text("newest", "la plus récente"),
    "versions.other": Text("another", "une autre"),
    "versions.ends": Text("until {date}", "jusqu’au {date}"),
    "versions.replaced_by": Text("to be replaced by {version}", "à remplacer par la {version}"),
    "page.caption.versions": Text(
        "Versions of contracts {period}, by source", "Versions des contrats {period}, par source"
    ),
    "page.column.version_of": Text("Contract", "Contrat"),
    "page.column.version_of.why": Text(
        "A contract of several versions, or of one that nears its end.",
        "Un contrat qui a plusieurs versions, ou dont la version approche de sa fin.",
    ),
    "page.column.version": Text("Version", "Version"),
    "page.column.version.why": Text(
        "The version that the events name, or the newest that takes them.",
        "La version que nomment les événements, ou la plus récente qui les admet.",
    ),
    "page.column.version_source": Text("Sent by", "Envoyée par"),
    "page.column.version_source.why": Text(
        "The source whose sender is to be updated.", "La source dont l’émetteur est à mettre à jour."
    ),
    "page.column.version_events": Text("Events", "Événements"),
    "page.column.version_events.why": Text(
        "Events of that version, duplicates left out.", "Événements de cette version, sans les doublons."
    ),
    "page.column.version_state": Text("State", "État"),
    "page.column.version_state.why": Text(
        "Deprecated and no longer supported are warnings; events of an unknown version, or of one that has ended, are "
        "invalid.",
        "Dépréciée et plus prise en charge sont des avertissements ; les événements d’une version inconnue, ou qui a "
        "pris fin, sont invalides.",
    ),
}
