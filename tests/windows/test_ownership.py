"""Everything has two owners, a channel to reach each, and a day on which they look at it again; the rest is a gap."""

from datetime import date

import pytest

from observer.catalog import Catalog, Holding
from observer.contracts.compiled import Owner
from observer.windows.ownership import PARTS, coverage, gaps

TODAY = date(2026, 11, 22)
CAMILLE = Owner("Camille Laurent", "camille.laurent@maison-lumiere.example")
HELD = Holding(
    "source", "web-shop", CAMILLE, Owner("Hugo", "https://chat.maison-lumiere.example/hugo"), date(2027, 1, 1)
)

CASES: dict[str, tuple[Holding, list[str]]] = {
    "all is there": (HELD, []),
    "a review on its very day is in time": (HELD._replace(review_by=TODAY), []),
    "a review that has passed": (HELD._replace(review_by=date(2026, 11, 21)), ["review"]),
    "no review": (HELD._replace(review_by=None), ["review"]),
    "an owner by name alone": (HELD._replace(technical_owner=Owner("Hugo", "ask around")), ["technical_channel"]),
    "a handle is no channel": (HELD._replace(marketing_owner=Owner("Camille", "@camille")), ["marketing_channel"]),
    "nobody": (HELD._replace(marketing_owner=Owner("", "")), ["marketing_owner", "marketing_channel"]),
}  # fmt: skip


@pytest.mark.parametrize(("held", "missing"), CASES.values(), ids=CASES)
def test_what_is_missing(held: Holding, missing: list[str]) -> None:
    assert [(gap.id, gap.part) for gap in gaps([held], TODAY)] == [("web-shop", part) for part in missing]


def test_coverage_is_a_share_of_each_kind() -> None:
    held = [HELD, HELD._replace(review_by=None), HELD._replace(kind="tool")]
    shares = coverage(held, TODAY)
    assert (shares["source", "review"], shares["tool", "review"], shares["source", "marketing_owner"]) == (
        0.5,
        1,
        1,
    )
    assert ("contract", "review") not in shares


def test_the_example_company_holds_everything(catalog: Catalog) -> None:
    assert gaps(catalog.holdings, TODAY) == ()
    assert coverage(catalog.holdings, TODAY) == {
        (kind, part): 1.0 for kind in ("contract", "source", "tool") for part in PARTS
    }
    assert {one.id for one in catalog.holdings if one.kind == "source"} == set(catalog.sources)
