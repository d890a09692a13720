"""`observer check`: files judged as the observer judges the traffic."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from observer.building import BuildLimits
from observer.check import Asked, Check, Input, Report, find_inputs, run_check
from observer.check.json_form import as_json
from observer.check.junit import as_junit
from observer.check.sarif import as_sarif
from observer.check.text_form import findings, summary
from observer.cli.language import current_language
from observer.cli.main import COULD_NOT_RUN
from observer.clock import SystemClock
from observer.loader import LoadLimits, example_folder, load
from observer.messages import Lang, say
from observer.settings import load_settings

CLEAN, FINDINGS = 0, 1
HERE: Final = Path("schemas")
_FORMS = click.Choice(["text", "json", "junit", "sarif"])
_WRITTEN: Final[dict[str, Callable[[Report, Lang], str | bytes]]] = {
    "json": as_json,
    "junit": as_junit,
    "sarif": as_sarif,
}


@click.command(help="check.help")
@click.argument("paths", metavar="PATH… | -", nargs=-1, required=True)
@click.option("--catalog", type=click.Path(path_type=Path), metavar="DIR", help="check.help.catalog")
@click.option("--source", default="", metavar="NAME", help="check.help.source")
@click.option("--dialect", default="", metavar="NAME", help="check.help.dialect")
@click.option("--format", "form", type=_FORMS, default="text", help="cli.format.help")
@click.option("--jobs", type=click.IntRange(0, 256), default=0, metavar="N", help="check.help.jobs")
@click.option("--limit", type=click.IntRange(0), default=1_000, metavar="N", help="check.help.limit")
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[str, ...],
    catalog: Path | None,
    source: str,
    dialect: str,
    form: str,
    jobs: int,
    limit: int,
) -> None:
    """Judges files. Exits 0 where all is right, 1 where something was found, 2 where something could not be read."""
    lang = current_language()
    settings = load_settings(None, os.environ)
    folder = catalog or settings.catalog or (HERE if HERE.is_dir() else None)
    limits = LoadLimits(build=BuildLimits(settings.metrics.series, settings.metrics.rules_per_contract))
    chosen = Check(
        inputs=find_inputs(paths),
        folder=folder or example_folder(),
        asked=Asked(source, dialect, SystemClock().now()),
        limits=limits,
        jobs=jobs,
        findings=limit,
        window=settings.limits.duplicate_window,
    )
    with _progress(chosen.inputs, lang) as progress:
        report = run_check(chosen, load(chosen.folder, limits), progress)
    _tell(report, form, lang)
    if folder is None:
        click.echo(say("check.example", lang), err=True)
    context.exit(COULD_NOT_RUN if report.problems else CLEAN if report.clean else FINDINGS)


def _tell(report: Report, form: str, lang: Lang) -> None:
    if form in _WRITTEN:
        written = _WRITTEN[form](report, lang)
        # Bytes, since machines read UTF-8 whatever the terminal speaks.
        click.echo(written if isinstance(written, bytes) else written.encode())
    else:
        for line in findings(report, lang):
            click.echo(line)
        for line in summary(report, lang):
            click.echo(line, err=True)
    for problem in report.problems:
        click.echo(problem.told(lang), err=True)


@contextmanager
def _progress(inputs: list[Input], lang: Lang) -> Iterator[Callable[[int], None]]:
    """Shows how far the check is, where somebody watches and it can be known."""
    total = sum(one.size for one in inputs)
    if not (sys.stderr.isatty() and total and all(one.size for one in inputs)):
        yield lambda stored: None
        return
    label = say("check.progress", lang)
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update
