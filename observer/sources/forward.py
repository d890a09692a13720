"""What takes requests where the collector does not judge them: a log that others read, a plugin found by name."""

from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from observer.catalog import Catalog, Source
from observer.errors import InputError, Problem
from observer.flows.topics import is_pattern
from observer.messages import Words
from observer.metrics import Metric
from observer.model import Record
from observer.settings import Settings
from observer.sources.receipt import Receipt

FORWARDERS: Final = "observer.forwarders"
"""Entry points that take requests: each a `MakeForwarder`."""

CountOne: TypeAlias = Callable[[Metric, tuple[str, ...]], None]
"""Adds one to a counter's series."""


class Forwards(Protocol):
    """Takes requests, and has them kept elsewhere before it answers."""

    @property
    def waiting(self) -> int:
        """Requests that are not acknowledged yet."""

    @property
    def full(self) -> bool:
        """Whether the next request would be refused, since too much waits."""

    @property
    def answers(self) -> bool:
        """Whether the log answered when it was last asked."""

    @property
    def alive(self) -> bool:
        """Whether it goes on asking."""

    async def start(self) -> None:
        """Returns once requests can be taken. Raises ObserverError where they cannot."""

    async def stop(self) -> None:
        """Returns once nothing more is taken, in bounded time."""

    async def submit(self, source: str, record: Record) -> Receipt:
        """Returns the receipt of a record once it is kept. Raises as sources.receipt.Submit says."""


MakeForwarder: TypeAlias = Callable[[Settings, Callable[[], Catalog], CountOne], Forwards]
"""(settings, the catalog in force, what counts) -> what takes requests. Connects to nothing."""


def forwarder(name: str) -> MakeForwarder:
    """Returns the plugin of that name. Raises InputError where none, or not what it needs, is installed."""
    for plugin in entry_points(group=FORWARDERS, name=name):
        try:
            made: MakeForwarder = plugin.load()
        except ModuleNotFoundError:
            break
        return made
    raise InputError(
        Problem(
            f"observer run --{name}",
            Words("streams.extra"),
            Words("declaration.came.nothing"),
            mend=Words("streams.mend_extra"),
        )
    )


def first_topic(source: Source) -> str:
    """Returns the topic that a source's requests go to: the first that it names, or "" where it names none."""
    return next((topic for topic in source.topics if not is_pattern(topic)), "")


def without_topic(catalog: Catalog, folder: Path) -> Iterator[Problem]:
    """Yields a problem for every source whose requests could go nowhere. folder: that of the catalog."""
    for source in catalog.sources.values():
        if not first_topic(source):
            came = "collector.patterns_alone" if source.topics else "declaration.came.nothing"
            yield Problem(
                f"{folder}/sources/{source.id}.yaml",
                Words("collector.topic_expected"),
                Words(came),
                "$.topics",
                Words("collector.topic_mend"),
            )
