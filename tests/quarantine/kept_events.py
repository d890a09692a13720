"""Kept events for the tests of the quarantine: good ones, to break one thing of."""

import json
from pathlib import Path

from observer.model import Finding, Kept, Verdict, ViolationKind

NOON = 1_714_564_800.0
"""2024-05-01 12:00 UTC."""
DAY = 86_400.0


def kept(
    number: int = 0,
    *,
    user_id: str = "",
    anonymous_id: str = "",
    message_id: str = "",
    observed: float | None = None,
    source: str = "web-shop",
    contract: str = "order-completed",
    verdict: Verdict = Verdict.INVALID,
    value: bytes | None = None,
    path: str = "/v1/batch",
    headers: dict[str, str] | None = None,
    index: int = 0,
) -> Kept:
    """Returns one kept event; `number` makes it differ from the others."""
    user_id = user_id or f"user-{number:06}"
    message_id = message_id or f"message-{number:06}"
    whole = {
        "type": "track",
        "event": "Order Completed",
        "userId": user_id,
        "messageId": message_id,
        "properties": {"total": "12,50", "order_id": f"A-{number}"},
    }
    return Kept(
        source=source,
        dialect="segment",
        verdict=verdict,
        contract=contract,
        reason="type_mismatch:$.total",
        findings=(
            Finding(
                ViolationKind.TYPE_MISMATCH, "type_mismatch:$.total", "$.properties.total", "number", "string"
            ),
        ),
        value=json.dumps(whole).encode() if value is None else value,
        headers={"content-type": "application/json"} if headers is None else headers,
        path=path,
        place=("http", number, 0),
        index=index,
        received=None if observed is None else observed - 1,
        timestamp=None,
        observed=NOON + number if observed is None else observed,
        digest="d" * 64,
        name="Order Completed",
        message_id=message_id,
        user_id=user_id,
        anonymous_id=anonymous_id or f"device-{number:06}",
    )


def undecodable(value: bytes, number: int = 0) -> Kept:
    """Returns one kept event that nobody could read."""
    finding = Finding(ViolationKind.UNDECODABLE, "decode:not_json", "$", "JSON", "text")
    return Kept(
        source="web-shop",
        dialect="segment",
        verdict=Verdict.UNDECODABLE,
        contract="_none",
        reason="not_json",
        findings=(finding,),
        value=value,
        headers={},
        path="/v1/batch",
        place=("http", number, 0),
        index=0,
        received=None,
        timestamp=None,
        observed=NOON + number,
        digest="d" * 64,
    )


def everything_in(folder: Path) -> bytes:
    """Returns all bytes that a thief of the folder could read: each file as it is, and each frame unpacked."""
    from observer.quarantine.segments import contents

    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.append(path.read_bytes())
            if path.parent.name == "segments":
                found += [frame.content() for frame in contents(path).scan.frames]
    return b"\n".join(found)
