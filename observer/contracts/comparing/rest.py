"""Every other change: where the data lies, who helps, what it costs, and words for people."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from observer.contracts.comparing.change import Area, Change, Grade
from observer.contracts.comparing.promises import Spot, described, graded
from observer.contracts.comparing.schemas import schema_objects, stated_properties

_ELSEWHERE: Final = frozenset(
    {"schema", "slaProperties", "customProperties", "team", "servers", "support", "roles"}
)
_OF_SCHEMA: Final = frozenset({"properties", "quality", "customProperties"})
_OF_PROPERTY: Final = _OF_SCHEMA | {
    "logicalType", "required", "items", "map", "unique", "primaryKey", "classification", "enum", "logicalTypeOptions",
}  # fmt: skip
"""What other modules of this room compare."""

_OURS: Final = frozenset({"martechPurposes", "martechMatch", "martechClosed"})
_UNCHECKED_OPTIONS: Final = (
    "elementType", "distanceMetric", "embeddingModel", "embeddingModelVersion", "normalized", "defaultTimezone",
)  # fmt: skip
_MOVED: Final = {"physicalName": "physical-name-changed", "relationships": "relationship-changed"}
_TERMS: Final = frozenset({"price", "status", "description", "slaDefaultElement"})
_LISTS: Final = (("servers", "server"), ("support", "channel"), ("roles", "role"))


def other_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yields what no other module compares, so that no change is passed over."""
    for key in _parted(old, new, _ELSEWHERE):
        yield _root(key, old.get(key), new.get(key))
    for key, name in _LISTS:
        yield from _listed(key, name, old.get(key) or (), new.get(key) or ())
    yield from _team(old.get("team"), new.get("team"))
    yield from _customs(Spot(Area.DESCRIPTION, "$"), old, new)
    for schema, former, latter in schema_objects(old, new):
        yield from _element(Spot(Area.DESCRIPTION, "$", schema), former, latter, _OF_SCHEMA)
    for schema, path, former, latter in stated_properties(old, new):
        spot = Spot(Area.DESCRIPTION, path, schema)
        yield from _element(spot, former, latter, _OF_PROPERTY)
        yield from _options(spot, former, latter)


def _parted(old: Mapping[str, Any], new: Mapping[str, Any], left_out: frozenset[str]) -> list[str]:
    keys = dict.fromkeys((*new, *old))
    return [key for key in keys if key not in left_out and old.get(key) != new.get(key)]


def _root(key: str, old: Any, new: Any) -> Change:
    spot = Spot(Area.DESCRIPTION, f"$.{key}")
    if key == "id":
        why = "contract_diff.why.other"
        return graded("identity-changed", spot, old, new, Grade.WARNING, Grade.WARNING, why)
    if key in _TERMS:
        spot = spot._replace(area=Area.TERMS)
        return graded("terms-changed", spot, old, new, Grade.WARNING, Grade.FINE, "contract_diff.why.terms")
    return described(spot, old, new, key)


def _listed(
    key: str, name: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    former, latter = ({str(one[name]): one for one in listed} for listed in (old, new))
    server = key == "servers"
    for word in dict.fromkeys((*latter, *former)):
        spot = Spot(Area.TERMS, f"$.{key}[{word}]")
        before, after = former.get(word), latter.get(word)
        if before == after:
            continue
        if before is None:
            why = "contract_diff.why.added"
            yield graded(f"{name}-added", spot, None, word, Grade.FINE, Grade.FINE, why)
        elif after is None:
            grade = Grade.BREAKING if server else Grade.WARNING
            why = "contract_diff.why.withdrawn"
            yield graded(f"{name}-removed", spot, word, None, grade, Grade.FINE, why)
        else:
            why = "contract_diff.why.moved" if server else "contract_diff.why.terms"
            producer = Grade.WARNING if server else Grade.FINE
            yield graded(f"{name}-changed", spot, before, after, Grade.WARNING, producer, why)


def _team(old: Any, new: Any) -> Iterator[Change]:
    """The two owners are compared elsewhere; here the team as it is written, for the record."""
    if old != new:
        yield described(Spot(Area.DESCRIPTION, "$.team"), _members(old), _members(new), "team")


def _members(team: Any) -> list[str]:
    listed = team.get("members") or () if isinstance(team, Mapping) else team or ()
    return [str(member.get("username")) for member in listed]


def _customs(spot: Spot, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    former, latter = (
        {str(one.get("property")): one for one in document.get("customProperties") or ()}
        for document in (old, new)
    )
    for name in dict.fromkeys((*latter, *former)):
        if name not in _OURS and former.get(name) != latter.get(name):
            before, after = (one.get(name, {}).get("value") for one in (former, latter))
            yield described(spot, before, after, f"customProperties[{name}]")


def _element(
    spot: Spot, old: Mapping[str, Any], new: Mapping[str, Any], elsewhere: frozenset[str]
) -> Iterator[Change]:
    for key in _parted(old, new, elsewhere):
        before, after = old.get(key), new.get(key)
        terms = spot._replace(area=Area.TERMS)
        if key in _MOVED:
            why = "contract_diff.why.moved"
            yield graded(_MOVED[key], terms, before, after, Grade.BREAKING, Grade.BREAKING, why)
        elif key == "physicalType":
            why = "contract_diff.why.unknown"
            yield graded("physical-type-changed", terms, before, after, Grade.WARNING, Grade.WARNING, why)
        else:
            yield described(spot, before, after, key)
    yield from _customs(spot, old, new)


def _options(spot: Spot, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    former, latter = (stated.get("logicalTypeOptions") or {} for stated in (old, new))
    for option in _UNCHECKED_OPTIONS:
        before, after = former.get(option), latter.get(option)
        if before != after:
            why, terms = "contract_diff.why.unknown", spot._replace(area=Area.TERMS)
            change = graded(
                "vector-shape-changed" if option != "defaultTimezone" else "metadata-changed",
                terms, before, after, Grade.WARNING, Grade.WARNING, why,
            )  # fmt: skip
            yield change._replace(keyword=option)
    labels = [
        [{key: value for key, value in one.items() if key != "value"} for one in stated.get("enum") or ()]
        for stated in (old, new)
    ]
    values = [[one.get("value") for one in stated.get("enum") or ()] for stated in (old, new)]
    if values[0] == values[1] and labels[0] != labels[1]:
        yield described(spot, labels[0], labels[1], "enum")
