"""`observer stream quarantine`: list, show and replay what the quarantine topic holds."""

import asyncio
import os
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from observer.cli.kept_events import (
    CATALOG,
    CONFIG,
    DRY_RUN,
    FINDINGS,
    FORM,
    LIMIT,
    WHO,
    as_json,
    line,
    moment,
    only_with_a_reason,
    page,
    tell,
    which,
)
from observer.clock import SystemClock
from observer.model import Verdict
from observer.privacy import Json
from observer.quarantine.places import Places
from observer.settings import Settings, load_settings
from streams.topics import Kind, topic_name

if TYPE_CHECKING:
    from observer.quarantine.access import AccessLog
    from streams.quarantine.choosing import Chosen, Found
    from streams.quarantine.reading import TopicReader
    from streams.quarantine.replay import Report, Target

EVENTS_A_SECOND: Final = 1_000
_RULE = click.option("--rule", help="kafka_quarantine.option.rule")
_UNTIL = click.option("--until", help="kafka_quarantine.option.until")

Answer = TypeVar("Answer")


@click.group(help="kafka_quarantine.help")
def quarantine() -> None:
    """Holds the commands about events kept on Kafka."""


@quarantine.command("list", help="quarantine.list.help")
@which
@_RULE
@_UNTIL
@LIMIT
@FORM
@CONFIG
def list_(limit: int, form: str, config: Path | None, **which: str | None) -> None:
    """Prints one line for each event, newest first."""
    from streams.quarantine.choosing import summary
    from streams.quarantine.showing import newest

    settings, chosen = load_settings(config, os.environ), _chosen(which)

    async def listed() -> None:
        async with _reader(settings) as reader:
            listing = await newest(reader, chosen, limit)
        for one in listing.events:
            click.echo(as_json(summary(one)) if form == "json" else _line(one))
        if not listing.events:
            tell("quarantine.list.none")
        elif listing.more:
            tell("quarantine.list.more", limit=limit)
        if listing.foreign:
            tell("kafka_quarantine.foreign", records=listing.foreign)

    _run(listed())


@quarantine.command(help="quarantine.show.help")
@click.argument("id_", metavar="ID")
@click.option("--reveal", "whole", is_flag=True, help="quarantine.option.reveal")
@click.option("--reason", help="quarantine.option.reason")
@WHO
@FORM
@CONFIG
def show(id_: str, whole: bool, reason: str | None, who: str, form: str, config: Path | None) -> None:
    """Prints one event: masked, or whole after it is written down."""
    from observer.quarantine.access import whoever_runs_this
    from streams.quarantine.showing import event, masked, reveal, revealed

    only_with_a_reason(whole, reason)
    settings = load_settings(config, os.environ)
    places = Places(settings.quarantine_folder)

    async def shown() -> dict[str, Json]:
        async with _reader(settings) as reader:
            if reason is None:
                return masked(await event(reader, id_))
            log, asking = _access_log(places), whoever_runs_this(who)
            return revealed(await reveal(reader, id_, reason, log, asking, SystemClock().now()))

    document = _run(shown())
    click.echo(as_json(document) if form == "json" else page(document))
    if reason is None:
        tell("quarantine.show.masked")
    else:
        tell("quarantine.show.logged", path=places.access_log)


