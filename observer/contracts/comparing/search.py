"""Counter-examples: an event that keeps one version and breaks the other by the rule that differs."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple, TypeAlias

from observer.contracts.comparing.change import Example
from observer.contracts.comparing.differences import ABSENT, Difference, Steps
from observer.contracts.comparing.values import OTHER_KINDS, NoValueError, example, shared, tolerated
from observer.contracts.exact import exact
from observer.contracts.json_schema import written
from observer.contracts.shape import Shape
from observer.model import Finding

_NOTHING: Final = object()
"""Stands for a property that is left out."""

_HOLE: Final = object()
"""Stands in an event for what is to be tried."""

_TRIES: Final = 400


Made: TypeAlias = dict[tuple[int, int], Any]
"""Values made already, by the identity of their shape and of the other version's: each is made once a comparison."""


class Version(NamedTuple):
    """One version of a schema object. check: its exact path."""

    shape: Shape
    check: Callable[[bytes, str], tuple[Finding, ...]]
    made: Made


def version(shape: Shape) -> Version:
    """Returns the version with its exact path."""
    return Version(shape, exact(written(shape)), {})


def counter_example(difference: Difference, old: Version, new: Version, kept_by_old: bool) -> Example | None:
    """Returns an event that keeps one version (`kept_by_old`: the old one) and breaks the rule in the other.

    None where none was found. What is returned was judged by the exact paths of both versions.
    """
    keeps, breaks = (old, new) if kept_by_old else (new, old)
    own, other = difference.old_shape, difference.new_shape
    if not kept_by_old:
        own, other = other, own
    best: Example | None = None
    # With what the other version needs, one reason is shown; without it, there is an event in a tight object too.
    for beside in (breaks.shape, None):
        try:
            frame = _frame(keeps.shape, difference.steps, beside, keeps.made)
        except NoValueError:
            continue
        for value in islice(_values(own, other), _TRIES):
            found = _tried(_filled(frame, value), difference, keeps, breaks, kept_by_old)
            if found is not None and len(found.broken) == 1:
                return found
            best = best or found
        if best is not None:
            return best
    return None


def _tried(
    event: Any, difference: Difference, keeps: Version, breaks: Version, kept_by_old: bool
) -> Example | None:
    """Returns the event as a counter-example, or None where both versions judge it alike or for another reason."""
    if event is _NOTHING:
        return None
    text = json.dumps(event, ensure_ascii=False)
    payload = text.encode()
    if keeps.check(payload, "$"):
        return None
    broken = breaks.check(payload, "$")
    if not any(_about(finding, difference) for finding in broken):
        return None
    return Example(text, kept_by_old, tuple(finding.rule for finding in broken))


def _values(own: Shape | None, other: Shape | None) -> Iterator[Any]:
    """Yields what to try at the place of the difference: the edges of what the event breaks first, then of `own`,
    what it keeps."""
    yield _NOTHING
    for shape in (other, own):
        if shape is not None:
            yield from tolerated(shape)
    yield from OTHER_KINDS
    yield None


def _frame(shape: Shape | None, steps: Steps, other: Shape | None, made: Made) -> Any:
    """Returns a value of `shape` with a hole at `steps`. other: the same place in the other version, whose needed
    properties come too where `shape` lets them. Raises NoValueError."""
    if not steps:
        return _HOLE
    step, rest = steps[0], steps[1:]
    if step is None:
        return _inside(shape, rest, other, made)
    if shape is None:
        raise NoValueError
    found = _object(shape, other, made)
    former = other.properties.get(step) if other is not None else None
    found[step] = _frame(shape.properties.get(step), rest, former, made)
    return found


def _filled(frame: Any, value: Any) -> Any:
    """Returns the frame with its hole filled; _NOTHING where a hole that is no property should be left out."""
    if frame is _HOLE:
        return value
    if isinstance(frame, dict):
        found = {name: _filled(inner, value) for name, inner in frame.items()}
        if any(found[name] is _NOTHING and frame[name] is not _HOLE for name in found):
            return _NOTHING
        return {name: inner for name, inner in found.items() if inner is not _NOTHING}
    if isinstance(frame, list):
        listed = [_filled(inner, value) for inner in frame]
        return _NOTHING if any(inner is _NOTHING for inner in listed) else listed
    return frame


def _object(shape: Shape, other: Shape | None, made: Made) -> dict[str, Any]:
    theirs = {} if other is None else other.properties
    found = {
        name: _made(inner, theirs.get(name), made)
        for name, inner in shape.properties.items()
        if inner.required
    }
    for name, inner in theirs.items():
        if inner.required and name not in found and (name in shape.properties or not shape.closed):
            # In the words of this version where it has any: it must be kept.
            found[name] = _made(shape.properties.get(name, inner), inner, made)
    return found


def _made(shape: Shape, other: Shape | None, made: Made) -> Any:
    key = id(shape), id(other)
    if key not in made:
        made[key] = shared(shape, other)
    return made[key]


def _inside(shape: Shape | None, rest: Steps, other: Shape | None, made: Made) -> Any:
    if shape is None or shape.item is None:
        raise NoValueError
    inner = _frame(shape.item, rest, None if other is None else other.item, made)
    if shape.type == "map":
        assert shape.key is not None
        return {example(shape.key): inner}
    needed = shape.options.get("dimensions", shape.options.get("minItems", 1))
    more = needed - 1 if isinstance(needed, int) else 0
    return [inner, *([example(shape.item)] * more)]


def _about(finding: Finding, difference: Difference) -> bool:
    """Tells whether a finding is what the difference is about."""
    keyword, _, path = finding.rule.partition(":")
    if difference.keyword in {ABSENT, "type", "items"}:
        below = path.startswith((f"{difference.path}.", f"{difference.path}["))
        return path == difference.path or below or (keyword == "unexpected" and _holds(path, difference))
    if difference.keyword == "unexpected":
        return finding.rule == f"unexpected:{difference.path}.*"
    return path == difference.path and keyword == difference.keyword


def _holds(path: str, difference: Difference) -> bool:
    """Tells whether `path`, that of undeclared properties, is where the property of the difference stands."""
    parent = path.removesuffix(".*")
    return difference.path.startswith((f"{parent}.", f"{parent}["))
