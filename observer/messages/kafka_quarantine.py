"""The quarantine on Kafka: what it asks for and says beside the embedded one."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_EXPECTED: Final[Mapping[str, Text]] = {
    "kafka_quarantine.expect_record": Text(
        "a record of the quarantine, of a version that this program reads",
        "un enregistrement de la quarantaine, d’une version que ce programme sait lire",
    ),
    "kafka_quarantine.expect_answer": Text(
        "an answer from the Kafka brokers", "une réponse des courtiers Kafka"
    ),
    "kafka_quarantine.expect_one_replay": Text("one replay at a time", "un seul rejeu à la fois"),
    "kafka_quarantine.expect_target": Text(
        "a topic that exists and is none of our own, or none", "un topic existant, hors des nôtres, ou aucun"
    ),
    "kafka_quarantine.expect_contract": Text(
        "a contract that the catalog has in an earlier or later version",
        "un contrat que le catalogue possède dans une autre version",
    ),
}

_GOT: Final[Mapping[str, Text]] = {
    "kafka_quarantine.got_two_replays": Text(
        "another, which began later and goes on", "un autre, commencé plus tard et qui continue"
    ),
    "kafka_quarantine.got_no_topic": Text("no such topic", "un topic qui n’existe pas"),
    "kafka_quarantine.got_own_topic": Text("a topic of our own", "un de nos topics"),
    "kafka_quarantine.got_record": Text("other headers", "d’autres en-têtes"),
}

_MEND: Final[Mapping[str, Text]] = {
    "kafka_quarantine.mend_answer": Text(
        "See that `kafka.bootstrap` is reached from here and that the account may read and write the topic; "
        "`observer stream topics check` says what is missing.",
        "Vérifiez que `kafka.bootstrap` est joignable d’ici et que le compte peut lire et écrire le topic ; "
        "`observer stream topics check` dit ce qui manque.",
    ),
    "kafka_quarantine.mend_one_replay": Text(
        "What this one had sent counts. Run it again when the other is done: nothing is sent twice.",
        "Ce que celui-ci avait envoyé compte. Relancez-le quand l’autre aura fini : rien n’est envoyé deux fois.",
    ),
    "kafka_quarantine.mend_id": Text(
        "`observer stream quarantine list` shows them. Events expire.",
        "`observer stream quarantine list` les montre. Les événements expirent.",
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_EXPECTED, **_GOT, **_MEND}
