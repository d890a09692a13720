"""Every setting in Markdown."""

from collections.abc import Mapping

from pydantic.fields import FieldInfo

from observer.settings.names import IN_FILE_ONLY, KEY_PREFIX, sections, variable
from observer.settings.whole import Settings


def settings_table() -> str:
    """Returns every setting in Markdown: name, variable, default and meaning, one table a section."""
    parts = [
        "A setting stands in the YAML file that `--config` names, or in a variable of the environment, which\n"
        f"outweighs the file. The keys of sources stand in variables that begin with `{KEY_PREFIX}`; the files\n"
        "in `schemas/sources` name them.\n"
    ]
    parts.append(_table("", Settings.model_fields))
    for name, section in sections():
        about = (section.__doc__ or "").strip()
        parts.append(f"## {name}\n\n{about}\n\n" + _table(f"{name}.", section.model_fields))
    return "\n".join(parts)


def _table(prefix: str, fields: Mapping[str, FieldInfo]) -> str:
    known = dict(sections())
    rows = [
        f"| `{prefix}{name}` | {_in_table(prefix + name)} | {_default(field)} | {field.description} |"
        for name, field in fields.items()
        if prefix + name not in known
    ]
    head = "| setting | variable | default | meaning |\n| --- | --- | --- | --- |\n"
    return head + "\n".join(rows) + "\n"


def _in_table(name: str) -> str:
    return "in the file alone" if name == IN_FILE_ONLY else f"`{variable(name)}`"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is None or value == {}:
        return "none"
    return f"{value:,}".replace(",", " ") if isinstance(value, int) and value >= 10_000 else f"`{value}`"
