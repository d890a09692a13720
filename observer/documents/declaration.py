"""What every declared model shares, and the small types that most of them need."""

import re
from typing import Annotated, Final, LiteralString, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

KEBAB: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_ID: Final = 64
LONGEST_LINE: Final = 200
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class Declaration(BaseModel):
    """A model of what a company writes: camelCase keys, unknown ones refused, frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)


def refused(code: LiteralString, *, shown: bool = False, **values: object) -> PydanticCustomError:
    """Returns the error for a validator to raise: `code` is the message of what was expected, with its values.

    shown: whether the message may repeat the word that came. Off unless it surely is neither secret nor personal.
    """
    return PydanticCustomError(code, code, {**values, "shown": shown})


def _contact(text: str) -> str:
    if _EMAIL.fullmatch(text) or text.startswith("https://"):
        return text
    raise refused("declaration.contact")


def _one_line(text: str) -> str:
    if _CONTROL.search(text) is None:
        return text
    raise refused("declaration.line")


Ident: TypeAlias = Annotated[str, StringConstraints(pattern=KEBAB, max_length=LONGEST_ID)]
"""Kebab-case, so that no id can be mistaken for `_other` or `_none`."""

Line: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_LINE), AfterValidator(_one_line)
]
"""One line of text for people."""

Contact: TypeAlias = Annotated[Line, AfterValidator(_contact)]
"""An e-mail address or an https address."""
