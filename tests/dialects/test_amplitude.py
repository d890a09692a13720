"""Amplitude: golden cases, and what a case cannot show."""

import pytest
from golden_cases import becomes, expected_of, names_of

from observer.dialects.amplitude import Amplitude
from observer.model import Event, Record, Undecodable

AMPLITUDE = Amplitude()


@pytest.mark.parametrize("name", names_of("amplitude"))
def test_golden_case(name: str) -> None:
    assert becomes(AMPLITUDE, name) == expected_of("amplitude", name)


def test_there_are_enough_golden_cases() -> None:
    assert len(names_of("amplitude")) >= 6


LIBRARIES = {
    "amplitude-ts/2.11.0": ("amplitude-ts", "2.11.0"),
    "@amplitude/analytics-node/1.3.6": ("@amplitude/analytics-node", "1.3.6"),
    "http": ("http", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("spelled", "read"), LIBRARIES.items(), ids=LIBRARIES)
def test_a_library_has_its_version_behind_the_last_slash(spelled: str, read: tuple[str, str]) -> None:
    value = f'{{"api_key":"k","events":[{{"event_type":"e","library":"{spelled}"}}]}}'.encode()
    (event,) = AMPLITUDE.decode(Record(value))
    assert isinstance(event, Event)
    assert (event.library, event.library_version) == read


WHOLE = {
    "no events": (b'{"api_key":"k"}', "empty_batch"),
    "an empty list": (b'{"api_key":"k","events":[]}', "empty_batch"),
    "not UTF-8": (b'{"api_key":"k","events":[{"event_type":"\xe9"}]}', "wrong_encoding"),
    "an array": (b"[1]", "not_an_object"),
}


@pytest.mark.parametrize(("value", "reason"), WHOLE.values(), ids=WHOLE)
def test_what_cannot_be_read_says_why(value: bytes, reason: str) -> None:
    (decoded,) = AMPLITUDE.decode(Record(value))
    assert isinstance(decoded, Undecodable)
    assert decoded.reason == reason
