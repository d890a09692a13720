"""`observer stream topics`: what is wanted of topics, what is there, what to do."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_COMMANDS: Final[Mapping[str, Text]] = {
    "streams.help": Text(
        "Judge events on Kafka: the workers and what belongs to them.",
        "Juger les événements sur Kafka : les processus et ce qui les entoure.",
    ),
    "streams.extra": Text(
        "the libraries for Kafka to be installed", "les bibliothèques pour Kafka installées"
    ),
    "streams.mend_extra": Text(
        "Run: pip install 'martech-observer[kafka]'", "Lancez : pip install 'martech-observer[kafka]'"
    ),
    "streams.topics.help": Text(
        "Make the topics that the workers write, and check them.",
        "Créer les topics où écrivent les processus, et les vérifier.",
    ),
    "streams.topics.check.help": Text(
        "Say which topics are missing, and which are set so that data would be lost. "
        "Exit 0: none; 1: some; 2: could not look.",
        "Dire quels topics manquent, et lesquels sont réglés de façon à perdre des données. "
        "Code 0 : aucun ; 1 : au moins un ; 2 : vérification impossible.",
    ),
    "streams.topics.create.help": Text(
        "Make the topics that are missing. What is there stays as it is.",
        "Créer les topics manquants. Ceux qui existent restent tels quels.",
    ),
    "streams.topics.option.alter": Text(
        "Also mend the settings of our own topics that are there, and add partitions where that is harmless.",
        "Corriger aussi les réglages de nos topics existants, et ajouter des partitions là où c’est sans risque.",
    ),
    "streams.topics.option.sources": Text(
        "Also make the topics that the sources of the catalog name.",
        "Créer aussi les topics que nomment les sources du catalogue.",
    ),
    "streams.topics.clean": Text(
        "{count} topics checked: nothing is missing, no data would be lost.",
        "{count} topics vérifiés : rien ne manque, aucune donnée ne serait perdue.",
    ),
    "streams.topics.problems": Text(
        "{count} topics checked, {problems} to mend.",
        "{count} topics vérifiés, {problems} points à corriger.",
    ),
    "streams.topics.made": Text(
        "{made} made, {altered} settings altered.", "{made} créés, {altered} réglages modifiés."
    ),
    "streams.topics.brokers_unseen": Text(
        "The brokers’ own settings were not checked: we may not read them (DescribeConfigs on the cluster).",
        "Les réglages des brokers n’ont pas été vérifiés : leur lecture nous est refusée "
        "(DescribeConfigs sur le cluster).",
    ),
}

_WANTED: Final[Mapping[str, Text]] = {
    "streams.topics.there": Text("a topic that is there", "un topic existant"),
    "streams.topics.partitions": Text("{count} partitions", "{count} partitions"),
    "streams.topics.bytes": Text(
        "room for records of {bytes} bytes", "de la place pour {bytes} octets par message"
    ),
    "streams.topics.bytes_of": Text(
        "room for {bytes} bytes, the largest record of {topic} and what was found in it",
        "de la place pour {bytes} octets : le plus grand message de {topic} et ce qui y a été relevé",
    ),
    "streams.topics.clock": Text(
        "LogAppendTime, since records are kept by when they were written",
        "LogAppendTime, car la durée de conservation court depuis l’écriture",
    ),
    "streams.topics.kept": Text(
        "records kept for {days} days or more, {milliseconds} ms",
        "des messages conservés {days} jours au moins, soit {milliseconds} ms",
    ),
    "streams.topics.no_limit": Text("no limit by size", "aucune limite de taille"),
    "streams.topics.copies": Text(
        "two copies or more, so that no record dies with a broker",
        "deux copies ou plus, pour qu’aucun message ne disparaisse avec un broker",
    ),
    "streams.topics.in_sync": Text(
        "{count} copies or more before a record counts as written",
        "{count} copies au moins avant qu’un message soit tenu pour écrit",
    ),
    "streams.topics.in_sync_most": Text(
        "{count} copies or fewer, so that one broker may be down",
        "{count} copies au plus, pour qu’un broker puisse s’arrêter",
    ),
    "streams.topics.clean_leader": Text(
        "false, since a leader that lags behind would drop records",
        "false, car un leader en retard perdrait des messages",
    ),
    "streams.topics.brokers": Text(
        "{count} brokers for as many copies", "{count} brokers pour autant de copies"
    ),
    "streams.topics.fewer": Text("fewer", "moins que cela"),
    "streams.topics.allowed": Text(
        "brokers that let us see and set it", "des brokers qui nous y donnent accès"
    ),
    "streams.topics.accepted": Text("brokers that accept it", "des brokers qui l’acceptent"),
}

_MENDS: Final[Mapping[str, Text]] = {
    "streams.topics.mend_missing": Text(
        "Run `observer stream topics create`.", "Lancez `observer stream topics create`."
    ),
    "streams.topics.mend_source": Text(
        "Make the topic, correct `topics` of the source, or allow us to describe it.",
        "Créez le topic, corrigez `topics` de la source, ou autorisez-nous à le décrire.",
    ),
    "streams.topics.mend_pattern": Text(
        "No topic has a name like that: correct `topics` of the source, or allow us to describe them.",
        "Aucun topic ne porte un tel nom : corrigez `topics` de la source, ou autorisez-nous à les décrire.",
    ),
    "streams.topics.mend_partitions": Text(
        "Set kafka.partitions to the number that is there, or run `observer stream topics create --alter`.",
        "Donnez à kafka.partitions le nombre existant, ou lancez `observer stream topics create --alter`.",
    ),
    "streams.topics.mend_partitions_fixed": Text(
        "Set the number in the settings to the one that is there; it must not change while records are kept.",
        "Donnez au réglage le nombre existant ; il ne doit pas changer tant que des messages sont conservés.",
    ),
    "streams.topics.mend_setting": Text(
        "Set {setting}={wanted}, for our own topics by `observer stream topics create --alter`.",
        "Réglez {setting}={wanted} ; pour nos topics, par `observer stream topics create --alter`.",
    ),
    "streams.topics.mend_copies": Text(
        "Add copies with kafka-reassign-partitions, or make the topic anew with more.",
        "Ajoutez des copies avec kafka-reassign-partitions, ou recréez le topic avec davantage.",
    ),
    "streams.topics.mend_brokers": Text(
        "Set kafka.replication to the number of brokers at most.",
        "Donnez à kafka.replication le nombre de brokers au plus.",
    ),
    "streams.topics.mend_allowed": Text(
        "Allow us Describe and DescribeConfigs on it, and Create to make it: docs/topics.md lists what is needed.",
        "Accordez-nous Describe et DescribeConfigs, et Create pour le créer : docs/topics.md en donne la liste.",
    ),
    "streams.topics.mend_offsets": Text(
        "Raise it: workers that are down for longer forget where they were.",
        "Augmentez-le : après un arrêt plus long, les processus oublient où ils en étaient.",
    ),
    "streams.topics.mend_session": Text(
        "Raise it, or lower kafka.session_seconds.", "Augmentez-le, ou réduisez kafka.session_seconds."
    ),
    "streams.topics.mend_transaction": Text(
        "Raise it, or lower kafka.transaction_seconds.",
        "Augmentez-le, ou réduisez kafka.transaction_seconds.",
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_COMMANDS, **_WANTED, **_MENDS}
