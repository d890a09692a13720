"""`observer demo`: seeded traffic with known faults, planted beside found."""

import asyncio
import logging
import sys

import click

from observer.cli.language import current_language
from observer.demo.run import Outcome, Plan, run_demo
from observer.demo.table import table
from observer.logs import configure_logs
from observer.messages import say

DEFAULT_SECONDS = 30
"""How long the demo runs where nobody sits at a terminal to stop it."""


@click.command(help="cli.demo.help")
@click.option("--seconds", type=click.IntRange(1), help="cli.demo.seconds")
@click.option("--rate", type=click.IntRange(1, 5_000), default=200, show_default=True, help="cli.demo.rate")
@click.option(
    "--port", type=click.IntRange(1, 65_535), default=8_700, show_default=True, help="cli.demo.port"
)
@click.option("--seed", type=int, default=2026, show_default=True, help="cli.demo.seed")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help")
@click.pass_context
def demo(context: click.Context, seconds: int | None, rate: int, port: int, seed: int, form: str) -> None:
    """Exits with 1 where planted and found part."""
    lang = current_language()
    terminal = sys.stdout.isatty() and form == "text"
    if seconds is None and not terminal:
        seconds = DEFAULT_SECONDS
    configure_logs(level=logging.ERROR)
    shown = 0

    def opened(address: str) -> None:
        click.echo(say("cli.run.page", lang, address=address), err=form == "json")
        if terminal:
            click.echo(say("demo.stop", lang))
        sys.stdout.flush()

    def progress(outcome: Outcome, second: int) -> None:
        nonlocal shown
        if not terminal:
            return
        lines = table(outcome, second, lang)
        if shown:
            # Up to the first line of the table before, which each line then overwrites.
            click.echo(f"\x1b[{shown}A", nl=False)
        for line in lines:
            click.echo(f"\x1b[2K{line}")
        shown = len(lines)

    outcome = asyncio.run(run_demo(Plan(seed, seconds, rate, port), opened, progress))
    if form == "json":
        click.echo(outcome.as_json())
    elif not terminal:
        click.echo("\n".join(table(outcome, seconds or 0, lang)))
    if form == "text":
        click.echo(say("demo.exact" if outcome.exact else "demo.parted", lang))
    context.exit(0 if outcome.exact else 1)
