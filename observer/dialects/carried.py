"""Consent that stands beside the places of a wire format's own: in a request's query and headers, in a page's address,
and under the names that consent platforms and IAB Tech Lab gave to cookies, parameters and store entries.

The name chooses the format. A request's query was written by the tag that sent it; a page's address may have been
written by anybody, so what stands there is told apart (`page_url`). Cookies of the request itself are never read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import unquote

import msgspec
from msgspec import Raw

from observer.dialects.documents import READ_ERRORS, WHITESPACE
from observer.model import Decoded, Event, Record, Signal

FORMATS: Final[Mapping[str, str]] = {
    "OptanonConsent": "onetrust",
    "OnetrustActiveGroups": "onetrust_groups",
    "OptanonActiveGroups": "onetrust_groups",
    "didomi_token": "didomi_token",
    "didomi_dcs": "didomi_dcs",
    "TC_PRIVACY": "commanders_act",
    "axeptio_cookies": "axeptio",
    "axeptio_authorized_vendors": "axeptio_vendors",
    "euconsent-v2": "tcf",
    "eupubconsent-v2": "tcf",
    "IABTCF_TCString": "tcf",
    "gdpr_consent": "tcf",
    "gdpr": "gdpr",
    "IABTCF_gdprApplies": "gdpr",
    "OTGPPConsent": "gpp",
    "IABGPP_HDR_GppString": "gpp",
    "gpp": "gpp",
    "usprivacy": "us_privacy",
    "us_privacy": "us_privacy",
    "IABUSPrivacy_String": "us_privacy",
    "addtl_consent": "google_ac",
    "IABTCF_AddtlConsent": "google_ac",
    "gcs": "gcs",
    "gcd": "gcd",
    "asc": "uet",
    "gpc": "gpc",
}
"""Name -> format of the signal."""

CATEGORIES: Final = "consent"
"""The name of a plain map of categories."""
SECTIONS: Final[Mapping[str, str]] = {"gpp_sid": "gpp", "IABGPP_GppSID": "IABGPP_HDR_GppString"}
"""What names the sections in force -> the GPP string whose they are; both are one signal."""
BID_REQUEST: Final = ("regs", "user")
"""The objects of OpenRTB that hold consent; both are one signal."""
NAMES: Final = frozenset({*FORMATS, *SECTIONS, *BID_REQUEST, CATEGORIES})
"""Every name that an event's payload may be declared to carry consent under."""

AROUND: Final = "consent parameters of the request's query and of the page's address; the header `Sec-GPC`"
"""What every dialect reads, for the docs."""
GPC_HEADER: Final = "sec-gpc"
_PARAMETERS: Final = (
    "gdpr",
    "gdpr_consent",
    "gpp",
    "gpp_sid",
    "us_privacy",
    "addtl_consent",
    "gcs",
    "gcd",
    "asc",
)
_PARAMETER: Final = re.compile(rf"[?&#;]({'|'.join(_PARAMETERS)})=([^&#;]*)", re.ASCII)
_MOST: Final = 16
"""Parameters that are read of one address. Beyond them it says nothing that anybody could judge."""
_TOO_MANY: Final = Signal("too_many", b"")
_TEXT: Final = msgspec.json.Decoder(str)
_NOTHING: Final = frozenset({b"", b"null", b'""', b"{}"})


def of_request(record: Record) -> tuple[Signal, ...]:
    """Returns what the query and the header `Sec-GPC` of a request say of each of its events."""
    found: tuple[Signal, ...] = ()
    if record.headers and GPC_HEADER in record.headers:
        found = (Signal("gpc", record.headers[GPC_HEADER].encode("utf-8", "replace")),)
    if "?" in record.path:
        parameters = _PARAMETER.findall(record.path, record.path.index("?"))
        if parameters:
            found += _told(parameters)
    return found


def of_page(url: str) -> tuple[Signal, ...]:
    """Returns what the address of a page says, its fragment included, as one signal by parameter."""
    if "=" not in url:
        return ()
    parameters = _PARAMETER.findall(url)
    if not parameters:
        return ()
    if len(parameters) > _MOST:
        return (_TOO_MANY,)
    return tuple(
        Signal("page_url", msgspec.json.encode(group))
        for group in _grouped(parameters)
        if any(group.values())
    )


def of_members(members: Mapping[str, Raw]) -> tuple[Signal, ...]:
    """Returns what members of a JSON object say whose names are of NAMES; other names are passed over."""
    found: list[Signal] = []
    for sections, string in SECTIONS.items():
        if _is_there(members, sections) and _is_there(members, string):
            pair = {string: members[string], sections: _as_text(members[sections])}
            found.append(Signal("keyed", msgspec.json.encode(pair)))
            members = {name: raw for name, raw in members.items() if name != string}
    found += [
        Signal(FORMATS[name], _bare(raw))
        for name, raw in members.items()
        if name in FORMATS and _is_there(members, name)
    ]
    if _is_there(members, CATEGORIES):
        found.append(Signal("plain", bytes(members[CATEGORIES])))
    request = {name: members[name] for name in BID_REQUEST if _is_there(members, name)}
    if request:
        found.append(Signal("openrtb", msgspec.json.encode(request)))
    return tuple(found)


def with_request(decoded: Sequence[Decoded], record: Record) -> Sequence[Decoded]:
    """Returns the events of a request, each with what the request says beside it."""
    around = of_request(record)
    if not around:
        return decoded
    return [
        msgspec.structs.replace(one, signals=one.signals + around) if isinstance(one, Event) else one
        for one in decoded
    ]


def _told(parameters: list[tuple[str, str]]) -> tuple[Signal, ...]:
    if len(parameters) > _MOST:
        return (_TOO_MANY,)
    return tuple(
        signal
        for group in _grouped(parameters)
        for signal in of_members({name: Raw(msgspec.json.encode(value)) for name, value in group.items()})
    )


def _grouped(parameters: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Returns the parameters by name; one that stands again begins another group, so that each value is read."""
    groups: list[dict[str, str]] = [{}]
    for name, value in parameters:
        group = next((group for group in groups if name not in group), None)
        if group is None:
            group = {}
            groups.append(group)
        group[name] = unquote(value).encode("utf-8", "replace").decode()
    return groups


def _is_there(members: Mapping[str, Raw], name: str) -> bool:
    return name in members and bytes(members[name]).translate(None, WHITESPACE) not in _NOTHING


def _as_text(raw: Raw) -> str:
    return _bare(raw).decode("utf-8", "replace").strip("[]")


def _bare(raw: Raw) -> bytes:
    """Returns the text of a JSON string, or the JSON of anything else."""
    try:
        return _TEXT.decode(raw).encode("utf-8", "surrogatepass")
    except READ_ERRORS:
        return bytes(raw)
