"""What the commands about kept events share, wherever those are kept: options, and how events are told."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from observer.cli.language import current_language
from observer.clock import SystemClock
from observer.errors import InputError, Problem, QuarantineError, literal
from observer.messages import Words, say
from observer.model import QUARANTINED_VERDICTS, Verdict
from observer.privacy import Json
from observer.quarantine.moments import since as read_since

FINDINGS: Final = 1
LIST_LIMIT: Final = 50
FOLDER: Final = click.Path(path_type=Path, file_okay=False)
FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help"
)
WHO = click.option("--who", default="", help="quarantine.option.who")
DRY_RUN = click.option("--dry-run", is_flag=True, help="quarantine.option.dry_run")
LIMIT = click.option(
    "--limit", type=click.IntRange(min=1), default=LIST_LIMIT, help="quarantine.option.limit"
)
CONFIG = click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="cli.config.help")
CATALOG = click.option("--catalog", type=FOLDER, help="quarantine.option.catalog")
_VERDICTS = click.Choice([verdict.value for verdict in Verdict if verdict in QUARANTINED_VERDICTS])

Command = Callable[..., None]


def which(command: Command) -> Command:
    """Adds the options that say which events."""
    for option in (
        click.option("--since", help="quarantine.option.since"),
        click.option("--verdict", type=_VERDICTS, help="quarantine.option.verdict"),
        click.option("--contract", help="quarantine.option.contract"),
        click.option("--source", help="quarantine.option.source"),
    ):
        command = option(command)
    return command


def moment(text: str) -> float:
    """Returns the moment that an option names. Raises InputError."""
    try:
        return read_since(text, SystemClock().now())
    except InputError as error:
        # What was typed is the operator's own word, and may be shown again.
        typed, mend = literal(f"`{text}`"), Words("quarantine.mend_since")
        raise InputError(problem._replace(got=typed, mend=mend) for problem in error.problems) from None


def only_with_a_reason(whole: bool, reason: str | None) -> None:
    """Raises QuarantineError where one of --reveal and --reason is given without the other."""
    if whole != (reason is not None):
        raise QuarantineError(
            Problem(
                "observer quarantine show",
                Words("quarantine.expect_reveal"),
                Words("quarantine.got_one_alone"),
                mend=Words("quarantine.mend_reason"),
            )
        )


def line(id_: str, at: str | None, source: str, verdict: Verdict, contract: str, reason: str) -> str:
    """Returns one line of a list."""
    return f"{id_}  {at}  {source:<14}  {verdict.value:<16}  {contract:<20}  {reason}"


def page(document: Mapping[str, Json]) -> str:
    """Returns a document as lines for people."""
    width = max(map(len, document))
    lines = []
    for name, value in document.items():
        told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
        lines += [
            f"{name if number == 0 else '':<{width}}  {_harmless(one)}"
            for number, one in enumerate(told.split("\n"))
        ]
    return "\n".join(lines)


def as_json(document: Mapping[str, Json]) -> str:
    """Returns a document as one line of JSON."""
    return _harmless(json.dumps(document, ensure_ascii=False))


def tell(code: str, **values: object) -> None:
    """Says a message on standard error."""
    click.echo(say(code, current_language(), **values), err=True)


def _harmless(text: str) -> str:
    """Returns text with all that is not printable escaped as in JSON: what an event holds commands no terminal."""
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)
