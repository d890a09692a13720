"""The `observer` command: its groups, found when they are asked for, so that each starts fast."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final

import click

from observer import __version__
from observer.cli.language import Chosen, language_of, language_of_line
from observer.cli.mending import told
from observer.cli.usage import usage_problem
from observer.cli.wording import WordedContext, worded
from observer.errors import ObserverError
from observer.messages import LANGUAGES

COMMANDS: Final[Mapping[str, str]] = {
    "demo": "observer.cli.demo:demo",
    "run": "observer.cli.run:run",
    "check": "observer.cli.check:check",
    "quarantine": "observer.cli.quarantine:quarantine",
    "catalog": "observer.cli.catalog:catalog",
    "contract": "observer.cli.contract:contract",
    "consent": "observer.cli.consent:consent",
    "deploy": "observer.cli.deploy:deploy",
    "explain": "observer.cli.explain:explain",
}
PLUGINS: Final = "observer.commands"
"""Entry points that add commands, as the Kafka workers do."""

COULD_NOT_RUN: Final = 2


class Commands(click.Group):
    """The root group. Loads a command's module only when that command is run or listed."""

    context_class = WordedContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Returns the names of all commands, ours first."""
        return [*COMMANDS, *sorted(plugin.name for plugin in entry_points(group=PLUGINS))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Returns the command of that name, or None."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            found = entry_points(group=PLUGINS, name=cmd_name)
            loaded = next((plugin.load() for plugin in found), None)
            return worded(loaded, language_of_line()) if isinstance(loaded, click.Command) else None
        module, _, name = place.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return worded(command, language_of_line())


@click.group(cls=Commands, help="cli.help", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="cli.lang.help")
@click.version_option(
    __version__, prog_name="observer", message="%(prog)s %(version)s", help="cli.usage.version"
)
@click.pass_context
def root(context: click.Context, lang: str | None) -> None:
    """Chooses the language for all commands."""
    context.obj = Chosen(language_of(lang, os.environ))


def main() -> None:
    """Runs the command line and exits: 0 clean, 1 findings, 2 could not run."""
    lang = language_of_line()
    worded(root, lang)
    try:
        code = root.main(prog_name="observer", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(COULD_NOT_RUN)
    except click.ClickException as error:
        click.echo(usage_problem(error, sys.argv[1:]).told(lang), err=True)
        sys.exit(COULD_NOT_RUN)
    except click.Abort:
        sys.exit(130)
    except ObserverError as error:
        click.echo(told(error, lang), err=True)
        sys.exit(COULD_NOT_RUN)
    except BrokenPipeError:
        # The reader of our output has gone, as `| head` does: not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT_RUN)
    sys.exit(code if isinstance(code, int) else 0)
