"""The quarantine on Kafka: what it asks for and says beside the embedded one."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_EXPECTED: Final[Mapping[str, Text]] = {
    "kafka_quarantine.expect_record": Text(
        "a record of the quarantine, of a version that this program reads",
        "un enregistrement de la quarantaine, d’une version que ce programme sait lire",
    ),
}

_GOT: Final[Mapping[str, Text]] = {
    "kafka_quarantine.got_record": Text("other headers", "d’autres en-têtes"),
}

TEXTS: Final[Mapping[str, Text]] = {**_EXPECTED, **_GOT}
