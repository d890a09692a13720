"""The words of ODCS that the observer gives a meaning to, as data. docs/contracts.md says the same in sentences."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from observer.model import ViolationKind

WRITTEN: Final = "v3.2.0"
"""The version of the standard that we write."""

READ: Final = ("v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0", "v3.2.0")
"""The versions of the standard that we read."""

TEMPORAL: Final = frozenset({"date", "timestamp", "time"})
NUMERIC: Final = frozenset({"number", "integer"})
TEXTUAL: Final = TEMPORAL | {"string"}

JSON_TYPES: Final[Mapping[str, str]] = {
    "string": "string",
    "date": "string",
    "timestamp": "string",
    "time": "string",
    "number": "number",
    "integer": "integer",
    "boolean": "boolean",
    "object": "object",
    "map": "object",
    "array": "array",
    "vector": "array",
}
"""logicalType → the JSON type that carries it."""


class Constraint(NamedTuple):
    """What a logicalTypeOption asks of one value. expected: how a finding tells it, with the option's value."""

    kind: ViolationKind
    expected: str


CONSTRAINTS: Final[Mapping[str, Constraint]] = {
    "minLength": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "at least {} characters"),
    "maxLength": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "at most {} characters"),
    "pattern": Constraint(ViolationKind.WRONG_FORMAT, "pattern {}"),
    "format": Constraint(ViolationKind.WRONG_FORMAT, "format {}"),
    "minimum": Constraint(ViolationKind.OUT_OF_CONSTRAINT, ">= {}"),
    "maximum": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "<= {}"),
    "exclusiveMinimum": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "> {}"),
    "exclusiveMaximum": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "< {}"),
    "multipleOf": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "a multiple of {}"),
    "minItems": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "at least {} items"),
    "maxItems": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "at most {} items"),
    "uniqueItems": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "no item twice"),
    "minProperties": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "at least {} properties"),
    "maxProperties": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "at most {} properties"),
    "dimensions": Constraint(ViolationKind.OUT_OF_CONSTRAINT, "{} items"),
}
"""Options that one value can break. Each gives the rule `<option>:<path>`."""

OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "string": ("minLength", "maxLength", "pattern", "format"),
    "date": ("format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    "timestamp": (
        "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "timezone", "defaultTimezone",
    ),
    "time": (
        "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "timezone", "defaultTimezone",
    ),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"),
    "object": ("minProperties", "maxProperties", "required"),
    "array": ("minItems", "maxItems", "uniqueItems"),
    "boolean": (),
    "map": (),
    "vector": (
        "dimensions", "elementType", "distanceMetric", "embeddingModel", "embeddingModelVersion", "normalized",
    ),
}  # fmt: skip
"""logicalType → the logicalTypeOptions that it may have."""

ORDERED: Final[tuple[tuple[str, str], ...]] = (
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)
"""Pairs of which the first may not exceed the second."""

COUNTS: Final = (*(name for pair in ORDERED for name in pair), "dimensions")
LARGEST_COUNT: Final = 1_000_000_000
"""No payload that we accept could hold more, and every engine can count so far."""

CHECKED_FORMATS: Final = (
    "date", "date-time", "duration", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri",
    "iri-reference", "json-pointer", "regex", "time", "uri", "uri-reference", "uri-template", "uuid",
)  # fmt: skip
"""Formats of a string that each value is held to: those of JSON Schema 2020-12."""

TOLD_FORMATS: Final = ("binary", "byte", "password")
"""Formats of a string that say how it is meant and ask nothing of a value."""

INTEGER_RANGES: Final[Mapping[str, tuple[int, int]]] = {
    **{f"i{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64, 128)},
    **{f"u{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64, 128)},
}
NUMBER_RANGES: Final[Mapping[str, tuple[float, float] | None]] = {
    "f32": (-3.4028234663852886e38, 3.4028234663852886e38),
    "f64": None,
}
"""format → the least and greatest value, or None where every JSON number that we read fits."""

ELEMENT_RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "int8": (-128, 127),
    "uint8": (0, 255),
    "binary": (0, 1),
}
"""elementType of a vector → the integers that it may hold; every other elementType holds any number."""

ROOT_PROPERTIES: Final = (
    "martechClosed", "martechMatch", "martechPurposes", "martechReplacedBy", "martechReviewBy", "martechRunbook",
    "martechVersionField",
)  # fmt: skip
PROPERTY_PROPERTIES: Final = ("martechClosed",)
GATE_PROPERTIES: Final = (
    "martechCloseAfter", "martechLateness", "martechMinimumEvents", "martechOpenAfter", "martechWindow",
)  # fmt: skip
SERVICE_LEVEL_PROPERTIES: Final = (*GATE_PROPERTIES, "martechObjective")
QUALITY_PROPERTIES: Final = (*GATE_PROPERTIES, "martechVolume")
"""Our customProperties: at the root, on a property, on an slaProperties entry, on a quality rule."""

SERVICE_LEVELS: Final = (
    "availability", "endOfLife", "endOfSupport", "errorRate", "frequency", "generalAvailability", "latency",
    "retention", "throughput", "timeToDetect", "timeToNotify", "timeToRepair",
)  # fmt: skip
"""The names that ODCS gives to slaProperties. It compares them without regard to case, and so do we."""

MARKETING_OWNER: Final = "marketing owner"
TECHNICAL_OWNER: Final = "technical owner"
