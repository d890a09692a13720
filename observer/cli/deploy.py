"""`observer deploy`: rules for Prometheus and dashboards for Grafana, generated from the metrics and checked."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from observer.cli.language import current_language
from observer.errors import InputError, Problem
from observer.messages import Words, say

FINDINGS: Final = 1
HERE: Final = Path("deploy")
_FOLDER = click.Path(path_type=Path, file_okay=False)
_FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help"
)


@click.group(help="deploy.help")
def deploy() -> None:
    """Holds the commands about generated files."""
    if find_spec("grafana_foundation_sdk") is None:
        expected, got = Words("deploy.extra"), Words("declaration.came.nothing")
        raise InputError(Problem("observer deploy", expected, got, mend=Words("deploy.mend_extra")))


@deploy.command(help="deploy.generate.help")
@click.argument("folder", metavar="[DIR]", required=False, type=_FOLDER)
@_FORM
def generate(folder: Path | None, form: str) -> None:
    """Writes every file, with words in the language that was chosen."""
    from observer.deployment.shipped import generate as generate_files

    written = [str(path) for path in generate_files(folder or HERE, current_language())]
    click.echo(json.dumps({"written": written}) if form == "json" else "\n".join(written))


@deploy.command(help="deploy.check.help")
@click.argument("folder", metavar="[DIR]", required=False, type=_FOLDER)
@_FORM
@click.pass_context
def check(context: click.Context, /, folder: Path | None, form: str) -> None:
    """Exits 1 where a file is missing or is not as this version would write it."""
    from observer.deployment.shipped import compare

    lang = current_language()
    found = compare(folder or HERE, lang)
    wrong = [one for one in found if one.state != "same"]
    if form == "json":
        files = [{"file": str(one.path), "state": one.state} for one in found]
        click.echo(json.dumps({"clean": not wrong, "files": files}))
    else:
        for one in wrong:
            click.echo(say(f"deploy.{one.state}", lang, file=one.path), err=True)
        click.echo(say("deploy.wrong" if wrong else "deploy.clean", lang, count=len(found)), err=True)
    if wrong:
        context.exit(FINDINGS)
