"""Help in our words: what the command line's library says by itself, out of the catalogue, in both languages."""

import re
from collections.abc import Iterable
from types import TracebackType
from typing import Final

import click

from observer.cli.language import language_of_line
from observer.messages import Lang, catalogue, say

_HEADINGS: Final = {
    "Options": "cli.usage.options",
    "Commands": "cli.usage.commands",
    "Positional arguments": "cli.usage.arguments",
}
_METAVARS: Final = {
    "text": "cli.usage.metavar.text",
    "integer": "cli.usage.metavar.integer",
    "integer range": "cli.usage.metavar.integer",
    "float": "cli.usage.metavar.number",
    "float range": "cli.usage.metavar.number",
    "file": "cli.usage.metavar.file",
    "directory": "cli.usage.metavar.folder",
    "path": "cli.usage.metavar.path",
}
"""Type of an option's value → how help names that value."""

_EXTRAS: Final = re.compile(r"(?<=  \[)(?:[^\[\]]*)(?=\]$)")
"""What stands behind an option's help: its default, its bounds, whether it is required."""

_help_codes: dict[click.Command | click.Parameter, str] = {}
"""The message's code of each help text: put into words anew for every language that is asked for."""


class WordedFormatter(click.HelpFormatter):
    """Writes headings and what follows an option's help in `lang`."""

    lang: Lang = "en"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes how a command is called."""
        super().write_usage(prog, args, f"{say('cli.usage.usage', self.lang)} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Writes what stands above a list."""
        code = _HEADINGS.get(heading)
        told = f"{heading}:" if code is None else say(code, self.lang)
        self.write(f"{'':>{self.current_indent}}{told}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Writes options or commands, each beside its help."""
        super().write_dl(
            [(term, _EXTRAS.sub(self._extra, told)) for term, told in rows], col_max, col_spacing
        )

    def _extra(self, found: re.Match[str]) -> str:
        parts = found[0].split("; ")
        return " ; ".join(map(self._part, parts)) if self.lang == "fr" else "; ".join(map(self._part, parts))

    def _part(self, part: str) -> str:
        if part == "required":
            return say("cli.usage.required", self.lang)
        name, found, value = part.partition(": ")
        return say("cli.usage.default", self.lang, value=value) if found and name == "default" else part


class WordedContext(click.Context):
    """A command's context whose help is in our words, and which a usage error inside of it knows."""

    formatter_class = WordedFormatter

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, tb: TracebackType | None
    ) -> bool | None:
        """Leaves the context; where a usage error does not say whose it is, it is this command's."""
        if isinstance(exc_value, click.UsageError) and exc_value.ctx is None:
            exc_value.ctx = self
        return super().__exit__(exc_type, exc_value, tb)

    def make_formatter(self) -> click.HelpFormatter:
        """Returns a formatter that knows the language, the option --help put into it."""
        formatter = super().make_formatter()
        lang = language_of_line()
        if isinstance(formatter, WordedFormatter):
            formatter.lang = lang
        option = self.command.get_help_option(self)
        if option is not None:
            option.help = say("cli.usage.help", lang)
        return formatter


def worded(command: click.Command, lang: Lang) -> click.Command:
    """Returns the command with every help text that is a message's code put into `lang`, its subcommands too."""
    command.context_class = WordedContext
    command.options_metavar = say("cli.usage.metavar.options", lang)
    command.help = _in_words(command, command.help, lang)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            parameter.help = _in_words(parameter, parameter.help, lang)
            _name_value(parameter, lang)
    if isinstance(command, click.Group):
        command.subcommand_metavar = say("cli.usage.metavar.command", lang)
        for inner in command.commands.values():
            worded(inner, lang)
    return command


def _in_words(thing: click.Command | click.Parameter, text: str | None, lang: Lang) -> str | None:
    if text is not None and text in catalogue():
        _help_codes[thing] = text
    code = _help_codes.get(thing)
    return text if code is None else say(code, lang)


_our_metavars: set[click.Parameter] = set()


def _name_value(option: click.Option, lang: Lang) -> None:
    code = _METAVARS.get(option.type.name)
    if code is None or option.is_flag or option.count:
        return
    if option.metavar is None or option in _our_metavars:
        _our_metavars.add(option)
        option.metavar = say(code, lang)
