"""`observer consent`: strings decoded, and what they allow decided, a line in and one JSON object out."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import click

from observer.cli.lines import lines_of
from observer.consent.formats import READERS
from observer.consent.line_answers import KINDS, LONGEST_LINE, decided, decoded
from observer.consent.vendor_list import VendorList, read_vendor_list
from observer.documents import Document, Size, read_json
from observer.errors import CatalogError, InputError, Problem, literal
from observer.messages import Words

_LIST_SIZE: Final = Size(bytes=64_000_000, values=5_000_000)
"""Of one version of the vendor list. The published ones have some megabytes."""


@click.group(help="consent_cli.help.group")
def consent() -> None:
    """Holds the commands about consent strings."""


@consent.command(help="consent_cli.help.decode")
@click.option("--kind", type=click.Choice(list(KINDS)), required=True, help="consent_cli.help.kind")
def decode(kind: str) -> None:
    """Answers each line of standard input with the decoded string, or with why it is malformed."""
    _answer(lambda line: decoded(kind, line))


@consent.command(help="consent_cli.help.decide")
@click.option(
    "--vendor-list",
    "places",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    help="consent_cli.help.vendor_list",
)
@click.option("--lenient", is_flag=True, help="consent_cli.help.lenient")
def decide(places: tuple[Path, ...], lenient: bool) -> None:
    """Answers each line of standard input with a basis and its reason."""
    lists = _vendor_lists(places)
    _answer(lambda line: decided(line, lists, strict=not lenient))


@consent.command(help="consent_cli.help.explain")
@click.option("--source", default="", help="consent_cli.help.source")
@click.option("--destination", default="", help="consent_cli.help.destination")
@click.option("--kind", type=click.Choice(sorted(READERS)), default=None, help="consent_cli.help.shape")
@click.option("--day", default="", metavar="YYYY-MM-DD", help="consent_cli.help.day")
@click.option("--event", default="", metavar="ID", help="consent_cli.help.event")
@click.option("--catalog", type=click.Path(path_type=Path), metavar="DIR", help="consent_cli.help.catalog")
@click.option("--state", type=click.Path(path_type=Path, file_okay=False), help="quarantine.option.state")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="cli.config.help")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help")
def explain(
    source: str,
    destination: str,
    kind: str | None,
    day: str,
    event: str,
    catalog: Path | None,
    state: Path | None,
    config: Path | None,
    form: str,
) -> None:
    """Says step by step what is decided for standard input's signals, or for a kept event's."""
    from observer.cli.consent_explained import Asked, explained

    asked = Asked(source, destination, kind or "", day, event)
    for line in explained(asked, sys.stdin.buffer, catalog, state, config, form):
        click.echo(line)


@consent.command(help="consent_cli.help.proof")
@click.option(
    "--string-file", "file", type=click.File("rb"), required=True, help="consent_cli.help.string_file"
)
@click.option("--kind", type=click.Choice(sorted(READERS)), default=None, help="consent_cli.help.shape")
@click.option("--state", type=click.Path(path_type=Path, file_okay=False), help="quarantine.option.state")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="cli.config.help")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help")
def proof(file: BinaryIO, kind: str | None, state: Path | None, config: Path | None, form: str) -> None:
    """Says whether and when events with a signal of that meaning were seen, and what was decided on them."""
    from observer.cli.consent_proof import looked_up

    for line in looked_up(file, kind or "", state, config, form):
        click.echo(line)


def _answer(answer: Callable[[bytes], dict[str, Any]]) -> None:
    out = sys.stdout
    for line in lines_of(sys.stdin.buffer, LONGEST_LINE):
        out.write(json.dumps(answer(line), separators=(",", ":")) + "\n")
        # Whoever asks line by line waits for the answer.
        out.flush()


def _vendor_lists(places: tuple[Path, ...]) -> Mapping[int, VendorList]:
    lists: dict[int, VendorList] = {}
    problems: list[Problem] = []
    for file in _files(places):
        try:
            found = read_vendor_list(_document(file))
        except CatalogError as error:
            problems += error.problems
            continue
        if found.version in lists:
            got = Words("consent.came.again", {"name": found.version})
            problems.append(
                Problem(str(file), Words("consent.expected.own_version"), got, "$.vendorListVersion")
            )
        lists[found.version] = found
    if problems:
        raise InputError(problems)
    return lists


def _files(places: tuple[Path, ...]) -> list[Path]:
    files: list[Path] = []
    for place in places:
        found = sorted(place.glob("*.json")) if place.is_dir() else [place]
        if not found:
            raise InputError(
                Problem(str(place), Words("consent_cli.vendor_lists"), Words("consent_cli.no_json_file"))
            )
        files += found
    return files


def _document(file: Path) -> Document:
    try:
        data = file.read_bytes()
    except OSError as error:
        got = literal(error.strerror or type(error).__name__)
        raise InputError(Problem(str(file), Words("consent_cli.vendor_list"), got)) from None
    reading = read_json(str(file), data, _LIST_SIZE)
    if reading.problems:
        raise InputError(reading.problems)
    return Document(file.name, str(file), reading.value)
