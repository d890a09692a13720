"""`observer contract`: check single contracts, compare two versions, bring others in and out."""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from observer.cli import contract_diff, contract_exchange
from observer.cli.contract_files import not_run_json, not_run_line, read_contract
from observer.cli.language import current_language
from observer.cli.problem_json import problem_json
from observer.contracts import document as judged
from observer.contracts.not_run import NotRun, not_run
from observer.documents import Document, located
from observer.errors import InputError, Problem
from observer.messages import say

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2
_FILES: Final = click.Path(path_type=Path)


@click.group(help="contract_cli.help.group")
def contract() -> None:
    """Holds the commands about single contract files."""


class _Judged(NamedTuple):
    """One file. document: None where it could not be read."""

    place: str
    problems: tuple[Problem, ...]
    not_run: tuple[NotRun, ...] = ()
    document: Document | None = None


@contract.command(help="contract_cli.help.lint")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILES)
@click.option("--standard-only", is_flag=True, help="contract_cli.help.standard_only")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help")
@click.pass_context
def lint(context: click.Context, files: tuple[Path, ...], standard_only: bool, form: str) -> None:
    """Checks each file alone. One that cannot be read decides the exit code; the others are told all the same."""
    found = [_judge(path, standard_only) for path in files]
    if form == "json":
        told = [_as_json(one) for one in found]
        clean = not any(one.problems for one in found)
        click.echo(json.dumps({"clean": clean, "files": told}, ensure_ascii=False))
    else:
        for one in found:
            _tell(one)
    if any(one.document is None for one in found):
        context.exit(COULD_NOT_RUN)
    context.exit(FINDINGS if any(one.problems for one in found) else CLEAN)


def _judge(path: Path, standard_only: bool) -> _Judged:
    try:
        document = read_contract(path)
    except InputError as error:
        return _Judged(str(path), error.problems)
    if document.problems or not isinstance(document.value, dict):
        return _Judged(document.place, document.problems, document=document)
    judge = judged.standard_problems if standard_only else judged.problems
    problems = tuple(located(one, document.lines) for one in judge(document.place, document.value))
    # The standard promises nothing about what this observer runs.
    listed = () if problems or standard_only else not_run(document.value)
    return _Judged(document.place, problems, listed, document)


def _tell(one: _Judged) -> None:
    lang = current_language()
    for problem in one.problems:
        click.echo(problem.told(lang), err=True)
    if one.document is not None:
        for promise in one.not_run:
            click.echo(not_run_line(promise, one.document, lang), err=True)
        code = "contract_cli.lint.problems" if one.problems else "contract_cli.lint.clean"
        counted = {"count": len(one.problems)} if one.problems else {}
        click.echo(say(code, lang, file=one.place, **counted), err=True)


def _as_json(one: _Judged) -> dict[str, Any]:
    lang, document = current_language(), one.document
    listed = [] if document is None else [not_run_json(promise, document, lang) for promise in one.not_run]
    return {
        "file": one.place,
        "read": document is not None,
        "clean": not one.problems,
        "problems": [problem_json(problem, lang) for problem in one.problems],
        "notRun": listed,
    }


contract_diff.add_to(contract)
contract_exchange.add_to(contract)
