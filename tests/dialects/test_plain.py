"""Plain JSON: golden cases, and paths that a source declares."""

import pytest
from golden_cases import becomes, expected_of, names_of

from observer.dialects.plain import PlainDialect, compile_plain
from observer.dialects.plain_paths import DEFAULTS
from observer.errors import CatalogError
from observer.model import Event, Record, Signal, Undecodable

PLAIN = PlainDialect(DEFAULTS)
PLACE = "schemas/sources/crm.yaml"


@pytest.mark.parametrize("name", names_of("plain"))
def test_golden_case(name: str) -> None:
    assert becomes(PLAIN, name) == expected_of("plain", name)


def test_there_are_enough_golden_cases() -> None:
    assert len(names_of("plain")) >= 6


def test_declared_paths_are_followed() -> None:
    dialect = compile_plain(
        PLACE,
        {
            "name": "$.meta.event",
            "payload": "$",
            "messageId": "$.meta.id",
            "created": "$.meta.at",
            "consent": "$.meta.consent",
            "library": "$.meta.client.name",
            "integrations": "$.meta.to",
        },
    )
    value = (
        b'{"meta":{"event":"Lead Scored","id":7,"at":1795341600,"consent":{"newsletter":true},'
        b'"client":{"name":"crm-sync"},"to":{"braze":true}},"score":72}'
    )
    (event,) = dialect.decode(Record(value))
    assert isinstance(event, Event)
    assert (event.kind, event.name, event.root) == ("event", "Lead Scored", "$")
    assert (bytes(event.payload), event.message_id, event.created) == (value, "7", 1795341600.0)
    assert event.signals == (Signal("plain", b'{"newsletter":true}'),)
    assert (event.library, event.integrations, event.problems) == ("crm-sync", b'{"braze":true}', ())


def test_a_path_through_something_else_finds_nothing() -> None:
    (event,) = compile_plain(PLACE, {"name": "$.a.b.c"}).decode(Record(b'{"a":{"b":[1]}}'))
    assert isinstance(event, Event)
    assert event.name == ""


def test_destinations_that_are_no_object_are_told() -> None:
    (event,) = compile_plain(PLACE, {"integrations": "$.to"}).decode(Record(b'{"to":"braze"}'))
    assert isinstance(event, Event)
    assert [str(found.rule) for found in event.problems] == ["envelope:$.to"]


def test_a_source_that_declares_nothing_has_the_default_fields() -> None:
    assert compile_plain(PLACE, {}).fields == PLAIN.fields


WRONG = {
    "an unknown field": (
        {"mesageId": "$.id"},
        "schemas/sources/crm.yaml: expected one of kind, name, payload, messageId, userId, anonymousId, created, sent, "
        "received, consent, integrations, library, libraryVersion, url, version, or a name that carries consent "
        "(docs/consent.md), got `mesageId` - at "
        "`$.fields.mesageId`. Did you mean `messageId`?",
    ),
    "no path": (
        {"kind": "type"},
        "schemas/sources/crm.yaml: expected a path such as `$.order.id`, got `type` - at `$.fields.kind`. "
        "Write `$` for the whole event and a dot before each name below it",
    ),
}


@pytest.mark.parametrize(("fields", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_declaration_is_refused(fields: dict[str, str], message: str) -> None:
    with pytest.raises(CatalogError) as error:
        compile_plain(PLACE, fields)
    assert str(error.value) == message


@pytest.mark.parametrize("path", ["", "$.", "$..a", "a.b", "$.a[0]", "$.*", "$ .a", "$.a b", "$.a\n"])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    with pytest.raises(CatalogError):
        compile_plain(PLACE, {"name": path})


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(CatalogError) as error:
        compile_plain(PLACE, {"kind": "type", "nom": "$.event"})
    assert [problem.path for problem in error.value.problems] == ["$.fields.kind", "$.fields.nom"]


WHOLE = {
    "a tombstone": (None, "tombstone"),
    "nothing": (b"", "empty"),
    "an empty array": (b"[]", "empty_batch"),
    "a number": (b"12", "not_an_object"),
    "an array cut off": (b'[{"type":"lead"},', "not_json"),
    "NaN": (b'{"type":"lead","properties":{"score":NaN}}', "not_json"),
}


@pytest.mark.parametrize(("value", "reason"), WHOLE.values(), ids=WHOLE)
def test_what_cannot_be_read_says_why(value: bytes | None, reason: str) -> None:
    (decoded,) = PLAIN.decode(Record(value))
    assert isinstance(decoded, Undecodable)
    assert decoded.reason == reason
