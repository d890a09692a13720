"""`observer explain`: what a code means, an example, how to mend it."""

import json

import click

from observer.cli.language import current_language
from observer.errors import InputError, Problem, literal, nearest
from observer.messages import Words, catalogue, say

_PARTS = ("what", "example", "mend")


def codes() -> list[str]:
    """Returns every code that can be explained, sorted."""
    return sorted(
        code.removeprefix("explain.").removesuffix(".what")
        for code in catalogue()
        if code.startswith("explain.") and code.endswith(".what")
    )


@click.command(help="cli.explain.help")
@click.argument("code", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help")
def explain(code: str | None, form: str) -> None:
    """Prints what `code` means; without one, every code there is."""
    lang = current_language()
    known = codes()
    if code is None:
        click.echo(json.dumps(known) if form == "json" else "\n".join(known))
        return
    # A finding's rule is `kind:path`, a reason may be prefixed: what stands before the colon is looked up too.
    chosen = next((word for word in (code, code.partition(":")[0]) if word in known), None)
    if chosen is None:
        raise InputError(
            Problem("explain", Words("cli.explain.expected"), literal(f"`{code}`"), mend=nearest(code, known))
        )
    parts = {part: say(f"explain.{chosen}.{part}", lang) for part in _PARTS}
    if form == "json":
        click.echo(json.dumps({"code": chosen, **parts}, ensure_ascii=False))
        return
    for part in _PARTS:
        click.echo(say(f"cli.explain.{part}", lang))
        click.echo(f"  {parts[part]}")
