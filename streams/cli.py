"""`observer stream`: the command line of the workers."""

import asyncio
import json
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import click

from observer.cli.language import current_language
from observer.cli.problem_json import problem_json
from observer.errors import InputError, Problem
from observer.messages import Words, say
from observer.settings import Settings, load_settings
from streams.quarantine.cli import quarantine

FINDINGS: Final = 1
Verb: TypeAlias = Literal["reload", "pause", "resume"]
_CONFIG = click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="cli.config.help")
_CATALOG = click.option("--catalog", type=click.Path(path_type=Path, file_okay=False), help="cli.run.catalog")
_FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help"
)


@click.group(help="streams.help", invoke_without_command=True)
@_CONFIG
@_CATALOG
@click.option("--workers", type=click.IntRange(1, 256), help="streams.option.workers")
@click.option("--port", type=click.IntRange(0, 65_535), help="cli.run.port")
@click.option("--state", type=click.Path(path_type=Path, file_okay=False), help="cli.run.state")
@click.pass_context
def stream(
    context: click.Context,
    /,
    config: Path | None,
    catalog: Path | None,
    workers: int | None,
    port: int | None,
    state: Path | None,
) -> None:
    """Runs the workers, until SIGTERM, SIGINT or a fault; holds the commands about them."""
    if find_spec("aiokafka") is None:
        expected, got = Words("streams.extra"), Words("declaration.came.nothing")
        raise InputError(Problem("observer stream", expected, got, mend=Words("streams.mend_extra")))
    if context.invoked_subcommand is None:
        from streams.running import run

        asked = {"catalog": catalog, "port": port, "state": state, **_kafka_asked(workers)}
        context.exit(run(load_settings(config, os.environ, asked), current_language()))


def _kafka_asked(workers: int | None) -> dict[str, Any]:
    return {} if workers is None else {"kafka": {"workers": workers}}


@stream.command(help="workers.help.pause")
@click.argument("source")
@_CONFIG
@_CATALOG
def pause(source: str, config: Path | None, catalog: Path | None) -> None:
    """Tells every worker to stop reading a source."""
    _command("pause", config, catalog, source)


@stream.command(help="workers.help.resume")
@click.argument("source")
@_CONFIG
@_CATALOG
def resume(source: str, config: Path | None, catalog: Path | None) -> None:
    """Tells every worker to read a source again."""
    _command("resume", config, catalog, source)


@stream.command(help="workers.help.reload")
@_CONFIG
@_CATALOG
def reload(config: Path | None, catalog: Path | None) -> None:
    """Tells every worker to read the catalog again."""
    _command("reload", config, catalog)


def _command(verb: Verb, config: Path | None, catalog: Path | None, source: str = "") -> None:
    from streams.running import command

    command(load_settings(config, os.environ, {"catalog": catalog}), verb, source)
    _tell(f"workers.told.{verb}", source=source)


stream.add_command(quarantine)


@stream.group(help="streams.topics.help")
def topics() -> None:
    """Holds the commands about topics."""


@topics.command(help="streams.topics.check.help")
@_CONFIG
@_CATALOG
@_FORM
@click.pass_context
def check(context: click.Context, /, config: Path | None, catalog: Path | None, form: str) -> None:
    """Exits 1 where something is missing, or set so that data would be lost."""
    settings = load_settings(config, os.environ, {"catalog": catalog})
    count, broker_seen, found = asyncio.run(_checked(settings))
    lang = current_language()
    if form == "json":
        told = [
            {
                "topic": one.topic or None,
                "setting": one.setting or None,
                **problem_json(one.problem, lang),
                "code": one.code,
            }
            for one in found
        ]
        _print({"clean": not found, "topics": count, "brokersChecked": broker_seen, "problems": told})
    else:
        for one in found:
            click.echo(one.problem.told(lang), err=True)
        _tell(
            "streams.topics.problems" if found else "streams.topics.clean", count=count, problems=len(found)
        )
        if not broker_seen:
            _tell("streams.topics.brokers_unseen")
    if found:
        context.exit(FINDINGS)


@topics.command(help="streams.topics.create.help")
@click.option("--alter", is_flag=True, help="streams.topics.option.alter")
@click.option("--sources", is_flag=True, help="streams.topics.option.sources")
@_CONFIG
@_CATALOG
@_FORM
def create(alter: bool, sources: bool, config: Path | None, catalog: Path | None, form: str) -> None:
    """Makes what is missing; alters what is there only when asked."""
    settings = load_settings(config, os.environ, {"catalog": catalog})
    made, altered = asyncio.run(_made(settings, alter, sources))
    if form == "json":
        _print({"made": made, "altered": altered})
        return
    for line in (*made, *altered):
        click.echo(line)
    _tell("streams.topics.made", made=len(made), altered=len(altered))


async def _checked(settings: Settings) -> tuple[int, bool, Sequence[Any]]:
    from observer.flows.topics import claims
    from observer.loader import example_folder, load
    from streams.topic_admin import administering
    from streams.topic_check import findings
    from streams.topics import topics as ours

    sources = load(settings.catalog or example_folder()).sources
    declared = [topic for source in sources.values() for topic in source.topics]
    names = ours(settings)

    def wanted(name: str) -> bool:
        return name in names or any(claims(one, name) for one in declared)

    async with administering(settings.kafka) as admin:
        seen = await admin.look(wanted)
    return len(seen.topics), seen.broker is not None, findings(settings, sources, seen)


async def _made(settings: Settings, alter: bool, sources: bool) -> tuple[list[str], list[str]]:
    from observer.loader import example_folder, load
    from streams.topic_admin import administering
    from streams.topic_check import findings
    from streams.topics import of_sources
    from streams.topics import topics as ours

    wanted = ours(settings)
    shapes = {name: topic.shape() for name, topic in wanted.items()}
    if sources:
        shapes |= of_sources(settings, load(settings.catalog or example_folder()).sources)
    async with administering(settings.kafka) as admin:
        seen = await admin.look(shapes.__contains__)
        missing = {name: shape for name, shape in shapes.items() if name not in seen.topics}
        if missing:
            await admin.create(missing)
        altered = await admin.alter(findings(settings, {}, seen), wanted, seen) if alter else []
    return list(missing), altered


def _print(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


def _tell(code: str, **values: object) -> None:
    click.echo(say(code, current_language(), **values), err=True)
