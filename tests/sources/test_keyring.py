"""Each source has one key of its own, from its variable or the settings, or the observer does not start."""

from observer.catalog import Catalog
from observer.sources.keyring import KeyRing, read_keys

VARIABLES = {
    "MARTECH_KEY_WEB_SHOP": "1", "MARTECH_KEY_APP": "2", "MARTECH_KEY_TILLS": "3",
    "MARTECH_KEY_LOYALTY": "4", "MARTECH_KEY_SERVER_ORDERS": "5", "MARTECH_KEY_CRM": "6",
}  # fmt: skip


def test_keys_come_from_the_variables_that_the_sources_name(catalog: Catalog) -> None:
    keys, problems = read_keys(catalog, VARIABLES, {}, generate=False)
    assert problems == ()
    assert {name: key.value for name, key in keys.items()}["tills"] == "3"
    assert "web-magazine" not in keys, "Snowplow's trackers carry none"
    assert not any(key.generated for key in keys.values())


def test_a_missing_key_is_refused_with_its_variable_and_how_to_mend_it(catalog: Catalog) -> None:
    less = {name: value for name, value in VARIABLES.items() if name != "MARTECH_KEY_APP"}
    keys, problems = read_keys(catalog, less, {}, generate=False)
    assert len(keys) == 5, "the others are read all the same"
    assert [str(problem) for problem in problems] == [
        "$MARTECH_KEY_APP: expected the write key of source `app`, got nothing. Set the variable MARTECH_KEY_APP, "
        "or start without a configuration to try the example with generated keys."
    ]
    assert (
        read_keys(catalog, less, {"app": "from settings"}, generate=False).keys["app"].value
        == "from settings"
    )


def test_a_key_of_an_undeclared_source_is_refused_with_the_nearest_name(catalog: Catalog) -> None:
    [problem] = read_keys(catalog, VARIABLES, {"webshop": "x"}, generate=False).problems
    assert "Did you mean `web-shop`" in str(problem)


def test_two_sources_may_not_share_a_key(catalog: Catalog) -> None:
    keys, problems = read_keys(catalog, {**VARIABLES, "MARTECH_KEY_APP": "1"}, {}, generate=False)
    assert ["a key that only source" in str(problem) for problem in problems] == [True]
    assert not {"app", "web-shop"} & set(keys), "neither can be told from the other by it"


def test_generated_keys_differ_and_are_long(catalog: Catalog) -> None:
    keys = read_keys(catalog, {}, {}, generate=True).keys
    assert len({key.value for key in keys.values()}) == len(keys) == 6
    assert all(key.generated and len(key.value) >= 24 for key in keys.values())


def test_a_key_finds_only_a_source_of_the_right_dialect(catalog: Catalog) -> None:
    ring = KeyRing(catalog, read_keys(catalog, VARIABLES, {}, generate=False).keys)
    found = ring.by_key("1", ("segment", "rudderstack"))
    assert found is not None and found.id == "web-shop"
    assert ring.by_key("1", ("amplitude",)) is None
    assert ring.by_key("", ("segment",)) is None
    assert ring.by_key("\ud800", ("segment",)) is None
