"""What the records of our own Kafka topics report when they cannot be read."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "records.version": Text(
        "a record of version {version}, which this observer knows",
        "un enregistrement de version {version}, connue de cet observateur",
    ),
    "records.version.mend": Text(
        "Run the same version of the observer on every machine that shares these topics.",
        "Lancez la même version de l’observateur sur toutes les machines qui partagent ces topics.",
    ),
    "records.ours": Text("a record that the observer wrote", "un enregistrement écrit par l’observateur"),
    "records.foreign": Text("{bytes} bytes that are no such record", "{bytes} octets qui n’en sont pas un"),
    "records.own_key": Text("the key that belongs to the record", "la clé qui correspond à l’enregistrement"),
    "records.other_key": Text("another key", "une autre clé"),
    "records.foreign.mend": Text(
        "Let nobody but the observer write to its topics: its access rules are in docs/kafka.md.",
        "Ne laissez écrire que l’observateur dans ses topics : ses droits d’accès sont dans docs/kafka.md.",
    ),
}
