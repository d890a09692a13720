"""A command line that cannot be understood, told in the grammar of every error of the house."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import click

from observer.errors import Problem, literal, nearest
from observer.messages import Words

NOTHING: Final = Words("cli.usage.nothing")


def usage_problem(error: click.ClickException, arguments: Sequence[str]) -> Problem:
    """Returns what is wrong. arguments: the command line, read again for the word that was refused."""
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return Problem(
            "observer", Words("cli.usage.understood"), literal(error.format_message()), mend=_help("observer")
        )
    problem = _problem(error, error.ctx, arguments)
    return problem if problem.mend is not None else problem._replace(mend=_help(error.ctx.command_path))


def _problem(error: click.UsageError, context: click.Context, arguments: Sequence[str]) -> Problem:
    command = context.command
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return Problem(_place(context, error.param), _expected(error.param), NOTHING)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error.param, context, arguments)
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error.option_name, context)
    if isinstance(error, click.BadOptionUsage):
        return _bad_option(error.option_name, context)
    if isinstance(command, click.Group):
        return _no_such_command(_command_word(context, arguments), command, context)
    return Problem(context.command_path, Words("cli.usage.no_more"), Words("cli.usage.more"))


def _bad_value(param: click.Parameter, context: click.Context, arguments: Sequence[str]) -> Problem:
    word = next(_given(param, arguments), None)
    known = list(map(str, param.type.choices)) if isinstance(param.type, click.Choice) else []
    mend = nearest(word, known) if word is not None else None
    got = Words("cli.usage.other") if word is None else literal(f"`{word}`")
    return Problem(_place(context, param), _expected(param), got, mend=mend)


def _no_such_option(name: str, context: click.Context) -> Problem:
    expected = Words("cli.usage.option", {"command": context.command_path})
    names = list(_option_names(context))
    mend = nearest(name, names)
    root = context.find_root()
    if context is not root and name in _option_names(root):
        mend = Words(
            "cli.usage.before", {"option": name, "root": root.command_path, "command": context.info_name}
        )
    return Problem(context.command_path, expected, literal(f"`{name}`"), mend=mend)


def _bad_option(name: str, context: click.Context) -> Problem:
    param = next((each for each in context.command.get_params(context) if name in each.opts), None)
    place = f"{context.command_path} {name}"
    if param is None or (isinstance(param, click.Option) and (param.is_flag or param.count)):
        return Problem(place, Words("cli.usage.no_value"), Words("cli.usage.value"))
    return Problem(place, _expected(param), NOTHING)


def _command_word(context: click.Context, arguments: Sequence[str]) -> str | None:
    """Returns the word that stands where a group's command should, or None. The error itself does not carry it."""
    chain = [context]
    while chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    rest = list(arguments)
    for each in reversed(chain):
        _, rest, _ = each.command.make_parser(each).parse_args(rest)
        if not rest:
            return None
        word, *rest = rest
    return word


def _no_such_command(name: str | None, group: click.Group, context: click.Context) -> Problem:
    expected = Words("cli.usage.command", {"command": context.command_path})
    if name is None:
        return Problem(context.command_path, expected, NOTHING)
    mend = nearest(name, group.list_commands(context))
    return Problem(context.command_path, expected, literal(f"`{name}`"), mend=mend)


def _expected(param: click.Parameter) -> Words:
    """Returns what a parameter's value must be."""
    kind = param.type
    if isinstance(kind, click.Choice):
        return Words("cli.usage.one_of", {"words": ", ".join(f"`{one}`" for one in kind.choices)})
    if isinstance(kind, click.IntRange):
        if kind.min is not None and kind.max is not None:
            return Words("cli.usage.between", {"least": kind.min, "most": kind.max})
        if kind.min is not None:
            return Words("cli.usage.at_least", {"least": kind.min})
    if isinstance(kind, click.Path):
        code = "folder" if not kind.file_okay else "file" if not kind.dir_okay else "path"
        return Words(f"cli.usage.{code}")
    if kind.name == "integer":
        return Words("cli.usage.whole_number")
    return Words("cli.usage.text")


def _place(context: click.Context, param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return f"{context.command_path} {max(param.opts, key=len)}"
    return f"{context.command_path} {param.make_metavar(context).strip('[]')}"


def _given(param: click.Parameter, arguments: Sequence[str]) -> Iterator[str]:
    """Yields the words of the command line that an option was given and its type refuses."""
    for option in param.opts if isinstance(param, click.Option) else ():
        for place, word in enumerate(arguments):
            if word.startswith(f"{option}="):
                value = word.partition("=")[2]
            elif word == option and place + 1 < len(arguments):
                value = arguments[place + 1]
            else:
                continue
            if _refused(param.type.convert, value):
                yield value


def _refused(convert: Callable[..., object], value: str) -> bool:
    try:
        convert(value, None, None)
    except click.UsageError:
        return True
    return False


def _option_names(context: click.Context) -> Iterator[str]:
    for param in context.command.get_params(context):
        if isinstance(param, click.Option):
            yield from (name for name in (*param.opts, *param.secondary_opts) if name.startswith("--"))


def _help(command: str) -> Words:
    return Words("cli.usage.more_help", {"command": command})
