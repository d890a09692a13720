"""A replay as a command asks for it: which catalog judges, where events go, who is told first."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from observer.building import build
from observer.catalog import Catalog
from observer.documents import Document, read_yaml
from observer.errors import InputError, Problem, QuarantineError, literal
from observer.flows.topics import claims
from observer.loader import limits_of, read_folder
from observer.messages import Words
from observer.quarantine.rejudge import judgements
from observer.settings import Settings
from streams.connection import ClientArguments, client_arguments
from streams.quarantine.choosing import Chosen
from streams.quarantine.reading import partitions_of, reading
from streams.quarantine.replay import Replay, Report, Target, replaying
from streams.reaching import reach
from streams.topics import Kind, topic_name, topics


class Wanted(NamedTuple):
    """What a command asks for. chosen: which events; topic: where to, or None for our own; rate: events a second at
    most, or None; under: the file of a contract that stands in for the catalog's; dry_run: send nothing."""

    chosen: Chosen
    topic: str | None = None
    rate: float | None = None
    under: Path | None = None
    dry_run: bool = False


async def run_replay(
    settings: Settings, folder: Path, wanted: Wanted, at: float, write_down: Callable[[Target], None]
) -> tuple[Target, Report]:
    """Judges again at the time `at` and, unless it is a dry run, sends what is valid now.

    folder: of the catalog; write_down: called before anything is sent; where it raises, nothing is. Raises
    CatalogError, InputError, BrokerError, QuarantineError.
    """
    catalog = judging_catalog(settings, folder, wanted.under)
    arguments = client_arguments(settings.kafka)
    await reach(settings.kafka, arguments)
    own = topic_name(settings, Kind.REPLAYED)
    target = Target(wanted.topic or own, own, catalog.digest, wanted.rate)
    if target.topic != own:
        await check_target(target.topic, settings, catalog, arguments)
    patience = settings.kafka.request_seconds

    async def run(producer: object) -> Report:
        async with (
            reading(topic_name(settings, Kind.QUARANTINE), arguments, patience) as reader,
            reading(own, arguments, patience) as markers,
        ):
            return await Replay(reader, markers, judgements(catalog, at), target).run(wanted.chosen, producer)

    if wanted.dry_run:
        return target, await run(None)
    write_down(target)
    kafka = settings.kafka
    async with replaying(arguments, kafka.application, kafka.transaction_seconds) as producer:
        return target, await run(producer)


def judging_catalog(settings: Settings, folder: Path, under: Path | None) -> Catalog:
    """Returns the catalog of a folder, with the contract in the file `under` in the place of the one of its id.

    Raises CatalogError; InputError where the file cannot be read or the folder has no contract of that id.
    """
    limits = limits_of(settings)
    documents = read_folder(folder, limits)
    if under is not None:
        documents = _with(documents, under)
    return build(documents, str(folder), limits.build)


async def check_target(topic: str, settings: Settings, catalog: Catalog, arguments: ClientArguments) -> None:
    """Raises QuarantineError for a topic that events must not be sent to: one of our own, one that is not there, one
    that a source declares, where they would be counted a second time."""
    problem = Words("kafka_quarantine.got_own_topic") if topic in topics(settings) else None
    for source in catalog.sources.values():
        if any(claims(declared, topic) for declared in source.topics):
            problem = Words("kafka_quarantine.got_source_topic", {"source": source.id})
    if problem is None and not await partitions_of(topic, arguments):
        problem = Words("kafka_quarantine.got_no_topic")
    if problem is not None:
        raise QuarantineError(
            Problem(
                topic,
                Words("kafka_quarantine.expect_target"),
                problem,
                mend=Words("kafka_quarantine.mend_target"),
            )
        )


def _with(documents: list[Document], under: Path) -> list[Document]:
    try:
        data = under.read_bytes()
    except OSError as error:
        raise InputError(
            Problem(str(under), Words("quarantine.expect_readable"), literal(error.strerror or "?"))
        ) from None
    reading_ = read_yaml(str(under), data)
    if reading_.problems:
        raise InputError(reading_.problems)
    id_ = _id(reading_.value)
    for place, document in enumerate(documents):
        if document.name.startswith("contracts/") and id_ is not None and _id(document.value) == id_:
            swapped = Document(document.name, str(under), reading_.value, reading_.lines)
            return [*documents[:place], swapped, *documents[place + 1 :]]
    raise InputError(
        Problem(
            str(under),
            Words("kafka_quarantine.expect_contract"),
            Words("kafka_quarantine.got_other_contract"),
            "$.id",
            Words("kafka_quarantine.mend_contract"),
        )
    )


def _id(document: object) -> object:
    return document.get("id") if isinstance(document, dict) else None
