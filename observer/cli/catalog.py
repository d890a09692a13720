"""`observer catalog`: check a company's declarations, begin new ones, draw what feeds what."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from observer.building import build, series_estimate
from observer.building.layout import POLICY
from observer.catalog import Catalog
from observer.cli.contract_files import not_run_json, not_run_line
from observer.cli.language import current_language
from observer.cli.mermaid import mermaid
from observer.cli.problem_json import problem_json
from observer.cli.starting import write_starter
from observer.clock import SystemClock
from observer.consent.reviews import overdue
from observer.contracts.lifetimes import aging
from observer.contracts.not_run import NotRun, not_run
from observer.documents import Document
from observer.errors import CatalogError, InputError, Problem
from observer.loader import limits_of, load, read_folder
from observer.messages import Words, say, speak
from observer.settings import load_settings
from observer.windows.ownership import KINDS, coverage, gaps

CLEAN, FINDINGS = 0, 1
HERE: Final = Path("schemas")
_FORM = click.Choice(["text", "json"])
_FOLDER = click.Path(path_type=Path)


@click.group(help="catalog.help.group")
def catalog() -> None:
    """Holds the commands about a folder of declarations."""


@catalog.command(help="catalog.help.lint")
@click.argument("folder", metavar="[DIR]", required=False, type=_FOLDER)
@click.option("--format", "form", type=_FORM, default="text", help="cli.format.help")
@click.pass_context
def lint(context: click.Context, folder: Path | None, form: str) -> None:
    """Checks the declarations of a folder whole. Exits 0 where they are clean, 1 where something is wrong."""
    settings = load_settings(None, os.environ)
    chosen = _existing(folder or settings.catalog or HERE)
    limits = limits_of(settings)
    try:
        documents = read_folder(chosen, limits)
        loaded = build(documents, str(chosen), limits.build)
    except CatalogError as error:
        _tell_problems(chosen, error.problems, form)
        context.exit(FINDINGS)
    _tell_clean(chosen, loaded, form, limits.build.rules_per_contract, _not_run(documents))
    context.exit(CLEAN)


@catalog.command(help="catalog.help.init")
@click.argument("folder", metavar="DIR", type=_FOLDER)
def init(folder: Path) -> None:
    """Writes a minimal catalog with comments to a folder that holds nothing yet."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        mend = Words("catalog.init.mend_folder")
        raise InputError(
            Problem(
                str(folder), Words("catalog.init.empty_folder"), Words("catalog.init.not_empty"), mend=mend
            )
        )
    try:
        write_starter(folder)
    except OSError as error:
        came = Words("error.literal", {"text": error.strerror or type(error).__name__})
        mend = Words("catalog.init.mend_writable")
        raise InputError(Problem(str(folder), Words("catalog.init.writable"), came, mend=mend)) from None
    click.echo(say("catalog.init.done", current_language(), folder=folder), err=True)


@catalog.command(help="catalog.help.graph")
@click.argument("folder", metavar="[DIR]", required=False, type=_FOLDER)
def graph(folder: Path | None) -> None:
    """Prints the way of events from sources to tools to data products, as a Mermaid flowchart."""
    settings = load_settings(None, os.environ)
    click.echo(mermaid(load(_existing(folder or settings.catalog or HERE))), nl=False)


def _existing(folder: Path) -> Path:
    if folder.is_dir():
        return folder
    expected, nothing = Words("layout.folder_of_catalog"), Words("declaration.came.nothing")
    raise InputError(Problem(str(folder), expected, nothing, mend=Words("catalog.init.mend")))


def _not_run(documents: Sequence[Document]) -> list[tuple[NotRun, Document]]:
    """Returns what the contracts of a clean catalog promise and the observer does not check."""
    return [
        (one, document)
        for document in documents
        if document.name.startswith("contracts/") and isinstance(document.value, dict)
        for one in not_run(document.value)
    ]


def _aging(loaded: Catalog, now: float) -> list[tuple[str, Words]]:
    """Returns what is to be said of versions that near their end, by contract."""
    return [
        (contract.id, what)
        for contract in loaded.contracts.values()
        for version in contract.versions or (contract,)
        for what in aging(version, now)
    ]


def _tell_clean(
    folder: Path,
    loaded: Catalog,
    form: str,
    rules_per_contract: int,
    listed: Sequence[tuple[NotRun, Document]],
) -> None:
    lang = current_language()
    now = SystemClock().now()
    today = datetime.fromtimestamp(now, UTC).date()
    old, late = _aging(loaded, now), overdue(loaded.reviews, today)
    covered, missing = coverage(loaded.holdings, today), gaps(loaded.holdings, today)
    counts = {
        "sources": len(loaded.sources),
        "contracts": len(loaded.contracts),
        "destinations": len(loaded.destinations),
        "tools": sum(tool.declared for tool in loaded.tools.values()),
        "flows": len(loaded.flows),
        "series": series_estimate(loaded, rules_per_contract),
    }
    if form == "json":
        told = [not_run_json(one, document, lang) for one, document in listed]
        whole = {"folder": str(folder), "clean": True, "digest": loaded.digest, **counts}
        aging_told = [
            {"contract": contract, "code": what.code, "message": speak(what, lang)} for contract, what in old
        ]
        held = {
            "ownership": [gap._asdict() for gap in missing],
            "coverage": {
                kind: {part: share for (of, part), share in covered.items() if of == kind} for kind in KINDS
            },
        }
        reviews = [{"path": review.path, "reviewBy": review.by.isoformat()} for review in late]
        _print({**whole, "problems": [], "notRun": told, "aging": aging_told, "overdue": reviews, **held})
    else:
        click.echo(say("catalog.lint.clean", lang, folder=folder, **counts), err=True)
        for one, document in listed:
            click.echo(not_run_line(one, document, lang), err=True)
        for gap in missing:
            part = Words(f"ownership.{gap.part}")
            click.echo(say(f"ownership.gap.{gap.kind}", lang, id=gap.id, part=part), err=True)
        for review in late:
            dated = {"path": review.path, "by": review.by.isoformat()}
            click.echo(say("catalog.lint.overdue", lang, place=f"{folder}/{POLICY}", **dated), err=True)
        for contract, what in old:
            click.echo(say("catalog.lint.aging", lang, contract=contract, what=what), err=True)


def _tell_problems(folder: Path, problems: Sequence[Problem], form: str) -> None:
    lang = current_language()
    if form == "json":
        told = [problem_json(problem, lang) for problem in problems]
        _print({"folder": str(folder), "clean": False, "problems": told})
        return
    for problem in problems:
        click.echo(problem.told(lang), err=True)
    click.echo(say("catalog.lint.problems", lang, count=len(problems), folder=folder), err=True)


def _print(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))
