"""Golden cases: what the wire carries beside what becomes of it, in tests/cases/<dialect>/.

`<name>.json` is the body, `<name>.request.json` the path and headers where they matter, and
`<name>.expected.json` the events, without fields that are empty.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from observer.dialects import Dialect
from observer.model import Decoded, Record, Undecodable

CASES = Path(__file__).parents[1] / "cases"
_TIMES = {"created", "sent", "received"}
_DOCUMENTS = {"payload", "integrations"}


def names_of(dialect: str) -> list[str]:
    """Returns the names of the cases of a dialect."""
    suffix = ".expected.json"
    return sorted(file.name.removesuffix(suffix) for file in (CASES / dialect).glob(f"*{suffix}"))


def record_of(dialect: str, name: str) -> Record:
    """Returns what the wire carries in a case."""
    folder = CASES / dialect
    request = folder / f"{name}.request.json"
    wrapped = json.loads(request.read_text(encoding="utf-8")) if request.exists() else {}
    value = (folder / f"{name}.json").read_bytes().rstrip(b"\n")
    return Record(value, headers=wrapped.get("headers", {}), path=wrapped.get("path", ""))


def expected_of(dialect: str, name: str) -> Any:
    """Returns what a case says that becomes of it."""
    return json.loads((CASES / dialect / f"{name}.expected.json").read_text(encoding="utf-8"))


def shown(decoded: Decoded) -> dict[str, Any]:
    """Returns an event as a case writes it: without empty fields, bytes as JSON, moments as ISO 8601."""
    if isinstance(decoded, Undecodable):
        return {"undecodable": {**msgspec.structs.asdict(decoded)}}
    fields = {}
    for name, value in msgspec.structs.asdict(decoded).items():
        if value is None or not len(value if not isinstance(value, float) else "0"):
            continue
        fields[name] = _shown_field(name, value)
    return {"event": fields}


def _shown_field(name: str, value: Any) -> Any:
    if name in _TIMES:
        return datetime.fromtimestamp(value, UTC).isoformat(timespec="milliseconds")
    if name in _DOCUMENTS:
        return json.loads(bytes(value))
    if name == "signals":
        return [{"format": signal.format, "raw": json.loads(signal.raw)} for signal in value]
    if name == "problems":
        return [f"{found.kind} {found.rule}: expected {found.expected}, came {found.came}" for found in value]
    return json.loads(msgspec.json.encode(value))


def becomes(dialect: Dialect, name: str) -> list[dict[str, Any]]:
    """Returns what a dialect makes of a case, as a case writes it."""
    return [shown(one) for one in dialect.decode(record_of(dialect.name, name))]
