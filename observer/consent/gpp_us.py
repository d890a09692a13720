"""The US sections of a GPP string, and the older US Privacy string `1YNN`.

They hold opt-outs, not consent: 0 not applicable, 1 opted out, 2 not opted out. Sources: IAB Tech Lab, "Global
Privacy Platform", US sections; "U.S. Privacy String" (CCPA, deprecated and still sent).
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from observer.consent.bits import BitReader, outside_alphabet
from observer.consent.gpp_us_layouts import FIRST_NATIONAL, LAYOUTS, Layout
from observer.consent.malformed import malformed

OPTED_OUT: Final = 1
_UNDEFINED: Final = 3
_NATIONAL: Final = 7
_GPC_TYPE: Final = 1
_SHORTEST_NATIONAL: Final = 10
"""Characters. A national section of version 2 that is this long and shorter than its layout reads on in zeros."""

Choices: TypeAlias = int | tuple[int, ...]


class UsSection(NamedTuple):
    """One decoded section. fields: choices by name, the version among them.

    gpc: Global Privacy Control as its sub-section says it; None where there is none, which is not a no.
    """

    name: str
    fields: Mapping[str, Choices]
    gpc: bool | None

    def opted_out_of(self, field: str) -> bool:
        """Returns whether the person opted out; a field that the section lacks is not an opt-out."""
        return self.fields.get(field) == OPTED_OUT


class UsPrivacy(NamedTuple):
    """The US Privacy string. Each letter is `Y`, `N`, or `-` for not applicable."""

    notice: str
    opted_out_of_sale: str
    covered_by_agreement: str


def decode_section(section: int, text: str) -> UsSection:
    """Returns the section with that id. Raises SignalError: `empty_segment`, `bad_character`, `truncated`,
    `unknown_version`, `undefined_choice` (3 has no meaning), `unknown_subsection` or `gpc_twice`."""
    layout = LAYOUTS[section]
    core, *others = text.split(".")
    if not core or not all(others):
        raise malformed("gpp", "empty_segment", layout.name)
    if outside_alphabet(text.replace(".", "")):
        raise malformed("gpp", "bad_character", layout.name)
    layout, fields = _core(section, layout, core)
    if layout.sensitive:
        sensitive = others[0] if others else "A" * layout.sensitive
        reader = BitReader(sensitive, "gpp", f"{layout.name}[1]")
        fields["SensitiveDataProcessing"] = _choices(reader, layout.sensitive)
    return UsSection(layout.name, fields, _gpc(layout.name, others) if layout.gpc else None)


def decode_us_privacy(text: str) -> UsPrivacy:
    """Returns the letters of a US Privacy string. Raises SignalError `wrong_shape` or `unknown_version`."""
    found = _US_PRIVACY.fullmatch(text)
    if found is None:
        raise malformed("us_privacy", "wrong_shape")
    if found[1] != "1":
        raise malformed("us_privacy", "unknown_version")
    return UsPrivacy(*found.groups()[1:])


_US_PRIVACY: Final = re.compile("([0-9])([YN-])([YN-])([YN-])")


def _core(section: int, layout: Layout, text: str) -> tuple[Layout, dict[str, Choices]]:
    reader = BitReader(text, "gpp", f"{layout.name}[0]")
    version = reader.read(6)
    if section == _NATIONAL:
        if version == FIRST_NATIONAL.version:
            layout = FIRST_NATIONAL
        elif version == layout.version and len(text) >= _SHORTEST_NATIONAL:
            reader = BitReader(text.ljust(-(-layout.bits // 6), "A"), "gpp", f"{layout.name}[0]")
            reader.read(6)
    if version != layout.version:
        raise reader.refuse("unknown_version")
    fields: dict[str, Choices] = {layout.version_field: version}
    for name, size in layout.fields:
        choices = _choices(reader, size)
        fields[name] = choices if size > 1 else choices[0]
    return layout, fields


def _choices(reader: BitReader, count: int) -> tuple[int, ...]:
    bits = reader.read(2 * count)
    choices = tuple(bits >> shift & 3 for shift in range(2 * count - 2, -2, -2))
    if _UNDEFINED in choices:
        raise reader.refuse("undefined_choice")
    return choices


def _gpc(name: str, subsections: list[str]) -> bool | None:
    if not subsections:
        return None
    reader = BitReader(subsections[0], "gpp", f"{name}[1]")
    if reader.read(2) != _GPC_TYPE:
        raise reader.refuse("unknown_subsection")
    if len(subsections) > 1:
        raise malformed("gpp", "gpc_twice", f"{name}[2]")
    return reader.flag()
