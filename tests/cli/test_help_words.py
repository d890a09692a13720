"""Every command and option has help in both languages, and nothing of the library's own English remains."""

import re
from collections.abc import Iterator

import click
import pytest

from observer.cli.main import COMMANDS, root
from observer.cli.wording import worded
from observer.messages import LANGUAGES, Lang, catalogue
from tests.cli.command_line import Shell

CODE = re.compile(r"\b[a-z_]+(\.[a-z_]+)+\.?$")
LIBRARY = re.compile(r"Usage|Commands:|Show |Error|default:|required|TEXT\b|INTEGER|DIRECTORY|COMMAND\b|ARGS")


def commands(lang: Lang) -> Iterator[tuple[str, click.Command]]:
    """Every command by its path, in `lang`."""
    context = click.Context(root, info_name="observer")
    yield "observer", worded(root, lang)
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        yield from below(name, worded(command, lang))


def below(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from below(f"{path} {name}", inner)


PATHS = [path for path, _ in commands("en")]


def helps(lang: Lang) -> dict[str, str | None]:
    """Every help text there is: of each command, and of each of its options."""
    found: dict[str, str | None] = {}
    for path, command in commands(lang):
        found[path] = command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                found[f"{path} {parameter.opts[0]}"] = parameter.help
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_has_help_and_no_help_is_a_code(lang: Lang) -> None:
    texts = helps(lang)
    assert len(texts) > 60
    assert [name for name, text in texts.items() if not text] == []
    assert [name for name, text in texts.items() if text in catalogue() or CODE.match(text or "")] == []


def test_all_help_is_translated() -> None:
    english, french = helps("en"), helps("fr")
    assert english.keys() == french.keys()
    assert [name for name, text in english.items() if text == french[name]] == []
    assert helps("en") == english, "a language can be asked for again"


@pytest.mark.parametrize("path", PATHS)
def test_french_help_is_french_throughout(path: str, shell: Shell) -> None:
    arguments = [] if path == "observer" else path.split()
    ran = shell(*arguments, "--help", lang="fr")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Utilisation : observer")
    assert "Afficher cette aide et quitter." in ran.out
    # What stands in backquotes or after --format are words of the command line, the same in every language.
    assert LIBRARY.findall(re.sub(r"`[^`]*`", "", ran.out)) == []


def test_english_help_keeps_its_form(shell: Shell) -> None:
    ran = shell("quarantine", "list", "--help")
    assert ran.out.startswith("Usage: observer quarantine list [OPTIONS]\n")
    assert "\nOptions:\n" in ran.out
    assert re.search(r"-h, --help +Show this help and exit\.", ran.out)
    group = shell("quarantine", "-h")
    assert group.out.startswith("Usage: observer quarantine [OPTIONS] COMMAND [ARGS]...\n")
    assert "\nCommands:\n" in group.out


def test_defaults_and_bounds_are_named(shell: Shell) -> None:
    assert "[default: 200; 1<=x<=5000]" in " ".join(shell("demo", "--help").out.split())
    assert "[par défaut : 200 ; 1<=x<=5000]" in " ".join(shell("demo", "--help", lang="fr").out.split())
    assert re.search(r"\[obligatoire\]", shell("consent", "decode", "--help", lang="fr").out)


def test_the_demo_says_that_its_state_is_thrown_away(shell: Shell) -> None:
    assert "thrown away at the end" in " ".join(shell("demo", "--help").out.split())
    assert "supprimé à la fin" in " ".join(shell("demo", "--help", lang="fr").out.split())
