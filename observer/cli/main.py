"""The `observer` command: its groups, found when they are asked for, so that each starts fast."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final

import click

from observer import __version__
from observer.cli.language import Chosen, language_of
from observer.errors import ObserverError
from observer.messages import LANGUAGES, Lang, catalogue, say

COMMANDS: Final[Mapping[str, str]] = {
    "demo": "observer.cli.demo:demo",
    "run": "observer.cli.run:run",
    "check": "observer.cli.check:check",
    "quarantine": "observer.cli.quarantine:quarantine",
    "catalog": "observer.cli.catalog:catalog",
    "explain": "observer.cli.explain:explain",
}
PLUGINS: Final = "observer.commands"
"""Entry points that add commands, as the Kafka workers do."""

COULD_NOT_RUN: Final = 2


class Commands(click.Group):
    """The root group. Loads a command's module only when that command is run or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Returns the names of all commands, ours first."""
        return [*COMMANDS, *sorted(plugin.name for plugin in entry_points(group=PLUGINS))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Returns the command of that name, or None."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            found = entry_points(group=PLUGINS, name=cmd_name)
            loaded = next((plugin.load() for plugin in found), None)
            return loaded if isinstance(loaded, click.Command) else None
        module, _, name = place.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return translated(command, language_of(_asked(sys.argv), os.environ))


@click.group(cls=Commands, help="cli.help", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="cli.lang.help")
@click.version_option(__version__, prog_name="observer")
@click.pass_context
def root(context: click.Context, lang: str | None) -> None:
    """Chooses the language for all commands."""
    context.obj = Chosen(language_of(lang, os.environ))


def main() -> None:
    """Runs the command line and exits: 0 clean, 1 findings, 2 could not run."""
    translated(root, language_of(_asked(sys.argv), os.environ))
    try:
        code = root.main(standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(COULD_NOT_RUN)
    except click.Abort:
        sys.exit(130)
    except ObserverError as error:
        click.echo(error.told(language_of(_asked(sys.argv), os.environ)), err=True)
        sys.exit(COULD_NOT_RUN)
    except BrokenPipeError:
        # The reader of our output has gone, as `| head` does: not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT_RUN)
    sys.exit(code if isinstance(code, int) else 0)


def translated(command: click.Command, lang: Lang) -> click.Command:
    """Returns the command with every help text that is a message's code put into words, its subcommands too."""
    texts = catalogue()
    if command.help is not None and command.help in texts:
        command.help = say(command.help, lang)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help is not None and parameter.help in texts:
            parameter.help = say(parameter.help, lang)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            translated(inner, lang)
    return command


def _asked(arguments: list[str]) -> str | None:
    """The language of --lang, read again, since the context is gone when an error reaches us."""
    for place, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return None
