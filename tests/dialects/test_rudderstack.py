"""RudderStack: golden cases, and what a case cannot show."""

import json
from typing import Any

import msgspec
import pytest
from golden_cases import becomes, expected_of, names_of

from observer.dialects.pixel import call_of
from observer.dialects.rudderstack import RudderStack
from observer.model import Event, Record, Undecodable

RUDDERSTACK = RudderStack()


def one(value: bytes, path: str = "") -> Event:
    (decoded,) = RUDDERSTACK.decode(Record(value, path=path))
    assert isinstance(decoded, Event)
    return decoded


@pytest.mark.parametrize("name", names_of("rudderstack"))
def test_golden_case(name: str) -> None:
    assert becomes(RUDDERSTACK, name) == expected_of("rudderstack", name)


def test_there_are_enough_golden_cases() -> None:
    assert len(names_of("rudderstack")) >= 6


def test_segment_consent_is_none_of_rudderstack() -> None:
    value = b'{"type":"track","event":"e","context":{"consent":{"categoryPreferences":{"a":true}}}}'
    assert one(value).signals == ()


ERRORS: dict[str, tuple[Any, list[str]]] = {
    "none": ([], []),
    "null": (None, []),
    "known": (
        [{"type": "Required-Missing"}, {"type": "Unplanned-Event"}],
        ["Required-Missing", "Unplanned-Event"],
    ),
    "unknown": ([{"type": "camille"}, {}], ["_other", "_other"]),
    "of another kind": ("broken", ["_other"]),
}


@pytest.mark.parametrize(("errors", "reasons"), ERRORS.values(), ids=ERRORS)
def test_violation_errors(errors: Any, reasons: list[str]) -> None:
    value = msgspec.json.encode({"type": "track", "event": "e", "context": {"violationErrors": errors}})
    assert one(value).upstream == tuple(("rudderstack", reason) for reason in reasons)


PIXEL = (
    "/pixel/v1/track?writeKey=a-secret&anonymousId=a-1&event=Newsletter%20Opened&properties.campaign=automne"
    "&properties.link.position=2&context.library.name=mail&context.page.url=https%3A%2F%2Fmail.maison-lumiere.example%2F"
)


def test_a_pixel_carries_its_event_in_the_query() -> None:
    event = one(b"", PIXEL)
    assert (event.kind, event.name, event.anonymous_id) == ("track", "Newsletter Opened", "a-1")
    assert json.loads(bytes(event.payload)) == {"campaign": "automne", "link": {"position": "2"}}
    assert (event.library, event.url) == ("mail", "https://mail.maison-lumiere.example/")


def test_a_pixel_names_its_call_by_its_path() -> None:
    event = one(b"", "/pixel/v1/page?name=Accueil&userId=12")
    assert (event.kind, event.name, event.user_id) == ("page", "Accueil", "12")


def test_a_pixel_alone_is_decoded_again_from_its_path() -> None:
    record = Record(b"", path=PIXEL)
    assert RUDDERSTACK.decode(Record(RUDDERSTACK.alone(record, 0), path=PIXEL)) == RUDDERSTACK.decode(record)


BAD_PIXELS = {
    "no event": ("/pixel/v1/track?anonymousId=a-1", "no_name"),
    "no query": ("/pixel/v1/track", "no_name"),
    "a query without end": ("/pixel/v1/track?" + "a=1&" * 2000, "unsupported_format"),
    "a name nested without end": ("/pixel/v1/track?" + "a." * 2000 + "a=1", "unsupported_format"),
}


@pytest.mark.parametrize(("path", "reason"), BAD_PIXELS.values(), ids=BAD_PIXELS)
def test_a_bad_pixel_says_why(path: str, reason: str) -> None:
    (decoded,) = RUDDERSTACK.decode(Record(b"", path=path))
    assert isinstance(decoded, Undecodable)
    assert decoded.reason == reason


def test_of_a_parameter_and_one_below_it_the_later_one_counts() -> None:
    event = one(b"", "/pixel/v1/track?event=e&properties=no&properties.a=1")
    assert json.loads(bytes(event.payload)) == {"a": "1"}


def test_an_empty_body_elsewhere_is_empty() -> None:
    assert RUDDERSTACK.decode(Record(b"", path="/v1/track?event=e")) == [
        Undecodable("empty", "$", "JSON", "nothing")
    ]


def test_a_pixel_leaves_its_write_key_behind() -> None:
    call = call_of(PIXEL)
    assert call is not None and b"a-secret" not in call