@quarantine.command(help="kafka_quarantine.replay.help")
@which
@_RULE
@_UNTIL
@DRY_RUN
@click.option("--to", "topic", help="kafka_quarantine.option.to")
@click.option(
    "--rate",
    type=click.IntRange(min=0),
    default=EVENTS_A_SECOND,
    show_default=True,
    help="kafka_quarantine.option.rate",
)
@click.option(
    "--under", type=click.Path(path_type=Path, dir_okay=False), help="kafka_quarantine.option.under"
)
@CATALOG
@WHO
@FORM
@CONFIG
@click.pass_context
def replay(
    context: click.Context,
    /,
    dry_run: bool,
    topic: str | None,
    rate: int,
    under: Path | None,
    catalog: Path | None,
    who: str,
    form: str,
    config: Path | None,
    **which: str | None,
) -> None:
    """Judges again and sends what is valid now; exits 1 where an event that was judged is not valid."""
    from observer.loader import example_folder
    from observer.quarantine.access import whoever_runs_this
    from streams.quarantine.replay_run import Wanted, run_replay

    settings = load_settings(config, os.environ)
    folder = catalog or settings.catalog or example_folder()
    wanted = Wanted(_chosen(which), topic, rate or None, under, dry_run)

    def write_down(target: "Target") -> None:
        _access_log(Places(settings.quarantine_folder)).write(
            "replay",
            whoever_runs_this(who),
            SystemClock().now(),
            {"topic": topic_name(settings, Kind.QUARANTINE), "to": target.topic, "catalog": target.digest},
        )

    target, report = _run(run_replay(settings, folder, wanted, SystemClock().now(), write_down))
    _tell_report(report, target, dry_run, form)
    if sum(report.outcomes.values()) > report.outcomes.get(Verdict.VALID, 0):
        context.exit(FINDINGS)


def _tell_report(report: "Report", target: "Target", dry_run: bool, form: str) -> None:
    counts: dict[str, Json] = {
        name: getattr(report, name)
        for name in ("events", "already", "unjudged", "described", "foreign", "sent")
    }
    if form == "json":
        outcomes: dict[str, Json] = {
            verdict.value: report.outcomes.get(verdict, 0)
            for verdict in Verdict
            if verdict != Verdict.DUPLICATE
        }
        decisions: list[Json] = [
            {"destination": destination, "result": result, "reason": reason, "events": events}
            for (destination, result, reason), events in sorted(report.decisions.items())
        ]
        where: dict[str, Json] = {"dry_run": dry_run, "catalog": target.digest, "to": target.topic}
        click.echo(as_json({**counts, **where, "outcomes": outcomes, "decisions": decisions}))
    else:
        for (first, outcome), events in sorted(report.moves.items()):
            click.echo(f"{events:>8}  {first.value} → {outcome.value}")
        for (destination, result, reason), events in sorted(report.decisions.items()):
            click.echo(f"{events:>8}  {destination}: {result}, {reason}")
    tell("kafka_quarantine.replay.done", judged=sum(report.outcomes.values()), topic=target.topic, **counts)
    if dry_run:
        tell("kafka_quarantine.replay.dry")


def _chosen(which: Mapping[str, str | None]) -> "Chosen":
    from streams.quarantine.choosing import Chosen

    verdict, since, until = which["verdict"], which["since"], which["until"]
    return Chosen(
        source=which["source"],
        contract=which["contract"],
        verdict=Verdict(verdict) if verdict is not None else None,
        rule=which["rule"],
        since=moment(since) if since is not None else None,
        until=moment(until) if until is not None else None,
    )


def _access_log(places: Places) -> "AccessLog":
    from observer.quarantine.access import AccessLog
    from observer.quarantine.disk import private_folder

    places.folder.mkdir(parents=True, exist_ok=True)
    private_folder(places.folder)
    return AccessLog(places.access_log)


@asynccontextmanager
async def _reader(settings: Settings) -> "AsyncIterator[TopicReader]":
    from streams.connection import client_arguments
    from streams.quarantine.reading import reading
    from streams.reaching import reach

    arguments = client_arguments(settings.kafka)
    await reach(settings.kafka, arguments)
    name = topic_name(settings, Kind.QUARANTINE)
    async with reading(name, arguments, settings.kafka.request_seconds) as reader:
        yield reader


def _run(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Runs `work` to its end. What aiokafka leaves behind of a fenced producer is not told a second time."""

    from aiokafka.errors import KafkaError

    def quiet(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if not isinstance(context.get("exception"), KafkaError):
            loop.default_exception_handler(context)

    async def watched() -> Answer:
        asyncio.get_running_loop().set_exception_handler(quiet)
        return await work

    return asyncio.run(watched())


def _line(one: "Found") -> str:
    from observer.quarantine.show import told_time

    kept = one.event.kept
    return line(one.id, told_time(kept.observed), kept.source, kept.verdict, kept.contract, kept.reason)
