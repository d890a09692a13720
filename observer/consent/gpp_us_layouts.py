"""Which fields each US section of a GPP string holds, in their order.

Source: IAB Tech Lab, "Global Privacy Platform", the US national and US state sections (December 2025). The first
field is a version of 6 bits; every other is one choice of 2 bits, or as many as stand behind `*`.
"""

from typing import Final, NamedTuple


class Field(NamedTuple):
    """One field of choices. size: how many choices; a single one is a number, several are a list."""

    name: str
    size: int


class Layout(NamedTuple):
    """The core of one section. version_field: the name of its first field; version: what must stand in it.

    gpc: whether sub-sections with Global Privacy Control may follow; sensitive: how many choices about sensitive
    data follow in a sub-section of their own, or 0.
    """

    name: str
    version: int
    version_field: str
    fields: tuple[Field, ...]
    gpc: bool
    sensitive: int = 0

    @property
    def bits(self) -> int:
        """The size of the core."""
        return 6 + 2 * sum(field.size for field in self.fields)


def _layout(name: str, fields: str, *, version: int = 1, gpc: bool = True, sensitive: int = 0) -> Layout:
    first, *others = fields.split()
    return Layout(name, version, first, tuple(map(_field, others)), gpc, sensitive)


def _field(text: str) -> Field:
    name, _, count = text.partition("*")
    return Field(name, int(count or 1))


_MSPA: Final = "MspaCoveredTransaction MspaOptOutOptionMode MspaServiceProviderMode"
_SALE_AND_TARGETING: Final = (
    "SaleOptOutNotice TargetedAdvertisingOptOutNotice SaleOptOut TargetedAdvertisingOptOut"
)
_SHARING: Final = f"Version SharingNotice {_SALE_AND_TARGETING}"
_PROCESSING: Final = f"Version ProcessingNotice {_SALE_AND_TARGETING}"
_MSPA_FIRST: Final = f"MspaVersion MspaCoveredTransaction MspaMode ProcessingNotice {_SALE_AND_TARGETING}"
_SENSITIVE: Final = "SensitiveDataProcessing"
_CHILD: Final = "KnownChildSensitiveDataConsents"
_MORE: Final = "AdditionalDataProcessingConsent"
_NATIONAL: Final = (
    "Version SharingNotice SaleOptOutNotice SharingOptOutNotice TargetedAdvertisingOptOutNotice"
    " SensitiveDataProcessingOptOutNotice SensitiveDataLimitUseNotice SaleOptOut SharingOptOut"
    " TargetedAdvertisingOptOut"
)

LAYOUTS: Final = {
    7: _layout("usnat", f"{_NATIONAL} {_SENSITIVE}*16 {_CHILD}*3 PersonalDataConsents {_MSPA}", version=2),
    8: _layout(
        "usca",
        "Version SaleOptOutNotice SharingOptOutNotice SensitiveDataLimitUseNotice SaleOptOut SharingOptOut"
        f" {_SENSITIVE}*9 {_CHILD}*2 PersonalDataConsents {_MSPA}",
    ),
    9: _layout("usva", f"{_SHARING} {_SENSITIVE}*8 {_CHILD} {_MSPA}", gpc=False),
    10: _layout("usco", f"{_SHARING} {_SENSITIVE}*7 {_CHILD} {_MSPA}"),
    11: _layout(
        "usut",
        "Version SharingNotice SaleOptOutNotice TargetedAdvertisingOptOutNotice SensitiveDataProcessingOptOutNotice"
        f" SaleOptOut TargetedAdvertisingOptOut {_SENSITIVE}*8 {_CHILD} {_MSPA}",
        gpc=False,
    ),
    12: _layout("usct", f"{_SHARING} {_SENSITIVE}*8 {_CHILD}*3 {_MSPA}"),
    13: _layout("usfl", f"{_PROCESSING} {_SENSITIVE}*8 {_CHILD}*3 {_MORE} {_MSPA}", gpc=False),
    14: _layout("usmt", f"{_SHARING} {_SENSITIVE}*8 {_CHILD}*3 {_MORE} {_MSPA}"),
    15: _layout("usor", f"{_PROCESSING} {_SENSITIVE}*11 {_CHILD}*3 {_MORE} {_MSPA}"),
    16: _layout("ustx", f"{_PROCESSING} {_SENSITIVE}*8 {_CHILD} {_MORE} {_MSPA}"),
    17: _layout("usde", f"{_PROCESSING} {_SENSITIVE}*9 {_CHILD}*5 {_MORE} {_MSPA}"),
    18: _layout(
        "usia",
        "Version ProcessingNotice SaleOptOutNotice TargetedAdvertisingOptOutNotice SensitiveDataOptOutNotice"
        f" SaleOptOut TargetedAdvertisingOptOut {_SENSITIVE}*8 {_CHILD} {_MSPA}",
    ),
    19: _layout("usne", f"{_PROCESSING} {_SENSITIVE}*8 {_CHILD} {_MORE} {_MSPA}"),
    20: _layout("usnh", f"{_PROCESSING} {_SENSITIVE}*8 {_CHILD}*3 {_MORE} {_MSPA}"),
    21: _layout("usnj", f"{_PROCESSING} {_SENSITIVE}*10 {_CHILD}*5 {_MORE} {_MSPA}"),
    22: _layout("ustn", f"{_PROCESSING} {_SENSITIVE}*8 {_CHILD} {_MORE} {_MSPA}"),
    23: _layout("usmn", f"{_PROCESSING} {_SENSITIVE}*8 {_CHILD} {_MORE} {_MSPA}"),
    24: _layout("usmd", f"{_MSPA_FIRST} {_MORE}"),
    25: _layout("usin", f"{_MSPA_FIRST} {_CHILD} {_MORE}", gpc=False, sensitive=8),
    26: _layout("usky", f"{_MSPA_FIRST} {_CHILD} {_MORE}", gpc=False, sensitive=8),
    27: _layout("usri", f"{_MSPA_FIRST} {_CHILD} {_MORE}", gpc=False, sensitive=8),
}
"""By the section's id in the header."""

FIRST_NATIONAL: Final = _layout(
    "usnat", f"{_NATIONAL} {_SENSITIVE}*12 {_CHILD}*2 PersonalDataConsents {_MSPA}"
)
"""Version 1 of the national section, which is still sent."""
