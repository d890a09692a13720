"""What a payload must look like: the one reading of an ODCS schema that both paths are compiled from."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None


class Shape(NamedTuple):
    """One value of a payload.

    type: its logicalType; path: where it is, list items as `[*]`, map entries as `.*`;
    required: an optional property may be absent or null, every other value is neither;
    options: its logicalTypeOptions, checked; enum: the values it may have, () for any;
    closed: an object may have no other properties than `properties`; declared: it names its properties at all;
    item: of an array, a vector or the values of a map; key: of a map;
    classified: whether the contract says of it, by its `classification`, that it may hold personal data.
    """

    type: str
    path: str
    required: bool = True
    options: Mapping[str, object] = {}
    enum: tuple[Scalar, ...] = ()
    closed: bool = False
    declared: bool = False
    properties: Mapping[str, "Shape"] = {}
    item: "Shape | None" = None
    key: "Shape | None" = None
    classified: bool = False
