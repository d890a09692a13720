"""Several versions of a contract at once: which of them judges an event, and whether it still may.

An event names its version in its payload (`martechVersionField`) or in its envelope (Snowplow's SchemaVer, the end of
CloudEvents' dataschema, Segment's event_version); one that names none belongs to the newest that takes it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Any, Final, TypeAlias

import msgspec

from observer.contracts.compiled import UNTRIED, Chosen, Contract
from observer.contracts.jsonpath import member
from observer.model import Event, Finding, ViolationKind

Choose: TypeAlias = Callable[[Event, float], Chosen]
Number: TypeAlias = tuple[int, ...]

UNKNOWN_VERSION: Final = "_other"
"""What the version of an event is called that names none of the contract's."""
VERSION_RULE: Final = "version:$"
ENDED_RULE: Final = "end_of_life:$"

_NUMBER: Final = re.compile(r"[vV]?\d{1,9}(?:[.-]\d{1,9}){0,3}")
_NOT_ACCEPTED: Final = (msgspec.DecodeError, ValueError, RecursionError)


def number(version: str) -> Number | None:
    """Returns the numbers of a version, as SemVer and SchemaVer write them, or None where it is not made of them."""
    if _NUMBER.fullmatch(version) is None:
        return None
    return tuple(int(part) for part in re.split(r"[.-]", version.lstrip("vV")))


def alone(contract: Contract) -> Contract:
    """Returns a contract of one version, ready to choose it where it ends or where events name it."""
    lifetime = contract.lifetime
    if not contract.version_field and lifetime.end_of_life == inf:
        return contract
    return join([contract], [contract])


def join(living: Sequence[Contract], claiming: Sequence[Contract]) -> Contract:
    """Returns the newest version, that chooses among those that claim an event.

    living: every version of the contract, claiming: some of them. What was promised of the contract as a whole is the
    newest's: its service levels, gates, owners and purposes. Rules are those of all versions.
    """
    newest = newest_first(living)[0]
    rules = {rule: kind for each in newest_first(living) for rule, kind in each.rules.items()}
    rules |= {VERSION_RULE: ViolationKind.WRONG_VERSION, ENDED_RULE: ViolationKind.WRONG_VERSION}
    versions = [
        replace(
            each,
            rules=rules,
            choose=None,
            versions=(),
            service_levels=newest.service_levels,
            quality=newest.quality,
            looks=each.look_for(newest.quality),
            marketing_owner=newest.marketing_owner,
            technical_owner=newest.technical_owner,
            purposes=newest.purposes,
            runbook=newest.runbook,
            title=newest.title,
        )
        for each in newest_first(claiming)
    ]
    every = tuple(newest_first(living)) if len(living) > 1 else ()
    return replace(versions[0], choose=_choose(versions, len(living) > 1), versions=every)


def newest_first(contracts: Sequence[Contract]) -> list[Contract]:
    """Returns versions of one contract, the newest first."""
    return sorted(contracts, key=lambda each: number(each.version) or (), reverse=True)


def _choose(versions: Sequence[Contract], several: bool) -> Choose:
    newest = versions[0]
    unknown = replace(newest, version=UNKNOWN_VERSION)
    field = newest.version_field
    read = _reader(field) if field else None
    named = _names(versions)
    missed = Finding(
        ViolationKind.WRONG_VERSION,
        VERSION_RULE,
        "$",
        _told([each.version for each in versions]),
        "another version",
    )
    ended = {each: _ended(each) for each in versions}
    at = "$"
    for key in field:
        at = member(at, key)

    def choose(event: Event, time: float) -> Chosen:
        version = read(event.payload) if read is not None else ""
        if not version and several:
            version = event.version
        contract, decoded = (named.get(version), UNTRIED) if version else _fitting(versions, event)
        if contract is None:
            contract = _later(versions, number(version))
        if contract is None:
            path = event.root + at.removeprefix("$")
            return Chosen(unknown, (msgspec.structs.replace(missed, path=path),), False)
        if time >= contract.lifetime.end_of_life:
            return Chosen(contract, (msgspec.structs.replace(ended[contract], path=event.root),))
        return Chosen(contract, (), True, decoded)

    return choose


def _names(versions: Sequence[Contract]) -> Mapping[str, Contract]:
    """Returns every usual spelling of each version and of its beginning: `2` is the newest that begins with 2."""
    found: dict[str, Contract] = {}
    for each in versions:
        found.setdefault(each.version, each)
        numbers = number(each.version) or ()
        for length in range(len(numbers), 0, -1):
            parts = [str(part) for part in numbers[:length]]
            for text in (".".join(parts), "-".join(parts)):
                found.setdefault(text, each)
                found.setdefault(f"v{text}", each)
    return found


def _later(versions: Sequence[Contract], named: Number | None) -> Contract | None:
    """Returns the newest version that takes the place of one that is no more: of the same first number, and later."""
    for each in versions:
        numbers = number(each.version)
        if named and numbers and numbers[0] == named[0] and numbers > named:
            return each
    return None


def _fitting(versions: Sequence[Contract], event: Event) -> tuple[Contract, object]:
    """Returns the newest version that takes the event with what it decoded, or the newest where none does."""
    if len(versions) > 1:
        for each in versions:
            try:
                return each, each.fast(event.payload)
            except _NOT_ACCEPTED:
                continue
    return versions[0], UNTRIED


def _ended(contract: Contract) -> Finding:
    return Finding(
        ViolationKind.WRONG_VERSION,
        ENDED_RULE,
        "$",
        _told([contract.lifetime.replaced_by]) if contract.lifetime.replaced_by else "a version in force",
        "a version that has ended",
    )


def _told(versions: Sequence[str]) -> str:
    return f"version {versions[0]}" if len(versions) == 1 else f"one of the versions {', '.join(versions)}"


def _reader(field: tuple[str, ...]) -> Callable[[bytes], str]:
    """Returns what finds the version that a payload names, or "" where it names none that could be one."""
    inner: Any = Any
    for key in reversed(field):
        inner = msgspec.defstruct("Named", [("inner", inner | None, None)], rename={"inner": key}, gc=False)
    decode = msgspec.json.Decoder(inner).decode
    depth = len(field)

    def read(payload: bytes) -> str:
        try:
            value = decode(payload)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return ""
        for _ in range(depth):
            value = value.inner if value is not None else None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return ""
        return str(value)

    return read
