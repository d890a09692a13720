"""`observer contract diff`: two versions of a contract, or a history of them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from observer.cli.contract_changes import Comparison, as_json, as_markdown, as_text
from observer.cli.contract_files import read_contract
from observer.cli.language import current_language
from observer.contracts.comparing.compare import Mode, breaks, breaks_mode, compare
from observer.contracts.document import standard_problems
from observer.documents import located
from observer.errors import InputError, Problem
from observer.messages import Words

NOBODY, SOMEBODY = 0, 1
_BOTH: Final = ("consumer", "producer")
_FILES: Final = click.Path(path_type=Path)


def add_to(group: click.Group) -> None:
    """Adds `diff` to the group."""
    group.add_command(diff)


@click.command(help="contract_diff.help")
@click.argument("files", metavar="OLD... NEW", nargs=-1, required=True, type=_FILES)
@click.option(
    "--for", "side", type=click.Choice([*_BOTH, "both"]), default=None, help="contract_diff.help.for"
)
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode], case_sensitive=False),
    default=None,
    help="contract_diff.help.mode",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="cli.format.help",
)
@click.pass_context
def diff(
    context: click.Context, files: tuple[Path, ...], side: str | None, mode: str | None, form: str
) -> None:
    """Compares each old version with the new one. Exits 1 when that breaks someone for whom it was asked."""
    *olds, new = files
    chosen = None if mode is None else Mode(mode.upper())
    _check_usage(context.command_path, olds, side, chosen)
    sides = _sides(side, chosen)
    after = _document(new)
    found = [Comparison(str(old), str(new), compare(_document(old), after), sides) for old in olds]
    broken = any(_breaks(one, chosen) for one in found)
    _tell(found, form, broken)
    context.exit(SOMEBODY if broken else NOBODY)


def _check_usage(place: str, olds: Sequence[Path], side: str | None, mode: Mode | None) -> None:
    """Raises InputError where the words of the command line do not go together."""
    fault = ""
    if not olds:
        fault = "files"
    elif side is not None and mode is not None:
        fault = "mode"
    elif len(olds) > 1 and (mode is None or not mode.transitive):
        fault = "history"
    if fault:
        expected, got = Words(f"contract_diff.usage.{fault}"), Words(f"contract_diff.usage.{fault}_came")
        raise InputError(Problem(place, expected, got, mend=Words(f"contract_diff.usage.{fault}_mend")))


def _sides(side: str | None, mode: Mode | None) -> tuple[str, ...]:
    if mode is not None and not mode.value.startswith("FULL"):
        return ("producer",) if mode.value.startswith("BACKWARD") else ("consumer",)
    return _BOTH if side in {None, "both"} else (str(side),)


def _breaks(found: Comparison, mode: Mode | None) -> bool:
    if mode is not None:
        return breaks_mode(found.changes, mode)
    return breaks(found.changes, "consumer" in found.sides, "producer" in found.sides)


def _document(path: Path) -> dict[str, Any]:
    """Returns the document of a file that keeps the standard. Raises InputError with all that is wrong with it."""
    document = read_contract(path)
    problems: Sequence[Problem] = document.problems
    if not problems and isinstance(document.value, dict):
        problems = standard_problems(document.place, document.value)
        if not problems:
            return document.value
    raise InputError([located(problem, document.lines) for problem in problems])


def _tell(found: Sequence[Comparison], form: str, broken: bool) -> None:
    lang = current_language()
    if form == "json":
        told = {"breaks": broken, "comparisons": [as_json(one, lang) for one in found]}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    write = as_markdown if form == "markdown" else as_text
    click.echo("\n\n".join(write(one, lang) for one in found))
