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
    "kafka_quarantine.expect_topic": Text(
        "the topic of the quarantine or of replayed events",
        "le topic de la quarantaine ou celui des événements rejoués",
    ),
    "kafka_quarantine.expect_one_replay": Text("one replay at a time", "un seul rejeu à la fois"),
    "kafka_quarantine.expect_target": Text(
        "an existing topic that no source declares and that is none of our own",
        "un topic existant, qu’aucune source ne déclare et qui n’est pas l’un des nôtres",
    ),
    "kafka_quarantine.expect_contract": Text(
        "another version of a contract of the catalog", "une autre version d’un contrat du catalogue"
    ),
}

_GOT: Final[Mapping[str, Text]] = {
    "kafka_quarantine.got_two_replays": Text(
        "another, which began later and goes on", "un autre, commencé plus tard et qui continue"
    ),
    "kafka_quarantine.got_no_topic": Text("no such topic", "un topic qui n’existe pas"),
    "kafka_quarantine.got_own_topic": Text("a topic of our own", "un de nos topics"),
    "kafka_quarantine.got_source_topic": Text(
        "a topic of the source {source}", "un topic de la source {source}"
    ),
    "kafka_quarantine.got_other_contract": Text(
        "an id that none of its contracts has", "un id qu’aucun de ses contrats ne porte"
    ),
    "kafka_quarantine.got_record": Text("other headers", "d’autres en-têtes"),
}

_MEND: Final[Mapping[str, Text]] = {
    "kafka_quarantine.mend_answer": Text(
        "See that `kafka.bootstrap` is reached from here and that the account may read and write the topic; "
        "`observer stream topics check` says what is missing.",
        "Vérifiez que `kafka.bootstrap` est joignable d’ici et que le compte peut lire et écrire le topic ; "
        "`observer stream topics check` dit ce qui manque.",
    ),
    "kafka_quarantine.mend_topic": Text(
        "`observer stream topics create` makes it; `kafka.prefix` in the settings is what its name begins with.",
        "`observer stream topics create` le crée ; son nom commence par `kafka.prefix`, dans les réglages.",
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

_MEND_REPLAY: Final[Mapping[str, Text]] = {
    "kafka_quarantine.mend_target": Text(
        "Name a topic that nobody observes, or leave --to out: what comes to an observed topic is counted as new.",
        "Nommez un topic que personne n’observe, ou omettez --to : ce qui arrive sur un topic observé est compté "
        "comme nouveau.",
    ),
    "kafka_quarantine.mend_contract": Text(
        "Give the contract the id of the one that it stands in for, or put it into the catalog and name that with "
        "--catalog.",
        "Donnez au contrat l’id de celui qu’il remplace, ou placez-le dans le catalogue et indiquez ce dernier avec "
        "--catalog.",
    ),
}

_COMMANDS: Final[Mapping[str, Text]] = {
    "kafka_quarantine.help": Text(
        "List, show and replay the events kept on Kafka.",
        "Lister, montrer et rejouer les événements conservés sur Kafka.",
    ),
    "kafka_quarantine.replay.help": Text(
        "Judge kept events again under today’s catalog and consent, and send those that are valid now to the topic "
        "of replayed events, or to another. Each event goes to a topic once, however often this is run; past windows "
        "stay as they are. Exits 1 where an event judged now is not valid.",
        "Juger à nouveau les événements conservés selon le catalogue et le consentement du jour, et envoyer ceux qui "
        "sont valides au topic des événements rejoués, ou à un autre. Chaque événement va une seule fois à un topic, "
        "quel que soit le nombre d’exécutions ; les fenêtres passées ne changent pas. Sort avec 1 si un événement "
        "jugé maintenant n’est pas valide.",
    ),
    "kafka_quarantine.option.rule": Text(
        "Only where this rule is broken, as `required:$.order_id`.",
        "Seulement si cette règle est enfreinte, comme `required:$.order_id`.",
    ),
    "kafka_quarantine.option.until": Text(
        "Only before then, written as for --since.", "Seulement avant, écrit comme pour --since."
    ),
    "kafka_quarantine.option.to": Text(
        "Topic to send to, in the place of the topic of replayed events.",
        "Topic où envoyer, au lieu du topic des événements rejoués.",
    ),
    "kafka_quarantine.option.rate": Text(
        "Events sent a second at most; 0: no limit.",
        "Événements envoyés par seconde au plus ; 0 : sans limite.",
    ),
    "kafka_quarantine.option.under": Text(
        "File of a contract to judge by, in the place of the catalog’s contract of the same id.",
        "Fichier d’un contrat selon lequel juger, au lieu de celui du catalogue qui porte le même id.",
    ),
}

_TOLD: Final[Mapping[str, Text]] = {
    "kafka_quarantine.foreign": Text(
        "{records} records were passed over: no worker of this program wrote them.",
        "{records} enregistrements ont été ignorés : aucun processus de ce programme ne les a écrits.",
    ),
    "kafka_quarantine.replay.done": Text(
        "Events: {events}; judged again: {judged}; sent to {topic}: {sent}; sent there before: {already}; of sources "
        "no longer declared: {unjudged}; too large to have been kept: {described}; records of others: {foreign}.",
        "Événements : {events} ; jugés à nouveau : {judged} ; envoyés vers {topic} : {sent} ; déjà envoyés : "
        "{already} ; de sources qui ne sont plus déclarées : {unjudged} ; trop grands pour avoir été conservés : "
        "{described} ; enregistrements étrangers : {foreign}.",
    ),
    "kafka_quarantine.replay.dry": Text(
        "Nothing was sent: this is what a replay would do.",
        "Rien n’a été envoyé : voici ce que ferait un rejeu.",
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_EXPECTED, **_GOT, **_MEND, **_MEND_REPLAY, **_COMMANDS, **_TOLD}
