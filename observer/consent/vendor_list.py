"""The Global Vendor List of IAB Europe, as far as a decision needs it. Reads no file: documents are arguments.

A vendor is judged by the version of the list that the TC string names, so a company gives one list a version.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from observer.consent.idsets import IdSet, of_ids
from observer.documents import Document, checked


class Vendor(NamedTuple):
    """What one vendor declares. deleted: the list keeps it only as a memory."""

    purposes: IdSet
    interests: IdSet
    flexible: IdSet
    special_purposes: IdSet
    special_features: IdSet
    deleted: bool


class VendorList(NamedTuple):
    """One version of the list: its vendors by id."""

    version: int
    vendors: Mapping[int, Vendor]


Number: TypeAlias = Annotated[int, Field(ge=1, le=63)]
"""Of a purpose or a feature. TC strings have no room for more."""


class _Published(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel)


class _Vendor(_Published):
    purposes: tuple[Number, ...] = ()
    leg_int_purposes: tuple[Number, ...] = ()
    flexible_purposes: tuple[Number, ...] = ()
    special_purposes: tuple[Number, ...] = ()
    special_features: tuple[Number, ...] = ()
    deleted_date: Any = None


class _List(_Published):
    vendor_list_version: Annotated[int, Field(ge=0)]
    vendors: Annotated[dict[Annotated[int, Field(ge=1, le=65535)], _Vendor], Field(min_length=1)]


def read_vendor_list(document: Document) -> VendorList:
    """Returns the parsed JSON as a list. Raises CatalogError with its problems."""
    content = checked(_List, document.place, document.value)
    return VendorList(
        content.vendor_list_version,
        {
            number: Vendor(
                of_ids(entry.purposes),
                of_ids(entry.leg_int_purposes),
                of_ids(entry.flexible_purposes),
                of_ids(entry.special_purposes),
                of_ids(entry.special_features),
                entry.deleted_date is not None,
            )
            for number, entry in content.vendors.items()
        },
    )
