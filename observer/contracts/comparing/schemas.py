"""Changes of schema objects: graded by events, not by names.

A change breaks producers when an event that kept the old version breaks the new one, and consumers when an event
may come that the old version would have refused. Both are shown by an event that was judged by both versions.

Two grades go beyond events. A property that is removed breaks consumers always: nothing says any more what stands
there. An optional property that is added to an open object is a warning for producers, not more: only events that
carried an undeclared property of that very name, in another form, are refused.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from observer.contracts.comparing.change import Area, Change, Grade
from observer.contracts.comparing.differences import ABSENT, Difference, differences
from observer.contracts.comparing.lenient import UNTYPED, Lenient, lenient
from observer.contracts.comparing.search import Version, counter_example, version
from observer.contracts.comparing.shown import text
from observer.contracts.shape import Shape
from observer.contracts.vocabulary import JSON_TYPES
from observer.messages import Words

_RULES: Final[Mapping[str, str]] = {
    "type": "type-changed",
    "items": "type-changed",
    "required": "required-changed",
    "enum": "enum-constraint-changed",
    "unexpected": "closed-changed",
    "dimensions": "vector-shape-changed",
}
_UNDECIDED: Final = frozenset({"pattern", "format", "keys", "items"})
"""Keywords of which no event found proves nothing: one pattern may take all that
another takes, or not."""


def schema_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yields the changes of every schema object that a document describes."""
    for name, before, after in paired(old, new):
        if before is None or after is None:
            yield _whole(name, before, after)
        else:
            yield from _properties(name, lenient(old, before), lenient(new, after))


def paired(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Yields the schema objects of both documents by name, None for one that is not there; a document's only one
    goes with the other's only one whatever their names are."""
    before, after = _by_name(old), _by_name(new)
    if len(before) == 1 and len(after) == 1:
        ((name, one),) = after.items()
        yield name, next(iter(before.values())), one
        return
    for name in dict.fromkeys((*after, *before)):
        yield name, before.get(name), after.get(name)


def _by_name(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {one["name"]: one for one in document.get("schema") or ()}


def _whole(name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Change:
    gone = after is None
    return Change(
        "schema-removed" if gone else "schema-added",
        Area.SCHEMA,
        "$",
        name if before is not None else "",
        name if after is not None else "",
        Grade.BREAKING if gone else Grade.FINE,
        Grade.FINE,
        Words("contract_diff.why.withdrawn" if gone else "contract_diff.why.added"),
        name,
    )


def _properties(name: str, old: Lenient, new: Lenient) -> Iterator[Change]:
    versions = version(old.shape), version(new.shape)
    for difference in differences(old, new):
        yield _change(name, difference, *versions)


def _change(name: str, difference: Difference, old: Version, new: Version) -> Change:
    refused = let_in = None
    if difference.keyword != "type" or UNTYPED not in {difference.old, difference.new}:
        refused = counter_example(difference, old, new, kept_by_old=True)
        let_in = counter_example(difference, old, new, kept_by_old=False)
    producer = Grade.BREAKING if refused else Grade.FINE
    consumer = Grade.BREAKING if let_in else Grade.FINE
    why = _why(refused is not None, let_in is not None)
    if difference.keyword == ABSENT:
        if difference.new_shape is None:
            consumer, why = Grade.BREAKING, Words("contract_diff.why.property_removed")
        elif refused and not difference.new_shape.required:
            producer = Grade.WARNING
            why = Words("contract_diff.why.property_added") if not let_in else why
        elif refused is None and let_in is None:
            consumer = producer = Grade.WARNING
    elif refused is None and let_in is None:
        consumer = producer = Grade.WARNING
    else:
        # One side is broken. Of the other, no event found is no proof that there is none.
        consumer = consumer if let_in or _takes_all(difference, old=True) else Grade.WARNING
        producer = producer if refused or _takes_all(difference, old=False) else Grade.WARNING
    examples = tuple(one for one in (refused, let_in) if one is not None)
    return Change(
        _rule(difference),
        Area.SCHEMA,
        difference.path,
        text(difference.old),
        text(difference.new),
        consumer,
        producer,
        why,
        name,
        examples,
        difference.keyword,
    )


def _takes_all(difference: Difference, old: bool) -> bool:
    """Returns whether one version (`old`: the old one) surely takes what the other takes, as far as the rule goes."""
    own, other = difference.old_shape, difference.new_shape
    own_rule = difference.old
    if not old:
        own, other, own_rule = other, own, difference.new
    if difference.keyword == "keys" and own is not None and own.key is not None:
        return _bare(own.key)
    if difference.keyword in _UNDECIDED:
        return own_rule is None
    if difference.keyword != "type" or own is None or other is None:
        return True
    carried, came = JSON_TYPES[own.type], JSON_TYPES[other.type]
    return _bare(own) and (carried == came or (carried, came) == ("number", "integer"))


def _bare(shape: Shape) -> bool:
    """Returns whether a shape asks for nothing but its JSON type."""
    return shape.type in JSON_TYPES.values() and shape._replace(path="", required=True) == Shape(
        shape.type, ""
    )


def _rule(difference: Difference) -> str:
    if difference.keyword == ABSENT:
        return "property-added" if difference.old_shape is None else "property-removed"
    return _RULES.get(difference.keyword, "validation-constraint-changed")


def _why(refused: bool, let_in: bool) -> Words:
    if refused and let_in:
        return Words("contract_diff.why.both")
    if refused:
        return Words("contract_diff.why.tightens")
    return Words("contract_diff.why.loosens" if let_in else "contract_diff.why.no_event")


def stated_properties(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]]:
    """Yields each property that both versions declare: schema name, path, its words before and after."""
    for name, before, after in paired(old, new):
        if before is not None and after is not None:
            former, latter = lenient(old, before).stated, lenient(new, after).stated
            for path, stated in latter.items():
                if path in former:
                    yield name, path, former[path], stated


def schema_objects(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Yields each schema object that both versions have."""
    for name, before, after in paired(old, new):
        if before is not None and after is not None:
            yield name, before, after
