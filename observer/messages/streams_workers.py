"""The Kafka workers: what they refuse, what their commands say."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "streams.option.workers": Text(
        "Processes on this machine, one a core at most. More than one are watched over, and started again when they "
        "die.",
        "Processus sur cette machine, au plus un par cœur. S’il y en a plusieurs, ils sont surveillés et relancés "
        "quand ils meurent.",
    ),
    "workers.log_up_to": Text(
        "a log that reaches offset {offset}, up to which it was read",
        "un journal qui atteint l’offset {offset}, jusqu’où il a été lu",
    ),
    "workers.log_ends": Text("one that ends at {offset}", "un journal qui s’arrête à {offset}"),
    "workers.log_mend": Text(
        "The topic was made anew, or its log was cut. Give the topic another name, or remove the offsets of the group "
        "and what the store says of this partition.",
        "Le topic a été recréé, ou son journal tronqué. Donnez un autre nom au topic, ou supprimez les offsets du "
        "groupe et ce que la base en dit pour cette partition.",
    ),
    "workers.port_mend": Text(
        "Set another port. Worker i listens on `port` + i.",
        "Choisissez un autre port. Le processus i écoute sur `port` + i.",
    ),
    "workers.page": Text(
        "Page and metrics of worker {index}: {address}", "Page et mesures du processus {index} : {address}"
    ),
    "workers.help.pause": Text(
        "Stop reading the topics of SOURCE, in every worker, until it is resumed.",
        "Ne plus lire les topics de SOURCE, dans tous les processus, jusqu’à nouvel ordre.",
    ),
    "workers.help.resume": Text(
        "Read the topics of SOURCE again, from where every worker stopped.",
        "Lire de nouveau les topics de SOURCE, là où chaque processus s’est arrêté.",
    ),
    "workers.help.reload": Text(
        "Have every worker read the catalog again. One that is refused leaves the catalog before it in force.",
        "Faire relire le catalogue à tous les processus. S’il est refusé, le précédent reste en vigueur.",
    ),
    "workers.told.pause": Text("{source}: paused.", "{source} : en pause."),
    "workers.told.resume": Text("{source}: resumed.", "{source} : reprise."),
    "workers.told.reload": Text(
        "Every worker reads the catalog again. `martech_catalog_info` shows the digest that each has in force.",
        "Tous les processus relisent le catalogue. `martech_catalog_info` montre l’empreinte que chacun applique.",
    ),
    "workers.registry": Text("a schema registry that answers", "un registre de schémas qui réponde"),
    "workers.source": Text("a source declared in sources/", "une source déclarée dans sources/"),
}
