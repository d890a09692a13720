"""A contract → an Iglu self-describing schema, and a Segment tracking-plan rule."""

import re
from typing import Any, Final

from observer.contracts.exporting.json_schema import PROPERTY_KEYS, payload_schema
from observer.contracts.exporting.older_drafts import DRAFT_4, DRAFT_7, older
from observer.contracts.exporting.subject import Carried, Subject, tell_left_out
from observer.contracts.importing.losses import Losses
from observer.errors import InputError, Problem
from observer.messages import Words

_IGLU_DRAFT: Final = "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#"
_SEGMENT_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_VERSION: Final = re.compile(r"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?")
_VENDOR: Final = re.compile(r"[A-Za-z0-9-_.]+")
_PARTS: Final = {
    "track": "properties",
    "page": "properties",
    "screen": "properties",
    "identify": "traits",
    "group": "traits",
}
_CARRIED: Final = Carried(
    root=frozenset({"name", "description", "version"}),
    schema=frozenset({"description"}),
    properties=PROPERTY_KEYS,
    customs=frozenset({"martechClosed", "martechMatch"}),
)


def iglu(subject: Subject, vendor: str, losses: Losses) -> dict[str, Any]:
    """Returns the self-describing schema of the payload (draft 4, as Iglu asks).

    Vendor and name are those of the self-describing event that the contract claims, else `vendor` and its id. Raises
    InputError where neither the contract nor the caller knows a vendor.
    """
    tell_left_out(subject, _CARRIED, losses)
    claimed = [match.name.split("/") for match in subject.signed.matches if match.kind == "unstruct"]
    known = next((parts for parts in claimed if len(parts) == 2), None)
    name = known[1] if known else subject.signed.id.replace("-", "_")
    vendor = vendor or (known[0] if known else "")
    if not _VENDOR.fullmatch(vendor):
        mend = Words("exchange.mend.vendor")
        raise InputError(
            Problem(subject.place, Words("exchange.expected.vendor"), Words("exchange.got.none"), mend=mend)
        )
    if known is None:
        losses.add(("customProperties",), "match", form="Iglu")
    own = {
        "vendor": vendor,
        "name": name,
        "format": "jsonschema",
        "version": _schema_version(subject, losses),
    }
    schema = older(payload_schema(subject, losses), DRAFT_4, (), losses)
    return {"$schema": _IGLU_DRAFT, **subject.described, "self": own, **schema}


def segment(subject: Subject, losses: Losses) -> dict[str, Any]:
    """Returns a tracking plan with a rule for each Segment call that the contract claims."""
    tell_left_out(subject, _CARRIED, losses)
    claimed = [(match.kind, match.name) for match in subject.signed.matches if match.kind in _PARTS]
    if not claimed:
        losses.add(("customProperties",), "match", form="Segment")
        claimed = [("track", subject.signed.title)]
    payload = older(payload_schema(subject, losses), DRAFT_7, (), losses)
    version = _VERSION.match(subject.signed.version)
    rules = [
        {
            "type": kind.upper(),
            **({"key": name} if name else {}),
            "version": max(1, int(version[1])) if version else 1,
            "jsonSchema": _message(subject, _PARTS[kind], payload),
        }
        for kind, name in dict.fromkeys(claimed)
    ]
    return {"name": subject.signed.title, "rules": rules}


def _message(subject: Subject, part: str, payload: dict[str, Any]) -> dict[str, Any]:
    needed = {"required": [part]} if payload.get("required") else {}
    return {
        "$schema": _SEGMENT_DRAFT,
        **subject.described,
        "type": "object",
        "properties": {part: payload},
        **needed,
    }


def _schema_version(subject: Subject, losses: Losses) -> str:
    """Returns the version as SchemaVer. Its MODEL begins at 1: what stands below is told."""
    found = _VERSION.fullmatch(subject.signed.version)
    if found is None or int(found[1]) == 0:
        losses.add(("version",), "schema_version")
    if found is None:
        return "1-0-0"
    return f"{max(1, int(found[1]))}-{int(found[2] or 0)}-{int(found[3] or 0)}"
