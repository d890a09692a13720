"""Click ids in the URL of a page."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observer.tools.click_ids import compile_click_ids

NAMES = ("gclid", "gad_source", "gbraid", "fbclid", "ttclid", "ScCid", "_kx", "mc_cid", "mc_eid", "awc")
FIND = compile_click_ids(NAMES)
SHOP = "https://www.maison-lumiere.example/luminaires"

CASES = {
    "no URL": ("", ""),
    "no query": (SHOP, ""),
    "no click id": (f"{SHOP}?couleur=laiton&utm_source=newsletter", ""),
    "the first parameter": (f"{SHOP}?gclid=Cj0KCQ", "gclid"),
    "a later parameter": (f"{SHOP}?a=1&fbclid=IwAR0", "fbclid"),
    "two, sorted": (f"{SHOP}?gclid=x&fbclid=y", "fbclid gclid"),
    "the same twice": (f"{SHOP}?gclid=x&gclid=y", "gclid"),
    "in another case, told as declared": (f"{SHOP}?sccid=x&GCLID=y", "ScCid gclid"),
    "a name that begins with an underscore": (f"{SHOP}?_kx=x", "_kx"),
    "no value": (f"{SHOP}?gclid=&fbclid=y", "fbclid"),
    "no value at the end": (f"{SHOP}?gclid=", ""),
    "no equals sign": (f"{SHOP}?gclid&a=1", ""),
    "only the end of a longer name": (f"{SHOP}?notgclid=x", ""),
    "only the beginning of a longer name": (f"{SHOP}?gclidx=x", ""),
    "only inside a value": (f"{SHOP}?next=gclid", ""),
    "in the path": ("https://www.maison-lumiere.example/gclid=x", ""),
    "before the query": (f"{SHOP};gclid=x?a=1", ""),
    "a query inside the fragment": (f"{SHOP}#/panier?gclid=x", "gclid"),
    "behind the fragment of a query": (f"{SHOP}?a=1#gclid=x", "gclid"),
    "parted by semicolons": (f"{SHOP}?a=1;ttclid=x", "ttclid"),
    "in a URL inside the query": (f"{SHOP}?next=https://x.example/?gclid=x", "gclid"),
    "a long s is not an s": (f"{SHOP}?ſccid=x", ""),
    "lone surrogates": (f"{SHOP}?\ud800=1&awc=x", "awc"),
}


@pytest.mark.parametrize(("url", "found"), CASES.values(), ids=CASES)
def test_click_ids_of_a_url(url: str, found: str) -> None:
    assert FIND(url) == tuple(found.split())


def test_no_names_find_nothing() -> None:
    assert compile_click_ids(())(f"{SHOP}?gclid=x&=y") == ()


@given(st.text(), st.sampled_from(NAMES), st.text(alphabet="abc123_-%", min_size=1), st.text())
def test_a_parameter_is_found_wherever_it_stands(before: str, name: str, value: str, after: str) -> None:
    found = FIND(f"{SHOP}?{before}&{name}={value}&{after}")
    assert name in found
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize("piece", ["&", "gclid", "&gclid", "&g=", "?", ";_"])
def test_the_search_is_linear(piece: str) -> None:
    def seconds(length: int) -> float:
        url = "?" + piece * (length // len(piece))
        start = time.process_time()
        FIND(url)
        return time.process_time() - start

    seconds(1000)
    # Quadratic work would take 100 times as long for ten times the length.
    assert seconds(2_000_000) < 40 * max(seconds(200_000), 0.001)
