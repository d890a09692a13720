"""Which of several names and beginnings a name is taken for."""

import pytest

from observer.tools.patterns import Names, letters_only

NAMES = Names(
    [
        ("lampe*", "any lamp"),
        ("Lampe opale*", "opal"),
        ("lampe opale", "the opal lamp itself"),
        ("bougie", "candle"),
        ("bougie", "never"),
    ]
)

CASES = {
    "a beginning": ("lampe de chevet", "any lamp"),
    "no longer than the beginning": ("lampe", "any lamp"),
    "the longest of two beginnings": ("lampe opale verte", "opal"),
    "a whole name before a beginning of the same letters": ("LAMPE OPALE", "the opal lamp itself"),
    "a whole name is no beginning": ("bougies", None),
    "the first of two equals": ("Bougie", "candle"),
    "nothing near": ("vase", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("name", "found"), CASES.values(), ids=CASES)
def test_a_name_is_found(name: str, found: str | None) -> None:
    assert NAMES.get(name) == found


def test_no_names_find_nothing() -> None:
    assert Names[str]([]).get("lampe") is None


def test_letters_and_digits_of_any_script_count() -> None:
    names = Names([("Lumière 2*", "ours")], letters_only)
    assert [names.get(name) for name in ("LUMIÈRE-2", "lumière (2.1)", "lumi re 2")] == ["ours", "ours", None]
