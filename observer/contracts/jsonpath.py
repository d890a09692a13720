"""JSONPath as findings and problems write it (RFC 9535, the part that names one place)."""

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

Step: TypeAlias = str | int
"""A key of an object or an index of a list."""

ROOT: Final = "$"
_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def member(path: str, name: str) -> str:
    """Returns the path of the property `name` of the object at `path`."""
    if _PLAIN.fullmatch(name):
        return f"{path}.{name}"
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"{path}['{quoted}']"


def join(steps: Iterable[Step]) -> str:
    """Returns the path that `steps` lead to from the root."""
    path = ROOT
    for step in steps:
        path = f"{path}[{step}]" if isinstance(step, int) else member(path, step)
    return path


def filled(template: str, steps: Iterable[Step]) -> str:
    """Returns `template` with each `[*]` replaced by the next index among `steps`; keys among them are passed over."""
    for step in steps:
        if isinstance(step, int):
            template = template.replace("[*]", f"[{step}]", 1)
    return template
