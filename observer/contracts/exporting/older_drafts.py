"""JSON Schema of draft 2020-12 → drafts 4 and 7, which Iglu and Segment speak."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from observer.contracts.importing.losses import Losses
from observer.contracts.report import Place


class Draft(NamedTuple):
    """What an older draft lacks. formats: those it defines; missing: keywords it does not know;
    flags: whether it says by true that a bound is not in."""

    formats: frozenset[str]
    missing: frozenset[str]
    flags: bool


DRAFT_4: Final = Draft(
    frozenset({"date-time", "email", "hostname", "ipv4", "ipv6", "uri"}),
    frozenset({"propertyNames", "examples", "deprecated"}),
    flags=True,
)
DRAFT_7: Final = Draft(
    frozenset(
        {
            "date", "date-time", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri",
            "iri-reference", "json-pointer", "regex", "time", "uri", "uri-reference", "uri-template",
        }
    ),
    frozenset({"deprecated"}),
    flags=False,
)  # fmt: skip
_NAMED: Final = "properties"
_VALUES: Final = frozenset({"enum", "examples", "required"})


def older(schema: Mapping[str, Any], draft: Draft, at: Place, losses: Losses) -> dict[str, Any]:
    """Returns `schema` in an older draft; tells each keyword that was left out and each format nobody will check."""
    found: dict[str, Any] = {}
    for key, value in schema.items():
        place = (*at, key)
        if key in draft.missing or key.startswith("martech"):
            losses.add(place, "keyword", name=key)
        elif key == _NAMED:
            found[key] = {name: older(inner, draft, (*place, name), losses) for name, inner in value.items()}
        elif isinstance(value, Mapping) and key not in _VALUES:
            found[key] = older(value, draft, place, losses)
        elif key == "allOf":
            found[key] = [older(inner, draft, (*place, index), losses) for index, inner in enumerate(value)]
        else:
            found[key] = value
            if key == "format" and value not in draft.formats:
                losses.add(place, "unchecked_format", name=value)
    if draft.flags:
        _flag(found, "minimum", "exclusiveMinimum", lambda bound, other: bound >= other)
        _flag(found, "maximum", "exclusiveMaximum", lambda bound, other: bound <= other)
    return found


def _flag(schema: dict[str, Any], plain: str, exclusive: str, stricter: Any) -> None:
    if exclusive in schema:
        bound = schema.pop(exclusive)
        if plain not in schema or stricter(bound, schema[plain]):
            schema[plain], schema[exclusive] = bound, True
