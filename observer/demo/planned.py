"""What the demo means to send, before it has a wire format and a time."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from observer.demo.tc_string import StringFault

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | int | bool | None"


class Planned(NamedTuple):
    """One event.

    fault: the code of the fault that it carries, or "";
    age: seconds that the device held it before sending; clock: by how many seconds the device's clock is ahead;
    choices: consent by category, or None where the event carries no signal;
    tc_string: what is wrong with the TC string that it carries, or "" where it carries none;
    integrations: destinations that are switched on;
    context: what the dialect's envelope carries beside; truncated: whether its body breaks off on the way.
    """

    source: str
    kind: str
    name: str
    payload: dict[str, Json]
    message_id: str
    person: str
    fault: str = ""
    age: float = 0.2
    clock: float = 0.0
    choices: dict[str, Json] | None = None
    context: Mapping[str, Json] = MappingProxyType({})
    url: str = ""
    truncated: bool = False
    tc_string: StringFault | Literal[""] = ""
    integrations: Mapping[str, Json] = MappingProxyType({})
