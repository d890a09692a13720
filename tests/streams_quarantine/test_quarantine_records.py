"""Kept events as Kafka records: nothing of the original is lost, nothing personal stands in our headers."""

from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observer.errors import QuarantineError
from observer.model import Envelope, Finding, Kept, Verdict, ViolationKind
from streams.quarantine import Header, Original, described_record, quarantine_record, quarantined
from streams.quarantine.record import read_headers

PERSON = "jeanne.martin@courriel.example"
KEPT = Kept(
    source="web-shop",
    dialect="segment",
    verdict=Verdict.INVALID,
    contract="order-completed",
    reason="type_mismatch:$.total",
    findings=(
        Finding(
            ViolationKind.TYPE_MISMATCH, "type_mismatch:$.total", "$.properties.total", "number", "string"
        ),
    ),
    value=b'{"type":"track","userId":"' + PERSON.encode() + b'"}',
    headers={},
    path="",
    place=("web", 3, 41),
    index=2,
    received=None,
    timestamp=1_714_564_800.25,
    observed=1_714_564_801.5,
    digest="d" * 64,
    name=f"Order of {PERSON}",
    message_id=f"m-{PERSON}",
    user_id=PERSON,
    anonymous_id=PERSON,
)

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_wild = st.text(max_size=8)
_moment = st.none() | st.floats(allow_nan=False, allow_infinity=False)
_header_names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["martech.original.headers", "martech.verdict", "martech.described", "__rule.name", "Content-Type"]
)
_headers = st.lists(st.tuples(_header_names, st.none() | st.binary(max_size=8)), max_size=5)
_originals = st.builds(Original, st.none() | st.binary(max_size=12), _headers)
_findings = st.builds(Finding, st.sampled_from(ViolationKind), _wild, _wild, _wild, _wild)
_envelopes = st.none() | st.builds(Envelope, st.binary(max_size=8), st.binary(max_size=8))
_kept = st.builds(
    Kept,
    source=_text,
    dialect=_text,
    verdict=st.sampled_from(Verdict),
    contract=_text,
    reason=_text,
    findings=st.lists(_findings, max_size=3).map(tuple),
    value=st.none() | st.binary(max_size=40),
    headers=st.dictionaries(_wild, _wild, max_size=3),
    path=_text,
    place=st.tuples(_text, st.integers(0, 9), st.integers(0, 2**62)),
    index=st.integers(0, 9),
    received=_moment,
    timestamp=_moment,
    observed=st.floats(allow_nan=False, allow_infinity=False),
    digest=_text,
    envelope=_envelopes,
)


@given(kept=_kept, original=_originals)
def test_a_record_gives_the_event_and_its_original_back(kept: Kept, original: Original) -> None:
    written = quarantine_record(kept, original)
    read = quarantined("quarantine/0/0", *written)
    assert read.kept == msgspec.structs.replace(kept, value=kept.whole, envelope=None)
    assert (read.original, written.value, read.described) == (original, kept.whole, None)


@given(kept=_kept)
def test_without_an_original_the_headers_that_were_read_are_kept(kept: Kept) -> None:
    read = quarantined("quarantine/0/0", *quarantine_record(kept))
    assert read.kept.headers == kept.headers


@given(kept=_kept, original=_originals)
def test_a_kept_record_that_is_refused_again_is_read_as_the_last_that_refused_it(
    kept: Kept, original: Original
) -> None:
    first = quarantine_record(kept, original)
    again = msgspec.structs.replace(KEPT, headers=read_headers(first.headers), value=first.value)
    read = quarantined("quarantine/0/0", *quarantine_record(again, Original(first.key, first.headers)))
    assert read.kept.place == KEPT.place
    assert read.original.headers == first.headers


@given(headers=_headers)
def test_headers_of_anything_else_are_refused_and_never_crash(headers: list[Header]) -> None:
    with pytest.raises(QuarantineError):
        quarantined(
            "quarantine/0/0", None, b"{}", [header for header in headers if "original" not in header[0]]
        )


def test_each_header_says_what_its_reader_looks_for() -> None:
    headers = dict(quarantine_record(KEPT, Original(b"key", [("traceparent", b"00-1")])).headers)
    assert {name: value for name, value in headers.items() if name != "martech.findings"} == {
        "traceparent": b"00-1",
        "martech.original.headers": b"1",
        "martech.version": b"1",
        "martech.source": b"web-shop",
        "martech.dialect": b"segment",
        "martech.verdict": b"invalid",
        "martech.contract": b"order-completed",
        "martech.reason": b"type_mismatch:$.total",
        "martech.topic": b"web",
        "martech.partition": b"3",
        "martech.offset": b"41",
        "martech.index": b"2",
        "martech.identity": b"web/3/41/2",
        "martech.digest": b"d" * 64,
        "martech.observed": b"1714564801.5",
        "martech.timestamp": b"1714564800.25",
        "martech.headers": b"{}",
        "__connect.errors.topic": b"web",
        "__connect.errors.partition": b"3",
        "__connect.errors.offset": b"41",
        "__connect.errors.connector.name": b"martech-observer",
        "__connect.errors.exception.message": b"invalid: type_mismatch:$.total: expected number, got string"
        b" - at `$.properties.total`",
        "__rule.name": b"type_mismatch:$.total",
        "__rule.mode": b"READ",
        "__rule.topic": b"web",
        "__rule.exception": b"invalid: type_mismatch:$.total: expected number, got string"
        b" - at `$.properties.total`",
    }


@dataclass
class Large:
    """An event of which one part is too large for any topic."""

    kept: Kept
    original: Original


LARGE = {
    "its value": Large(msgspec.structs.replace(KEPT, value=b"x" * 5_000_000), Original()),
    "its key": Large(KEPT, Original(b"k" * 5_000_000)),
    "its headers": Large(KEPT, Original(None, [("h", b"h" * 5_000_000)])),
    "its path": Large(msgspec.structs.replace(KEPT, path="/" * 5_000_000), Original()),
    "its findings": Large(msgspec.structs.replace(KEPT, findings=KEPT.findings * 50_000), Original()),
}


@pytest.mark.parametrize("large", LARGE.values(), ids=LARGE)
def test_a_record_too_large_becomes_a_small_description_of_itself(large: Large) -> None:
    written = described_record(large.kept, large.original)
    assert sum(len(value or b"") for _, value in written.headers) + len(written.value or b"") < 8_000
    read = quarantined("quarantine/0/0", *written)
    assert (read.identity, read.kept.verdict, read.kept.value) == ("web/3/41/2", Verdict.INVALID, None)
    assert read.described == {
        "why": "too_large",
        "value_bytes": large.kept.whole_bytes,
        "key_bytes": len(large.original.key or b""),
        "headers": len(large.original.headers),
        "headers_bytes": sum(len(name) + len(value or b"") for name, value in large.original.headers),
        "findings": len(large.kept.findings),
    }


def test_no_id_of_a_person_stands_in_a_header() -> None:
    for written in (quarantine_record(KEPT), described_record(KEPT)):
        assert PERSON.encode() not in b"".join(value or b"" for _, value in written.headers)
