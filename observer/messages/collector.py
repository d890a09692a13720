"""The HTTP collector's answers and its start."""

from collections.abc import Mapping
from typing import Final

from observer.messages.collector_explained import COLLECTOR
from observer.messages.text import Text

_ANSWERS: Final[Mapping[str, Text]] = {
    "collector.answer.unreadable": Text(
        "The body could not be decompressed: send gzip or plain bytes.",
        "Le corps n’a pas pu être décompressé : envoyez du gzip ou des octets simples.",
    ),
    "collector.answer.unauthorized": Text(
        "No source has this key or identifier. Check the write key, and that the source is declared in schemas/sources.",
        "Aucune source n’a cette clé ou cet identifiant. Vérifiez la clé d’écriture, et que la source est déclarée "
        "dans schemas/sources.",
    ),
    "collector.answer.forbidden": Text(
        "This source does not declare where the request comes from: add the origin or the identifier to its file in "
        "schemas/sources.",
        "Cette source ne déclare pas l’origine de la requête : ajoutez l’origine ou l’identifiant à son fichier dans "
        "schemas/sources.",
    ),
    "collector.answer.too_slow": Text(
        "The body did not arrive in time. Nothing was accepted: send again.",
        "Le corps n’est pas arrivé à temps. Rien n’a été accepté : renvoyez.",
    ),
    "collector.answer.too_large": Text(
        "The body is larger than {limit} bytes: send smaller batches.",
        "Le corps dépasse {limit} octets : envoyez des lots plus petits.",
    ),
    "collector.answer.too_many_events": Text(
        "The batch holds more than {limit} events: send smaller batches.",
        "Le lot contient plus de {limit} événements : envoyez des lots plus petits.",
    ),
    "collector.answer.no_route": Text(
        "No source writes here. The addresses are those of the SDKs, or `paths` of a source in schemas/sources.",
        "Aucune source n’écrit ici. Les adresses sont celles des SDK, ou les `paths` d’une source dans schemas/sources.",
    ),
    "collector.answer.too_fast": Text(
        "This source sends more events than it may: wait {seconds} s and send again.",
        "Cette source envoie plus d’événements que permis : attendez {seconds} s et renvoyez.",
    ),
    "collector.answer.busy": Text(
        "Too many requests wait, or Kafka does not acknowledge them. This one does not count as accepted: send again in {seconds} s.",
        "Trop de requêtes attendent, ou Kafka ne les confirme pas. Celle-ci n’est pas réputée acceptée : renvoyez dans {seconds} s.",
    ),
    "collector.answer.failed": Text(
        "The events could not be kept. Nothing was accepted: send again in {seconds} s.",
        "Les événements n’ont pas pu être conservés. Rien n’a été accepté : renvoyez dans {seconds} s.",
    ),
    "collector.key_expected": Text(
        "the write key of source `{source}`", "clé d’écriture de la source `{source}`"
    ),
    "collector.source_expected": Text("a source of the catalog", "une source du catalogue"),
    "collector.nothing": Text("nothing", "rien"),
    "collector.key_mend": Text(
        "Set the variable {variable}, or start without a configuration to try the example with generated keys.",
        "Définissez la variable {variable}, ou démarrez sans configuration pour essayer l’exemple avec des clés générées.",
    ),
    "collector.key_set": Text("Set the variable {variable}.", "Définissez la variable {variable}."),
    "collector.key_own": Text(
        "a key that only source `{source}` has", "clé propre à la seule source `{source}`"
    ),
    "collector.key_shared": Text("the key of source `{source}`", "clé de la source `{source}`"),
    "collector.place": Text("the collector", "le collecteur"),
    "collector.queue_expected": Text(
        "at most {limit} waiting requests", "au plus {limit} requêtes en attente"
    ),
    "collector.queue_full": Text("one more", "une de plus"),
    "collector.kafka_expected": Text("a request that Kafka acknowledges", "une requête confirmée par Kafka"),
    "collector.kafka_silent": Text("no acknowledgement", "aucune confirmation"),
    "collector.topic_expected": Text(
        "a topic by its name, to which its requests go", "un topic désigné par son nom, où vont ses requêtes"
    ),
    "collector.patterns_alone": Text("patterns alone", "seulement des motifs"),
    "collector.topic_mend": Text(
        "Name one under `topics`, or run the collector without --kafka.",
        "Nommez-en un sous `topics`, ou lancez le collecteur sans --kafka.",
    ),
    "collector.judge_expected": Text("a verdict", "un verdict"),
    "collector.judge_failed": Text(
        "a failure of the engine, written to the log", "une panne du moteur, inscrite au journal"
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_ANSWERS, **COLLECTOR}
