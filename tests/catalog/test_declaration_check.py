"""pydantic's errors in the words of the house."""

from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import Field, SecretStr, ValidationInfo, field_validator

from observer.documents import Declaration, Ident, Json, Line, checked
from observer.errors import CatalogError


class Inner(Declaration):
    deep_key: Line = "x"
    color: Literal["red", "green"] = "red"


class Everything(Declaration):
    id: Ident = "a"
    number: Annotated[float, Field(gt=0, lt=1)] = 0.5
    whole: Annotated[int, Field(ge=1, le=9)] = 1
    switch: bool = True
    day: date = date(2026, 1, 1)
    inner: Inner = Inner()
    many: Annotated[tuple[Inner, ...], Field(max_length=2)] = ()
    either: Inner | Literal["none"] = "none"
    by_name: dict[Ident, Inner] = Field(default_factory=dict)
    secret: Annotated[SecretStr, Field(min_length=5)] | None = None
    odd: int = 1

    @field_validator("odd")
    @classmethod
    def _is_odd(cls, value: int, _: ValidationInfo) -> int:
        if value % 2:
            return value
        raise ValueError("an inner secret")


KEYS = "`id`, `number`, `whole`, `switch`, `day`, `inner`, `many`, `either`, `byName`, `secret`, `odd`"

CASES: dict[str, tuple[Json, str]] = {
    "text is no number": ({"number": "0.5"}, "expected a number, got text - at `$.number`"),
    "text is no whole number": ({"whole": "1"}, "expected a whole number, got text - at `$.whole`"),
    "true is no number": ({"whole": True}, "expected a whole number, got true or false - at `$.whole`"),
    "a number is no switch": ({"switch": 1}, "expected true or false, got a number - at `$.switch`"),
    "null is nothing": ({"switch": None}, "expected true or false, got nothing - at `$.switch`"),
    "a list is no mapping": ({"inner": [1]}, "expected a mapping of keys to values, got a list - at `$.inner`"),
    "a mapping is no list": ({"many": {"a": 1}}, "expected a list, got a mapping - at `$.many`"),
    "above the bound": ({"whole": 10}, "expected 9 or less, got 10 - at `$.whole`"),
    "below the bound": ({"whole": 0}, "expected 1 or more, got 0 - at `$.whole`"),
    "at an open bound": ({"number": 0}, "expected more than 0.0, got 0 - at `$.number`"),
    "at the other open bound": ({"number": 1}, "expected less than 1.0, got 1 - at `$.number`"),
    "too many": ({"many": [{}, {}, {}]}, "expected at most 2 entries, got 3 of them - at `$.many`"),
    "a day that is none": ({"day": "2026-02-30"}, "expected a date as 2026-11-22, got text - at `$.day`"),
    "an id with a capital": (
        {"id": "A"},
        "expected an id in lower case, its words joined by hyphens, got `A` - at `$.id`",
    ),
    "a long word is shortened": (
        {"id": "A" * 64},
        f"expected an id in lower case, its words joined by hyphens, got `{'A' * 60}…` - at `$.id`",
    ),
    "a control character is not repeated": (
        {"id": "a\x1b[31m"},
        "expected an id in lower case, its words joined by hyphens, got `a?[31m` - at `$.id`",
    ),
    "a word of a list": (
        {"inner": {"color": "gren"}},
        "expected one of `red`, `green`, got `gren` - at `$.inner.color`. Did you mean `green`?",
    ),
    "an unknown key": (
        {"swich": True},
        f"expected a key among {KEYS}, got `swich` - at `$.swich`. Did you mean `switch`?",
    ),
    "an unknown key far below": (
        {"many": [{}, {"colour": "red"}]},
        "expected a key among `deepKey`, `color`, got `colour` - at `$.many[1].colour`. Did you mean `color`?",
    ),
    "an unknown key in a mapping of mappings": (
        {"byName": {"x": {"deep-key": "y"}}},
        "expected a key among `deepKey`, `color`, got `deep-key` - at `$.byName.x['deep-key']`. "
        "Did you mean `deepKey`?",
    ),
    "an unknown key in a branch": (
        {"either": {"colr": "red"}},
        "expected a key among `deepKey`, `color`, got `colr` - at `$.either.colr`. Did you mean `color`?",
    ),
    "a short secret": ({"secret": "abcd"}, "expected at least 5 characters, got 4 character(s) - at `$.secret`"),
    "a rule that has no words yet": (
        {"odd": 2},
        "expected a value that keeps the rule value_error, got a number - at `$.odd`",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("value", "said"), CASES.values(), ids=CASES)
def test_what_is_said(value: Json, said: str) -> None:
    with pytest.raises(CatalogError) as caught:
        checked(Everything, "x.yaml", value)
    assert caught.value.told().split("\n")[0] == f"x.yaml: {said}"


def test_everything_wrong_is_told() -> None:
    with pytest.raises(CatalogError) as caught:
        checked(Everything, "x.yaml", {"whole": 0, "switch": "x", "inner": {"color": 1}, "odder": 1})
    assert len(caught.value.problems) == 4


def test_what_is_right_is_read() -> None:
    value: Json = {"many": [{"deepKey": "y"}], "day": "2026-11-22", "number": 0.25}
    declared = checked(Everything, "x.yaml", value)
    assert (declared.many[0].deep_key, declared.day, declared.number) == ("y", date(2026, 11, 22), 0.25)


def test_snake_case_is_no_key() -> None:
    with pytest.raises(CatalogError, match="Did you mean `deepKey`"):
        checked(Inner, "x.yaml", {"deep_key": "y"})
