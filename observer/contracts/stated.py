"""Where the quality rules and the unique fields of a document stand."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from observer.contracts.report import Place

Steps: TypeAlias = tuple[str, ...]
"""The keys that lead to a field of the payload."""

_SCHEDULES: Final = (
    (re.compile(r"(\*/5|\d+-\d+/5) \* \* \* \*"), 300),
    (re.compile(r"\*/15 \* \* \* \*"), 900),
    (re.compile(r"\d{1,2} (\*|\*/1) \* \* \*"), 3_600),
    (re.compile(r"\d{1,2} \d{1,2} \* \* \*"), 86_400),
)


class Stated(NamedTuple):
    """One quality rule of a document. steps: the keys that lead to its property, () at the schema, None in a list."""

    at: Place
    rule: Mapping[str, Any]
    steps: Steps | None


def stated_rules(document: Mapping[str, Any]) -> Iterator[Stated]:
    """Yields every quality rule of the document's schemas with the field that it stands on."""
    for index, schema in enumerate(document.get("schema") or ()):
        at: Place = ("schema", index)
        for number, rule in enumerate(schema.get("quality") or ()):
            yield Stated((*at, "quality", number), rule, ())
        for place, stated, steps in stated_fields(schema, at, ()):
            for number, rule in enumerate(stated.get("quality") or ()):
                yield Stated((*place, "quality", number), rule, steps)


def stated_fields(
    stated: Mapping[str, Any], at: Place, steps: Steps | None
) -> Iterator[tuple[Place, Mapping[str, Any], Steps | None]]:
    """Yields every property below `stated` with its place and the keys that lead to it, None inside a list or a map."""
    for index, inner in enumerate(stated.get("properties") or ()):
        place = (*at, "properties", index)
        below = None if steps is None else (*steps, inner["name"])
        yield place, inner, below
        yield from stated_fields(inner, place, below)
    for key, inner in (("items", stated.get("items")), *(("map", part) for part in _entries(stated))):
        if isinstance(inner, Mapping):
            place = (*at, key) if key == "items" else (*at, "map", "value")
            yield place, inner, None
            yield from stated_fields(inner, place, None)


def _entries(stated: Mapping[str, Any]) -> list[object]:
    entries = stated.get("map")
    return [entries.get("value")] if isinstance(entries, Mapping) else []


def runs(rule: Mapping[str, Any], steps: Steps | None) -> bool:
    """Returns whether a quality rule can be run on a stream: a library metric, of a value that each event has once."""
    return rule.get("type", "library") == "library" and rule.get("metric") is not None and steps is not None


def window_of(schedule: object) -> int | None:
    """Returns the length in seconds of the windows that a cron schedule asks for, or None where it is none of ours."""
    if not isinstance(schedule, str):
        return None
    return next((seconds for form, seconds in _SCHEDULES if form.fullmatch(schedule.strip())), None)


def unique_fields(
    document: Mapping[str, Any],
) -> Iterator[tuple[Place, tuple[Steps, ...], tuple[str, ...]]]:
    """Yields what must be unique, with where it is said: the fields of the primary key together, each unique field."""
    for index, schema in enumerate(document.get("schema") or ()):
        at: Place = ("schema", index)
        fields = [(place, stated, steps) for place, stated, steps in stated_fields(schema, at, ()) if steps]
        key = sorted(
            (each for each in fields if each[1].get("primaryKey") is True),
            key=lambda each: each[1].get("primaryKeyPosition") or 0,
        )
        if key:
            yield key[0][0], tuple(steps for _, _, steps in key), tuple(steps[-1] for _, _, steps in key)
        for place, stated, steps in fields:
            if stated.get("unique") is True:
                yield place, (steps,), (steps[-1],)
