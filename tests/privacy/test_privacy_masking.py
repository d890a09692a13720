"""Masked documents and paths hold no value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observer.privacy import ENVELOPE_NAMES, Json, mask_document, mask_path, mask_value

VALUES = {
    "a short text": (mask_value("string", "Lampe"), "‹string, ≤ 8›"),
    "no text": (mask_value("string", ""), "‹string, empty›"),
    "one character": (mask_value("string", "L"), "‹string, ≤ 1›"),
    "exactly a power of two": (mask_value("string", "x" * 32), "‹string, ≤ 32›"),
    "one more": (mask_value("string", "x" * 33), "‹string, ≤ 64›"),
    "another kind": (mask_value("email", "jeanne@maison.example"), "‹email, ≤ 32›"),
}


@pytest.mark.parametrize(("masked", "shown"), VALUES.values(), ids=VALUES)
def test_a_value_becomes_kind_and_length_class(masked: str, shown: str) -> None:
    assert masked == shown


KNOWN = ENVELOPE_NAMES | {"email", "total", "items"}
DOCUMENTS: dict[str, tuple[Json, Json]] = {
    "booleans and null stay": ([True, False, None], [True, False, None]),
    "numbers are hidden": ([1, -2.5, 10**30], ["‹number›"] * 3),
    "a text": ("Lampe opale", "‹string, ≤ 16›"),
    "a text of a known kind": ({"email": "jeanne@maison.example"}, {"email": "‹email, ≤ 32›"}),
    "a long text is not searched": ("jeanne@maison.example " * 30, "‹string, ≤ 1024›"),
    "known names stay": ({"type": "track", "total": 3}, {"type": "‹string, ≤ 8›", "total": "‹number›"}),
    "an unknown name": ({"jeanne@maison.example": True}, {"*": True}),
    "several unknown names": (
        {"a": 1, "total": 2, "b": 3},
        {"*": "‹number›", "total": "‹number›", "*2": "‹number›"},
    ),
    "nested": (
        {"properties": {"items": [{"owner": {"email": "x"}}]}},
        {"properties": {"items": [{"*": {"email": "‹string, ≤ 1›"}}]}},
    ),
    "empty containers": ({"items": [], "context": {}}, {"items": [], "context": {}}),
}


@pytest.mark.parametrize(("given", "masked"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_keeps_its_shape_alone(given: Json, masked: Json) -> None:
    assert mask_document(given, KNOWN) == masked


# Forty kinds of personal value, each as it comes in a tracking event.
PLANTED: dict[str, str | int | float] = {
    "first name": "Jeanne-Aurélie",
    "last name": "Vaucanson",
    "full name in capitals": "JEANNE VAUCANSON",
    "e-mail": "jeanne.vaucanson@maison.example",
    "e-mail, encoded": "jeanne.vaucanson%40maison.example",
    "e-mail hash": "5f4dcc3b5aa765d61d8327deb882cf99a1b2c3d4",
    "mobile number": "06 39 98 12 34",
    "mobile number, international": "+33639981234",
    "mobile number, as a number": 33639981234,
    "fixed line": "01.99.00.12.34",
    "street address": "12 rue des Bouleaux",
    "postcode": "75011",
    "town": "Saint-Aubin-sur-Lampe",
    "birthday": "1984-05-17",
    "birthday, in words": "17 mai 1984",
    "age": 42,
    "gender": "féminin",
    "social security number": "2 84 05 88 123 456 12",
    "card number": "4111 1111 1111 1111",
    "card number, as a number": 4111111111111111,
    "IBAN": "FR76 3000 6000 0112 3456 7890 189",
    "IPv4 address": "192.0.2.44",
    "IPv6 address": "2001:db8::8a2e:370:7334",
    "latitude": 48.856613,
    "position": "48.856613, 2.352222",
    "MAC address": "00:53:00:1a:2b:3c",
    "advertising id": "6D92078A-8246-4BA4-AE5B-76104861E7DC",
    "push token": "740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad",
    "cookie": "_ga=GA1.2.1234567890.1700000000",
    "session id": "sess-1784-abc",
    "user id": "client-00081734",
    "loyalty card": "ML-2023-4471-9902",
    "order number": "CMD-889123",
    "password": "hunter2-lampe",
    "user agent": "Mozilla/5.0 (Linux; Android 14; Maison Phone 3)",
    "page address": "https://www.maison-lumiere.example/compte/jeanne-vaucanson?mail=j@v.example",
    "search words": "lampe pour chambre de Jeanne",
    "free text": "Merci de livrer chez ma voisine, Mme Tournesol",
    "health": "allergique au nickel",
    "number plate": "AB-123-CD",
    "passport number": "24XX81734",
    "name of a picture": "photo-jeanne-plage.jpg",
}


def test_forty_kinds_are_planted() -> None:
    assert len(PLANTED) >= 40


@pytest.mark.parametrize("value", PLANTED.values(), ids=PLANTED)
def test_no_personal_value_survives_as_value_or_as_name(value: str | int | float) -> None:
    document: Json = {
        "type": "identify",
        "traits": {"name": value, "list": [value, {"deep": [value]}], str(value): {"city": value}},
        str(value): value,
    }
    shown = json.dumps(mask_document(document), ensure_ascii=False)
    assert str(value) not in shown
    for word in str(value).split():
        assert len(word) < 4 or word not in shown


@pytest.mark.parametrize("value", PLANTED.values(), ids=PLANTED)
def test_no_personal_value_survives_in_a_path(value: str | int | float) -> None:
    for path in (
        f"$.traits.{value}",
        f"$.traits['{value}'].city",
        f'$.batch[0]["{value}"]',
        f"$.a[x{value}]",
    ):
        shown = mask_path(path, ENVELOPE_NAMES)
        assert str(value) not in shown


@pytest.mark.parametrize(("as_list", "end"), [(True, "‹array›"), (False, "‹object›")])
def test_a_thousand_levels_do_not_exhaust_the_stack(as_list: bool, end: str) -> None:
    deep: Json = "Jeanne"
    for _ in range(1000):
        deep = [deep] if as_list else {"data": deep}
    shown = json.dumps(mask_document(deep), ensure_ascii=False)
    assert end in shown
    assert shown.count("[") + shown.count("{") == 64


def test_what_json_cannot_hold_is_hidden() -> None:
    given: Json = {"data": b"Jeanne", "time": {1, 2}}  # type: ignore[dict-item]
    assert mask_document(given) == {"data": "‹unknown›", "time": "‹unknown›"}


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
DOCUMENT = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def shape(value: Json) -> object:
    if isinstance(value, list):
        return [shape(item) for item in value]
    if isinstance(value, dict):
        return [shape(item) for item in value.values()]
    return value if value is None or isinstance(value, bool) else "leaf"


@given(DOCUMENT)
def test_shape_stays_and_only_masks_are_shown(document: Json) -> None:
    masked = mask_document(document)
    assert shape(masked) == shape(document)

    def check(value: Json) -> None:
        if isinstance(value, list):
            for item in value:
                check(item)
        elif isinstance(value, dict):
            for name, item in value.items():
                assert name in ENVELOPE_NAMES or name.strip("*").isdecimal() or name == "*"
                check(item)
        else:
            assert value is None or isinstance(value, bool) or str(value).startswith("‹")

    check(masked)


PATHS = {
    "the root": ("$", "$"),
    "known names": ("$.properties.total", "$.properties.total"),
    "an unknown name": ("$.properties.jeanne", "$.properties.*"),
    "indexes stay": ("$.batch[49].items[0].email", "$.batch[49].items[0].email"),
    "any index": ("$.items[*].email", "$.items[*].email"),
    "an address as a name, which has dots": ("$.traits.jeanne@maison.example", "$.traits.*.*"),
    "a quoted name": ("$.traits['jeanne@maison.example'].city", "$.traits.*.city"),
    "a known quoted name": ("$['properties'].total", "$['properties'].total"),
    "a double-quoted name": ('$.traits["je\\"anne"]', "$.traits.*"),
    "a number too long for an index": ("$.traits[0639981234]", "$.traits.*"),
    "what is no path": ("jeanne@maison.example", "*"),
    "what stops being a path": ("$.traits[jeanne].total", "$.traits.*"),
    "nothing": ("", "*"),
    "an empty name": ("$..total", "$.*"),
}


@pytest.mark.parametrize(("path", "masked"), PATHS.values(), ids=PATHS)
def test_a_path_keeps_known_names_and_indexes(path: str, masked: str) -> None:
    assert mask_path(path, KNOWN) == masked
