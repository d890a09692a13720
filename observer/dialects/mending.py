"""Reading an envelope that is not quite right: what has the right kind stays, the rest becomes a finding.

The types of an envelope's struct are the only declaration. A field that its strict decoder accepts is taken as
it is, so the mended struct equals the strict one wherever the strict one exists. Else it is read as kindly as
can be without guessing: an identifier that is a number becomes its spelling, a moment without a time zone is
UTC. What is left is dropped and told.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Final, NamedTuple, TypeAlias, TypeVar, get_args

import msgspec
from msgspec import Meta, Raw

from observer.dialects import instants
from observer.dialects.documents import READ_ERRORS, WHITESPACE, kind_of, refusal
from observer.model import Finding, Undecodable, ViolationKind

Text: TypeAlias = str | None
"""A text or an identifier; null is nothing."""
Instant: TypeAlias = Annotated[datetime, Meta(tz=True)] | None
"""An RFC 3339 date-time with its zone."""
Count: TypeAlias = Annotated[int, Meta(ge=0, le=10**18)] | None
"""A count of milliseconds or microseconds since 1970; beyond the limit it counts no time."""
Label: TypeAlias = int | str | None
"""A version: a number or a text."""

ABSENT: Final = Raw(b"")
"""The default of a field that stays as bytes."""

NULL: Final = Raw(b"null")

StructT = TypeVar("StructT", bound=msgspec.Struct)

_MEMBERS: Final = msgspec.json.Decoder(dict[str, Raw])
_TEXT: Final = msgspec.json.Decoder(str)


def members_of(raw: bytes) -> dict[str, Raw] | None:
    """Returns the members of a JSON object, the last of each name, or None where `raw` is no object."""
    try:
        return _MEMBERS.decode(raw)
    except READ_ERRORS:
        return None


def mend(struct: type[StructT], raw: bytes, problems: list[Finding], path: str = "$") -> StructT:
    """Returns `struct` filled with what can be read from the JSON document `raw`.

    Appends a finding to `problems` for each field that cannot, with `path` as the place of the object. Members
    that the struct does not name are ignored.
    """
    members = members_of(raw)
    if members is None:
        problems.append(mismatch(path, "object", raw))
        return struct()
    values = {}
    for field in _fields(struct):
        member = members.get(field.member)
        if member is None or (member == NULL and not field.keeps_null):
            continue
        value = field.read(member, f"{path}.{field.member}", problems)
        if value is not None:
            values[field.name] = value
    return struct(**values)


def read_envelope(
    decoder: msgspec.json.Decoder[StructT], raw: bytes
) -> tuple[StructT, tuple[Finding, ...]] | Undecodable:
    """Returns the envelope that `decoder` finds in `raw`, mended where it must be, with what is wrong in it.

    Returns an Undecodable where `raw` is no JSON object.
    """
    try:
        # The decoder does not look into what it leaves as bytes.
        if not raw.isascii():
            raw.decode()
        return decoder.decode(raw), ()
    except READ_ERRORS:
        pass
    unreadable = refusal(raw)
    if unreadable is not None:
        return unreadable
    kind = kind_of(raw.strip(WHITESPACE))
    if kind != "object":
        return Undecodable("not_an_object", "$", "object", kind)
    problems: list[Finding] = []
    return mend(decoder.type, raw, problems), tuple(problems)


def mismatch(path: str, expected: str, raw: bytes) -> Finding:
    """Returns the finding that the value at `path` of the envelope is of the wrong kind."""
    return Finding(ViolationKind.TYPE_MISMATCH, f"envelope:{path}", path, expected, kind_of(raw))


def text(raw: bytes, path: str, problems: list[Finding]) -> str | None:
    """Returns the text that `raw` is, or the spelling of a number; else None and a finding."""
    kind = kind_of(raw)
    if kind == "string":
        return _TEXT.decode(raw)
    if kind in ("integer", "number"):
        return bytes(raw).decode()
    if kind != "null":
        problems.append(mismatch(path, "string", raw))
    return None


def instant(raw: bytes, path: str, problems: list[Finding]) -> datetime | None:
    """Returns the moment that `raw` is, as ISO 8601 or as a count since 1970; else None and a finding."""
    kind = kind_of(raw)
    moment = None
    if kind == "string":
        moment = instants.from_text(_TEXT.decode(raw))
    elif kind in ("integer", "number"):
        moment = instants.from_epoch(float(bytes(raw)))
    elif kind != "null":
        problems.append(mismatch(path, "date-time", raw))
        return None
    if moment is None and kind != "null":
        problems.append(
            Finding(ViolationKind.WRONG_FORMAT, f"envelope:{path}", path, "date-time", kind_of(raw))
        )
    return moment


def count(raw: bytes, path: str, problems: list[Finding]) -> int | None:
    """Returns the whole number that `raw` is, in quotes or not; else None and a finding."""
    digits = bytes(raw).strip(b'"')
    if digits.isdigit() and len(digits) <= 18:
        return int(digits)
    problems.append(mismatch(path, "count since 1970", raw))
    return None


class _Field(NamedTuple):
    name: str
    member: str
    keeps_null: bool
    read: Callable[[bytes, str, list[Finding]], Any]


_REPAIRS: Final[Sequence[tuple[object, Callable[[bytes, str, list[Finding]], Any]]]] = (
    (Text, text),
    (Label, text),
    (Instant, instant),
    (Count, count),
)


@cache
def _fields(struct: type[msgspec.Struct]) -> tuple[_Field, ...]:
    return tuple(
        _Field(field.name, field.encode_name, field.type is Raw, _reader(field.type))
        for field in msgspec.structs.fields(struct)
    )


def _reader(kind: Any) -> Callable[[bytes, str, list[Finding]], Any]:
    decoder = msgspec.json.Decoder(kind)
    repair = _repair(kind)

    def read(raw: bytes, path: str, problems: list[Finding]) -> Any:
        try:
            return decoder.decode(raw)
        except READ_ERRORS:
            return repair(raw, path, problems)

    return read


def _repair(kind: Any) -> Callable[[bytes, str, list[Finding]], Any]:
    for known, repair in _REPAIRS:
        if kind == known:
            return repair
    nested = next(
        (part for part in get_args(kind) if isinstance(part, type) and issubclass(part, msgspec.Struct)), None
    )
    if nested is None:
        return _nothing
    return lambda raw, path, problems: mend(nested, raw, problems, path)


def _nothing(raw: bytes, path: str, problems: list[Finding]) -> None:
    problems.append(mismatch(path, "another kind", raw))


read_text: Final = _reader(Text)
"""Reads one text as `mend` does: (value, its path, where findings go) -> the text or None."""
read_instant: Final = _reader(Instant)
"""Reads one moment as `mend` does."""
