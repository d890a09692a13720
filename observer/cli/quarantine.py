"""`observer quarantine`: list, show, judge again and erase what was kept."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from observer.cli.kept_events import (
    CATALOG,
    CONFIG,
    DRY_RUN,
    FINDINGS,
    FOLDER,
    FORM,
    LIMIT,
    WHO,
    Command,
    as_json,
    line,
    moment,
    only_with_a_reason,
    page,
    tell,
    which,
)
from observer.clock import SystemClock
from observer.errors import Problem, QuarantineError
from observer.messages import Words
from observer.model import Verdict
from observer.privacy import Json
from observer.quarantine import Archive, Entry, Filters
from observer.settings import Settings, load_settings


def _where(command: Command) -> Command:
    """Adds the options that say which quarantine."""
    for option in (
        CONFIG,
        click.option("--state", type=FOLDER, help="quarantine.option.state"),
    ):
        command = option(command)
    return command


@click.group(help="quarantine.help")
def quarantine() -> None:
    """Holds the commands about kept events."""


@quarantine.command("list", help="quarantine.list.help")
@which
@LIMIT
@FORM
@_where
def list_(limit: int, form: str, state: Path | None, config: Path | None, **chosen: str | None) -> None:
    """Prints one line for each entry."""
    from observer.quarantine.show import summary

    archive = _archive(state, config)
    # One more than is shown tells whether there are more.
    found = list(archive.entries(_filters(chosen)._replace(limit=limit + 1, newest_first=True)))
    for entry in found[:limit]:
        click.echo(as_json(summary(entry)) if form == "json" else _line(entry))
    if not found:
        tell("quarantine.list.none")
    elif len(found) > limit:
        tell("quarantine.list.more", limit=limit)
    damaged = archive.index.damaged_bytes()
    if damaged:
        tell("quarantine.list.damaged", bytes=damaged)


@quarantine.command(help="quarantine.show.help")
@click.argument("id_", metavar="ID")
@click.option("--reveal", "whole", is_flag=True, help="quarantine.option.reveal")
@click.option("--reason", help="quarantine.option.reason")
@WHO
@FORM
@_where
def show(
    id_: str, whole: bool, reason: str | None, who: str, form: str, state: Path | None, config: Path | None
) -> None:
    """Prints one event: masked, or whole after it is written down."""
    from observer.quarantine.access import whoever_runs_this
    from observer.quarantine.show import masked, reveal, revealed

    only_with_a_reason(whole, reason)
    archive = _archive(state, config)
    if reason is None:
        document = masked(archive.entry(id_), archive.read(id_))
    else:
        document = revealed(*reveal(archive, id_, reason, whoever_runs_this(who), SystemClock().now()))
    click.echo(as_json(document) if form == "json" else page(document))
    if reason is None:
        tell("quarantine.show.masked")
    else:
        tell("quarantine.show.logged", path=archive.places.access_log)


@quarantine.command(help="quarantine.replay.help")
@which
@DRY_RUN
@CATALOG
@FORM
@_where
@click.pass_context
def replay(
    context: click.Context,
    /,
    dry_run: bool,
    catalog: Path | None,
    form: str,
    state: Path | None,
    config: Path | None,
    **chosen: str | None,
) -> None:
    """Judges again; exits 1 where an event that was judged now is not valid."""
    from observer.loader import example_folder, load
    from observer.quarantine.rejudge import rejudge
    from observer.quarantine.replay import replay as replay_events

    archive = _archive(state, config)
    settings = load_settings(config, os.environ)
    now = load(catalog or settings.catalog or example_folder())
    report = replay_events(archive, rejudge(now), now.digest, SystemClock().now(), _filters(chosen), dry_run)
    counts: dict[str, Json] = {
        "events": report.events,
        "replayed": report.replayed,
        "already": report.already,
        "unjudged": report.unjudged,
        "unreadable": report.unreadable,
    }
    if form == "json":
        outcomes: dict[str, Json] = {
            verdict.value: report.outcomes.get(verdict, 0)
            for verdict in Verdict
            if verdict != Verdict.DUPLICATE
        }
        click.echo(as_json({**counts, "dry_run": dry_run, "catalog": now.digest, "outcomes": outcomes}))
    else:
        for (first, outcome), events in sorted(report.moves.items()):
            click.echo(f"{events:>8}  {first.value} → {outcome.value}")
    tell("quarantine.replay.done", **counts)
    if dry_run:
        tell("quarantine.replay.dry")
    if report.replayed > report.outcomes.get(Verdict.VALID, 0):
        context.exit(FINDINGS)


@quarantine.command(help="quarantine.erase.help")
@click.option("--user-id", default="", help="quarantine.option.user_id")
@click.option("--message-id", default="", help="quarantine.option.message_id")
@WHO
@DRY_RUN
@FORM
@_where
def erase(
    user_id: str,
    message_id: str,
    who: str,
    dry_run: bool,
    form: str,
    state: Path | None,
    config: Path | None,
) -> None:
    """Erases the events of one person or message."""
    from observer.quarantine.access import whoever_runs_this
    from observer.quarantine.erase import Subject
    from observer.quarantine.erase import erase as erase_events

    subject = Subject(*_one_id(user_id, message_id))
    archive = _archive(state, config)
    done = erase_events(archive, subject, whoever_runs_this(who), SystemClock().now(), dry_run)
    counts: dict[str, Json] = {"events": done.events, "by_id": done.by_id, "by_content": done.by_content}
    if form == "json":
        click.echo(
            as_json(
                {**counts, "segments": done.segments, "damaged_bytes": done.damaged_bytes, "dry_run": dry_run}
            )
        )
    tell("quarantine.erase.dry" if dry_run else "quarantine.erase.done", **counts)
    if done.damaged_bytes and not dry_run:
        tell("quarantine.erase.damaged", bytes=done.damaged_bytes)


def _archive(state: Path | None, config: Path | None) -> Archive:
    settings = load_settings(config, os.environ)
    if state is not None:
        settings = Settings(**{**dict(settings), "state": state})
    return Archive(settings.quarantine_folder)


def _filters(which: Mapping[str, Any]) -> Filters:
    verdict, since = which["verdict"], which["since"]
    return Filters(
        source=which["source"],
        contract=which["contract"],
        verdict=Verdict(verdict) if verdict is not None else None,
        since=moment(since) if since is not None else None,
    )


def _one_id(user_id: str, message_id: str) -> tuple[str, str]:
    if bool(user_id) == bool(message_id):
        raise QuarantineError(
            Problem(
                "--user-id, --message-id",
                Words("quarantine.expect_one_id"),
                Words("quarantine.got_both" if user_id else "quarantine.got_nothing"),
                mend=Words("quarantine.mend_one_id"),
            )
        )
    return _given(user_id), _given(message_id)


def _given(id_: str) -> str:
    # An id on the command line is seen by whoever lists processes; one from standard input is not.
    return sys.stdin.readline().rstrip("\r\n") if id_ == "-" else id_


def _line(entry: Entry) -> str:
    from observer.quarantine.show import told_time

    outcome = f" → {entry.outcome.value}" if entry.outcome is not None else ""
    at = told_time(entry.observed)
    return line(entry.id, at, entry.source, entry.verdict, entry.contract, entry.reason) + outcome
