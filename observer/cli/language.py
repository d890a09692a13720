"""The language in which a command speaks to people."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import click

from observer.messages import LANGUAGES, Lang

_LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which POSIX reads them: the first that is set decides."""


class Chosen(NamedTuple):
    """What the root command hands to every other: `click.Context.obj`."""

    lang: Lang = "en"


def language_of(asked: str | None, environment: Mapping[str, str]) -> Lang:
    """Returns the language asked for, else that of the locale, else English."""
    if asked is None:
        asked = next((environment[name] for name in _LOCALE_VARIABLES if environment.get(name)), "en")
    return "fr" if asked.lower().startswith("fr") else "en"


def current_language() -> Lang:
    """Returns the language of the command that runs, English outside of one."""
    context = click.get_current_context(silent=True)
    chosen = context.find_root().obj if context is not None else None
    return chosen.lang if isinstance(chosen, Chosen) else "en"


def language_of_line() -> Lang:
    """Returns the language of this process's command line: before a command runs, and when its context is gone."""
    asked = _asked(sys.argv)
    return language_of(asked if asked in LANGUAGES else None, os.environ)


def _asked(arguments: Sequence[str]) -> str | None:
    for place, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return None
