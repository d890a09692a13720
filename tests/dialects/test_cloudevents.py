"""CloudEvents: golden cases, and what a case cannot show."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from golden_cases import becomes, expected_of, names_of

from observer.dialects.cloudevents import CloudEvents
from observer.model import Event, Record, Undecodable

CLOUDEVENTS = CloudEvents()
GOOD = {"specversion": "1.0", "id": "1", "source": "https://tills.maison-lumiere.example", "type": "receipt"}
HEADERS = {"ce-specversion": "1.0", "ce-id": "1", "ce-source": "/tills", "ce-type": "receipt"}


def event(**changes: Any) -> bytes:
    return msgspec.json.encode(GOOD | changes)


def reason_or_event(value: bytes | None, headers: Mapping[str, str] = {}) -> Event | str:
    (decoded,) = CLOUDEVENTS.decode(Record(value, headers=headers))
    return decoded.reason if isinstance(decoded, Undecodable) else decoded


@pytest.mark.parametrize("name", names_of("cloudevents"))
def test_golden_case(name: str) -> None:
    assert becomes(CLOUDEVENTS, name) == expected_of("cloudevents", name)


def test_there_are_enough_golden_cases() -> None:
    assert len(names_of("cloudevents")) >= 6


BAD: dict[str, tuple[bytes | None, dict[str, str], str]] = {
    "a tombstone": (None, {}, "tombstone"),
    "a tombstone with headers": (None, HEADERS, "tombstone"),
    "nothing": (b"", {}, "empty"),
    "no specversion": (event(specversion=None), {}, "not_cloudevents"),
    "an older edition": (event(specversion="0.3"), {}, "unsupported_format"),
    "no type": (event(type=""), {}, "no_type"),
    "an empty batch": (b"[]", {"content-type": "application/cloudevents-batch+json"}, "empty_batch"),
    "Avro": (b"\x00\x01", {"content-type": "application/cloudevents+avro"}, "unsupported_format"),
    "a batch cut off": (b"[" + event() + b",", {}, "not_json"),
    "binary data that is not JSON": (b"<receipt/>", HEADERS, "data_not_json"),
    "base64 with a letter of another script": (event(data_base64="é"), {}, "bad_base64"),
    "a text": (b'"receipt"', {}, "not_an_object"),
}


@pytest.mark.parametrize(("value", "headers", "reason"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_says_why(value: bytes | None, headers: dict[str, str], reason: str) -> None:
    assert reason_or_event(value, headers) == reason


VERSIONS = {
    "https://schemas.maison-lumiere.example/receipt/1.2.0": "1.2.0",
    "https://schemas.maison-lumiere.example/receipt/v2": "2",
    "https://schemas.maison-lumiere.example/receipt/1.2.0.json": "1.2.0",
    "iglu:example.maison-lumiere/receipt/jsonschema/1-0-2": "1-0-2",
    "https://schemas.maison-lumiere.example/2026/receipt": "",
    "": "",
}


@pytest.mark.parametrize(("schema", "version"), VERSIONS.items(), ids=VERSIONS)
def test_the_version_ends_the_schema(schema: str, version: str) -> None:
    decoded = reason_or_event(event(dataschema=schema))
    assert isinstance(decoded, Event)
    assert decoded.version == version


def test_a_wrong_content_type_does_not_matter() -> None:
    decoded = reason_or_event(event(data={"a": 1}), {"content-type": "text/plain"})
    assert isinstance(decoded, Event)
    assert bytes(decoded.payload) == b'{"a":1}'


def test_a_text_is_json_where_no_content_type_says_otherwise() -> None:
    decoded = reason_or_event(event(data="hello"))
    assert isinstance(decoded, Event)
    assert bytes(decoded.payload) == b'"hello"'


def test_http_headers_are_percent_decoded_and_kafka_headers_are_not() -> None:
    over_http = reason_or_event(b"{}", HEADERS | {"ce-type": "re%C3%A7u"})
    over_kafka = reason_or_event(
        b"{}", {name.replace("-", "_"): v for name, v in HEADERS.items()} | {"ce_type": "a%20b"}
    )
    assert isinstance(over_http, Event) and isinstance(over_kafka, Event)
    assert (over_http.name, over_kafka.name) == ("reçu", "a%20b")


def test_headers_that_are_no_text_are_survived() -> None:
    assert isinstance(reason_or_event(b"{}", HEADERS | {"ce-subject": "\udcff"}), Event)


def test_binary_mode_without_data_has_an_empty_payload() -> None:
    decoded = reason_or_event(b"", HEADERS)
    assert isinstance(decoded, Event)
    assert bytes(decoded.payload) == b"{}"


def test_alone_of_a_batch_is_a_batch_of_one() -> None:
    batch = Record(b"[" + event() + b", " + event(id="2") + b"]")
    assert CLOUDEVENTS.alone(batch, 1) == b"[" + event(id="2") + b"]"


def test_alone_in_binary_mode_is_the_data_even_where_that_is_an_array() -> None:
    assert CLOUDEVENTS.alone(Record(b"[1,2]", headers=HEADERS), 0) == b"[1,2]"


def test_data_that_is_null_leaves_the_word_to_base64() -> None:
    decoded = reason_or_event(event(data=None, data_base64="e30="))
    assert isinstance(decoded, Event)
    assert (decoded.root, decoded.problems) == ("$.data_base64", ())
