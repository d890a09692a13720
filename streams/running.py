"""`observer stream`: from the settings to the running workers, and what it tells them."""

import asyncio
import sys
from collections.abc import Sequence

from aiokafka.errors import KafkaError

from observer.clock import SystemClock
from observer.errors import BrokerError, InputError, Problem, literal, nearest
from observer.loader import example_folder, limits_of, load
from observer.logs import configure_logs
from observer.messages import Lang, Words, say
from observer.settings import Settings
from observer.web.open_page import refuse_open_page
from streams.clients import Clients
from streams.commands import Command, Verb, give
from streams.connection import client_arguments
from streams.naming import OwnTopics
from streams.processes import run_workers
from streams.reaching import reach
from streams.topic_admin import require_topics


def run(settings: Settings, lang: Lang) -> int:
    """Runs the workers. Returns the exit code.

    Raises, before any worker starts: SettingsError, CatalogError, BrokerError where the brokers cannot be reached,
    refuse us, or lack a topic that we write.
    """
    refuse_open_page(settings)
    load(settings.catalog or example_folder(), limits_of(settings))
    asyncio.run(_ready(settings))
    configure_logs()
    if settings.port:
        for index in range(settings.kafka.workers):
            address = f"http://{settings.host}:{settings.port + index}/"
            sys.stderr.write(say("workers.page", lang, index=index, address=address) + "\n")
        sys.stderr.flush()
    return run_workers(settings)


def command(settings: Settings, verb: Verb, source: str = "") -> None:
    """Tells every worker what to do. Raises InputError for a source that is not declared, BrokerError."""
    if source:
        _declared(source, sorted(load(settings.catalog or example_folder()).sources))
    asyncio.run(_give(settings, Command(verb, source, SystemClock().now())))


def _declared(source: str, known: Sequence[str]) -> None:
    if source not in known:
        expected, got = Words("workers.source"), literal(f"`{source}`")
        raise InputError(Problem("observer stream", expected, got, mend=nearest(source, known)))


async def _ready(settings: Settings) -> None:
    await reach(settings.kafka, client_arguments(settings.kafka))
    await require_topics(settings)


async def _give(settings: Settings, given: Command) -> None:
    await _ready(settings)
    clients = Clients(settings.kafka, client_arguments(settings.kafka), settings.kafka.application)
    topic = OwnTopics.of(settings).commands
    try:
        await give(clients, topic, given)
    except KafkaError as error:
        raise BrokerError(
            Problem(topic, Words("streams.expect_accepted"), literal(type(error).__name__))
        ) from None
