"""`observer quarantine`: list, show, judge again and erase what was kept."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from observer.cli.language import current_language
from observer.clock import SystemClock
from observer.errors import InputError, Problem, QuarantineError, literal
from observer.messages import Words, say
from observer.model import QUARANTINED_VERDICTS, Verdict
from observer.privacy import Json
from observer.quarantine import Archive, Entry, Filters
from observer.quarantine.moments import since as read_since
from observer.settings import Settings, load_settings

FINDINGS: Final = 1
LIST_LIMIT: Final = 50
_FOLDER = click.Path(path_type=Path, file_okay=False)
_VERDICTS = click.Choice([verdict.value for verdict in Verdict if verdict in QUARANTINED_VERDICTS])
_FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help"
)
_WHO = click.option("--who", default="", help="quarantine.option.who")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="quarantine.option.dry_run")

_Command = Callable[..., None]


def _where(command: _Command) -> _Command:
    """Adds the options that say which quarantine."""
    for option in (
        click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="cli.config.help"),
        click.option("--state", type=_FOLDER, help="quarantine.option.state"),
    ):
        command = option(command)
    return command


def _which(command: _Command) -> _Command:
    """Adds the options that say which events."""
    for option in (
        click.option("--since", help="quarantine.option.since"),
        click.option("--verdict", type=_VERDICTS, help="quarantine.option.verdict"),
        click.option("--contract", help="quarantine.option.contract"),
        click.option("--source", help="quarantine.option.source"),
    ):
        command = option(command)
    return command


@click.group(help="quarantine.help")
def quarantine() -> None:
    """Holds the commands about kept events."""


@quarantine.command("list", help="quarantine.list.help")
@_which
@click.option("--limit", type=click.IntRange(min=1), default=LIST_LIMIT, help="quarantine.option.limit")
@_FORM
@_where
def list_(limit: int, form: str, state: Path | None, config: Path | None, **which: str | None) -> None:
    """Prints one line for each entry."""
    from observer.quarantine.show import summary

    archive = _archive(state, config)
    # One more than is shown tells whether there are more.
    found = list(archive.entries(_filters(which)._replace(limit=limit + 1, newest_first=True)))
    for entry in found[:limit]:
        click.echo(_json(summary(entry)) if form == "json" else _line(entry))
    if not found:
        _tell("quarantine.list.none")
    elif len(found) > limit:
        _tell("quarantine.list.more", limit=limit)
    damaged = archive.index.damaged_bytes()
    if damaged:
        _tell("quarantine.list.damaged", bytes=damaged)


@quarantine.command(help="quarantine.show.help")
@click.argument("id_", metavar="ID")
@click.option("--reveal", "whole", is_flag=True, help="quarantine.option.reveal")
@click.option("--reason", help="quarantine.option.reason")
@_WHO
@_FORM
@_where
def show(
    id_: str, whole: bool, reason: str | None, who: str, form: str, state: Path | None, config: Path | None
) -> None:
    """Prints one event: masked, or whole after it is written down."""
    from observer.quarantine.access import whoever_runs_this
    from observer.quarantine.show import masked, reveal, revealed

    if whole != (reason is not None):
        raise QuarantineError(
            Problem(
                "observer quarantine show",
                Words("quarantine.expect_reveal"),
                Words("quarantine.got_one_alone"),
                mend=Words("quarantine.mend_reason"),
            )
        )
    archive = _archive(state, config)
    if reason is None:
        document = masked(archive.entry(id_), archive.read(id_))
    else:
        document = revealed(*reveal(archive, id_, reason, whoever_runs_this(who), SystemClock().now()))
    click.echo(_json(document) if form == "json" else _page(document))
    if reason is None:
        _tell("quarantine.show.masked")
    else:
        _tell("quarantine.show.logged", path=archive.places.access_log)


@quarantine.command(help="quarantine.replay.help")
@_which
@_DRY_RUN
@click.option("--catalog", type=_FOLDER, help="quarantine.option.catalog")
@_FORM
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
    **which: str | None,
) -> None:
    """Judges again; exits 1 where an event that was judged now is not valid."""
    from observer.loader import example_folder, load
    from observer.quarantine.rejudge import rejudge
    from observer.quarantine.replay import replay as replay_events

    archive = _archive(state, config)
    settings = load_settings(config, os.environ)
    now = load(catalog or settings.catalog or example_folder())
    report = replay_events(archive, rejudge(now), now.digest, SystemClock().now(), _filters(which), dry_run)
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
        click.echo(_json({**counts, "dry_run": dry_run, "catalog": now.digest, "outcomes": outcomes}))
    else:
        for (first, outcome), events in sorted(report.moves.items()):
            click.echo(f"{events:>8}  {first.value} → {outcome.value}")
    _tell("quarantine.replay.done", **counts)
    if dry_run:
        _tell("quarantine.replay.dry")
    if report.replayed > report.outcomes.get(Verdict.VALID, 0):
        context.exit(FINDINGS)


@quarantine.command(help="quarantine.erase.help")
@click.option("--user-id", default="", help="quarantine.option.user_id")
@click.option("--message-id", default="", help="quarantine.option.message_id")
@_WHO
@_DRY_RUN
@_FORM
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
            _json(
                {**counts, "segments": done.segments, "damaged_bytes": done.damaged_bytes, "dry_run": dry_run}
            )
        )
    _tell("quarantine.erase.dry" if dry_run else "quarantine.erase.done", **counts)
    if done.damaged_bytes and not dry_run:
        _tell("quarantine.erase.damaged", bytes=done.damaged_bytes)


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
        since=_moment(since) if since is not None else None,
    )


def _moment(text: str) -> float:
    try:
        return read_since(text, SystemClock().now())
    except InputError as error:
        # What was typed is the operator's own word, and may be shown again.
        typed, mend = literal(f"`{text}`"), Words("quarantine.mend_since")
        raise InputError(problem._replace(got=typed, mend=mend) for problem in error.problems) from None


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
    return (
        f"{entry.id}  {told_time(entry.observed)}  {entry.source:<14}  {entry.verdict.value:<16}  "
        f"{entry.contract:<20}  {entry.reason}{outcome}"
    )


def _page(document: Mapping[str, Json]) -> str:
    """Returns a document as lines for people."""
    width = max(map(len, document))
    lines = []
    for name, value in document.items():
        told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
        lines += [
            f"{name if number == 0 else '':<{width}}  {_harmless(line)}"
            for number, line in enumerate(told.split("\n"))
        ]
    return "\n".join(lines)


def _json(document: Mapping[str, Json]) -> str:
    return _harmless(json.dumps(document, ensure_ascii=False))


def _harmless(text: str) -> str:
    """Returns text with all that is not printable escaped as in JSON: what an event holds commands no terminal."""
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)


def _tell(code: str, **values: object) -> None:
    click.echo(say(code, current_language(), **values), err=True)
