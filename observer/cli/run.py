"""`observer run`: the embedded run, until it is told to stop."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from observer.app import Observer
from observer.app import run as run_observer
from observer.catalog import Catalog, Source
from observer.cli.language import current_language
from observer.clock import SystemClock
from observer.forwarding import ForwardingCollector
from observer.loader import Holder, example_folder, limits_of
from observer.logs import configure_logs
from observer.messages import Lang, say
from observer.settings import load_settings
from observer.sources.forward import forwarder
from observer.sources.keyring import Key, Keys, read_keys


@click.command(help="cli.run.help")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="cli.config.help")
@click.option("--host", help="cli.run.host")
@click.option("--port", type=click.IntRange(0, 65_535), help="cli.run.port")
@click.option("--catalog", type=click.Path(path_type=Path, file_okay=False), help="cli.run.catalog")
@click.option("--state", type=click.Path(path_type=Path, file_okay=False), help="cli.run.state")
@click.option("--kafka", is_flag=True, help="cli.run.kafka")
def run(
    config: Path | None,
    host: str | None,
    port: int | None,
    catalog: Path | None,
    state: Path | None,
    kafka: bool,
) -> None:
    """Runs until SIGINT or SIGTERM."""
    lang = current_language()
    asked = {"host": host, "port": port, "catalog": catalog, "state": state}
    settings = load_settings(config, os.environ, asked)
    clock = SystemClock()
    holder = Holder(settings.catalog or example_folder(), clock, limits_of(settings))
    in_settings = {name: key.get_secret_value() for name, key in settings.write_keys.items()}
    made: dict[str, Key] = {}

    def keys_of(catalog: Catalog) -> Keys:
        found = read_keys(catalog, os.environ, in_settings, generate=settings.catalog is None)
        # A key that was made stays the same when the catalog is read again.
        keys = {
            name: made.setdefault(name, key) if key.generated else key for name, key in found.keys.items()
        }
        return Keys(keys, found.problems)

    configure_logs()
    observer: Observer | ForwardingCollector
    if kafka:
        observer = ForwardingCollector(settings, holder, keys_of, clock, forwarder("kafka"))
    else:
        observer = Observer(settings, holder, keys_of, clock)

    def started() -> None:
        address = f"http://{_reachable(settings.host)}:{observer.port}"
        for line in opening(
            address,
            observer.catalog.sources,
            observer.keys,
            lang,
            example=settings.catalog is None,
            bootstrap=settings.kafka.bootstrap if kafka else "",
        ):
            click.echo(line, err=True)
        sys.stderr.flush()

    asyncio.run(run_observer(observer, started))


def opening(
    address: str,
    sources: Mapping[str, Source],
    keys: Mapping[str, Key],
    lang: Lang,
    *,
    example: bool,
    bootstrap: str = "",
) -> list[str]:
    """Returns what an operator reads at the start: the page, or the brokers that requests go to; the metrics; each
    source's address and key."""
    page = say("cli.run.page", lang, address=f"{address}/")
    lines = [
        say("cli.run.to_kafka", lang, bootstrap=bootstrap) if bootstrap else page,
        say("cli.run.metrics", lang, address=f"{address}/metrics"),
        say("cli.run.example" if example else "cli.run.sources", lang),
    ]
    width = max((len(name) for name in sources), default=0)
    return lines + [
        f"  {source.id:<{width}}  {address}{endpoint(source)}  {_key(source, keys, lang)}"
        for source in sources.values()
    ]


def endpoint(source: Source) -> str:
    """Returns the path of the collector that a source writes to."""
    path = _ENDPOINTS.get(source.dialect.name, f"/events/{source.id}")
    return f"{path}?measurement_id={source.identifiers[0]}" if source.dialect.name == "ga4" else path


_ENDPOINTS: Mapping[str, str] = {
    "segment": "/v1",
    "rudderstack": "/v1",
    "snowplow": "/com.snowplowanalytics.snowplow/tp2",
    "ga4": "/mp/collect",
    "amplitude": "/2/httpapi",
    "cloudevents": "/cloudevents",
}


def _key(source: Source, keys: Mapping[str, Key], lang: Lang) -> str:
    key = keys.get(source.id)
    if key is None:
        return say("cli.run.app_id", lang, identifiers=", ".join(source.identifiers))
    if key.generated:
        return say("cli.run.key", lang, key=key.value)
    return say("cli.run.key_from", lang, variable=source.write_key_env)


def _reachable(host: str) -> str:
    return "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host  # noqa: S104
