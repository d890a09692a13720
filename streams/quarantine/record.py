"""One kept event as one Kafka record, and back.

The value is the event whole, with its envelope; key and headers are the original record's. What was found stands in
headers behind them. A record that no topic takes is replaced by a description of itself.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import msgspec

from observer.errors import Problem, QuarantineError
from observer.messages import Words
from observer.model import Finding, Kept, Verdict
from streams.quarantine import headers as names

VERSION: Final = b"1"
MOST_FINDINGS_DESCRIBED: Final = 20
TOO_LARGE: Final = "too_large"

Header: TypeAlias = tuple[str, bytes | None]
"""A name may come more than once, and order counts."""


class Original(NamedTuple):
    """What the consumed record carried beside its value."""

    key: bytes | None = None
    headers: Sequence[Header] = ()


class QuarantineRecord(NamedTuple):
    """What is produced to the quarantine topic."""

    key: bytes | None
    value: bytes | None
    headers: list[Header]


class Quarantined(NamedTuple):
    """A quarantine record, read back.

    kept: the event, without the ids that stand in its value alone (name, message, user, anonymous);
    described: what stands there in the place of an event too large to be kept, else None: then `kept.value` is None.
    """

    kept: Kept
    identity: str
    original: Original
    described: Mapping[str, object] | None = None


def identity_of(kept: Kept) -> str:
    """Returns what tells an event from every other: `topic/partition/offset/index`."""
    topic, partition, offset = kept.place
    return f"{topic}/{partition}/{offset}/{kept.index}"


def quarantine_record(kept: Kept, original: Original | None = None) -> QuarantineRecord:
    """Returns the record of one event. original: of the record it came in; without it, `kept.headers` are kept."""
    if original is None:
        original = Original(None, [(name, _bytes(value)) for name, value in kept.headers.items()])
    return QuarantineRecord(original.key, kept.whole, _headers(kept, original.headers, kept.findings))


def described_record(kept: Kept, original: Original | None = None) -> QuarantineRecord:
    """Returns the record that stands for one too large to be written: where it is found and what was found.

    It carries neither key, headers nor path of the original: any of them can be what is too large. Their sizes in
    bytes are told, and the first 20 findings.
    """
    original = original or Original()
    sizes = [
        len(name.encode("utf-8", "surrogatepass")) + len(value or b"") for name, value in original.headers
    ]
    described = {
        "why": TOO_LARGE,
        "value_bytes": kept.whole_bytes,
        "key_bytes": len(original.key or b""),
        "headers": len(original.headers),
        "headers_bytes": sum(sizes),
        "findings": len(kept.findings),
    }
    small = msgspec.structs.replace(kept, headers={}, path="")
    found = _headers(small, (), kept.findings[:MOST_FINDINGS_DESCRIBED])
    return QuarantineRecord(
        None, json.dumps(described).encode(), [*found, (names.DESCRIBED, TOO_LARGE.encode())]
    )


def quarantined(place: str, key: bytes | None, value: bytes | None, headers: Sequence[Header]) -> Quarantined:
    """Returns what a quarantine record holds. place: of this record, for the error.

    Raises QuarantineError for a record that `quarantine_record` and `described_record` did not make.
    """
    try:
        return _quarantined(key, value, headers)
    except (KeyError, ValueError, RecursionError, msgspec.DecodeError):
        raise QuarantineError(
            Problem(place, Words("kafka_quarantine.expect_record"), Words("kafka_quarantine.got_record"))
        ) from None


def read_headers(headers: Sequence[Header]) -> dict[str, str]:
    """Returns the headers of a Kafka record by name in lower case; of several with one name, the last."""
    return {name.lower(): _text(value) for name, value in headers if value is not None}


def _headers(kept: Kept, before: Sequence[Header], findings: Sequence[Finding]) -> list[Header]:
    topic, partition, offset = _bytes(kept.place[0]), b"%d" % kept.place[1], b"%d" % kept.place[2]
    rule, message = _bytes(findings[0].rule if findings else kept.reason), _message(kept, findings)
    added: list[Header] = [
        (names.ORIGINAL, b"%d" % len(before)),
        (names.VERSION, VERSION),
        (names.SOURCE, _bytes(kept.source)),
        (names.DIALECT, _bytes(kept.dialect)),
        (names.VERDICT, kept.verdict.value.encode()),
        (names.CONTRACT, _bytes(kept.contract)),
        (names.REASON, _bytes(kept.reason)),
        (names.FINDINGS, json.dumps([msgspec.to_builtins(finding) for finding in findings]).encode()),
        (names.TOPIC, topic),
        (names.PARTITION, partition),
        (names.OFFSET, offset),
        (names.INDEX, b"%d" % kept.index),
        (names.IDENTITY, _bytes(identity_of(kept))),
        (names.DIGEST, _bytes(kept.digest)),
        (names.OBSERVED, repr(kept.observed).encode()),
        (names.CONNECT_TOPIC, topic),
        (names.CONNECT_PARTITION, partition),
        (names.CONNECT_OFFSET, offset),
        (names.CONNECT_NAME, names.CONNECTOR),
        (names.CONNECT_MESSAGE, message),
        (names.RULE_NAME, rule),
        (names.RULE_MODE, names.READ_MODE),
        (names.RULE_TOPIC, topic),
        (names.RULE_EXCEPTION, message),
    ]
    if kept.received is not None:
        added.append((names.RECEIVED, repr(kept.received).encode()))
    if kept.timestamp is not None:
        added.append((names.TIMESTAMP, repr(kept.timestamp).encode()))
    if kept.path:
        added.append((names.PATH, _bytes(kept.path)))
    if kept.headers != read_headers(before):
        added.append((names.READ_HEADERS, json.dumps(dict(kept.headers)).encode()))
    return [*before, *added]


def _message(kept: Kept, findings: Sequence[Finding]) -> bytes:
    """Returns the sentence under which other tools show the event: the rule, the place, what came."""
    if not findings:
        return _bytes(f"{kept.verdict.value}: {kept.reason}")
    first = findings[0]
    return _bytes(
        f"{kept.verdict.value}: {first.rule}: expected {first.expected}, got {first.came} - at `{first.path}`"
    )


def _quarantined(key: bytes | None, value: bytes | None, headers: Sequence[Header]) -> Quarantined:
    place, own = _own(headers)
    if own[names.VERSION] != VERSION:
        raise ValueError(names.VERSION)
    original = Original(key, list(headers[:place]))
    described = None
    if names.DESCRIBED in own:
        described = msgspec.json.decode(value or b"", type=dict[str, object])
        value = None
    read = own.get(names.READ_HEADERS)
    kept = Kept(
        source=_text(own[names.SOURCE]),
        dialect=_text(own[names.DIALECT]),
        verdict=Verdict(_text(own[names.VERDICT])),
        contract=_text(own[names.CONTRACT]),
        reason=_text(own[names.REASON]),
        findings=msgspec.convert(json.loads(own[names.FINDINGS]), tuple[Finding, ...]),
        value=value,
        headers=read_headers(original.headers)
        if read is None
        else msgspec.convert(json.loads(read), dict[str, str]),
        path=_text(own.get(names.PATH, b"")),
        place=(_text(own[names.TOPIC]), int(own[names.PARTITION]), int(own[names.OFFSET])),
        index=int(own[names.INDEX]),
        received=_number(own.get(names.RECEIVED)),
        timestamp=_number(own.get(names.TIMESTAMP)),
        observed=float(own[names.OBSERVED]),
        digest=_text(own[names.DIGEST]),
    )
    return Quarantined(kept, _text(own[names.IDENTITY]), original, described)


def _own(headers: Sequence[Header]) -> tuple[int, dict[str, bytes]]:
    """Returns where our headers begin, and ours by name.

    The original may itself come from a quarantine: of several marks, the one that counts what stands before it and
    has the others before it is ours, so the last.
    """
    for place in range(len(headers) - 1, -1, -1):
        name, value = headers[place]
        if name == names.ORIGINAL and value is not None and int(value) == place:
            return place, {name: value for name, value in headers[place:] if value is not None}
    raise KeyError(names.ORIGINAL)


def _number(value: bytes | None) -> float | None:
    return None if value is None else float(value)


def _bytes(text: str) -> bytes:
    # A header with wild bytes was read with those escaped, and comes back as it was.
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogateescape")
