"""URLs without what they say of a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observer.privacy import mask_url

KNOWN = frozenset({"panier", "v1", "t", "utm_source", "couleur"})
SHOP = "https://www.maison-lumiere.example"

CASES = {
    "a page": (f"{SHOP}/panier", f"{SHOP}/panier"),
    "the root": (f"{SHOP}/", f"{SHOP}/"),
    "no path": (SHOP, SHOP),
    "an unknown segment": (f"{SHOP}/compte/jeanne-vaucanson", f"{SHOP}/*/*"),
    "values are hidden, also of known names": (f"{SHOP}/panier?couleur=laiton", f"{SHOP}/panier?couleur=*"),
    "unknown names are hidden": (f"{SHOP}/?jeanne@maison.example=1&couleur=2", f"{SHOP}/?*=*&couleur=*"),
    "a parameter without a value": (f"{SHOP}/?jeanne", f"{SHOP}/?*"),
    "a known parameter without a value": (f"{SHOP}/?couleur", f"{SHOP}/?couleur"),
    "empty values": (f"{SHOP}/?couleur=", f"{SHOP}/?couleur=*"),
    "an empty query": (f"{SHOP}/?", f"{SHOP}/?"),
    "the fragment": (f"{SHOP}/panier#jeanne", f"{SHOP}/panier#*"),
    "a query inside the fragment": (f"{SHOP}/#/panier?mail=j@v.example", f"{SHOP}/#*"),
    "a port": ("http://localhost:8080/v1/t?writeKey=secret", "http://localhost:8080/v1/t?*=*"),
    "user and password": ("https://jeanne:secret@maison.example/panier", "https://maison.example/panier"),
    "an @ in the password": ("https://jeanne:se@cret@maison.example/", "https://maison.example/"),
    "an address as host": ("http://192.0.2.44/panier", "http://‹ip›/panier"),
    "a path alone": ("/v1/t?userId=jeanne", "/v1/t?*=*"),
    "without a scheme": ("//maison.example/panier", "//maison.example/panier"),
    "a mail address": ("mailto:jeanne@maison.example", "*"),
    "a telephone number": ("tel:+33639981234", "*"),
    "user and password without a scheme": ("jeanne:secret@maison.example", "*"),
    "no URL": ("Jeanne Vaucanson", "*"),
    "nothing": ("", ""),
    "a line break": (f"{SHOP}/panier?couleur=a\nb#c\nd", f"{SHOP}/panier?couleur=*#*"),
}


@pytest.mark.parametrize(("url", "masked"), CASES.values(), ids=CASES)
def test_urls_are_masked(url: str, masked: str) -> None:
    assert mask_url(url, KNOWN) == masked


def test_nothing_is_known_unless_said_so() -> None:
    assert mask_url(f"{SHOP}/panier?couleur=laiton") == f"{SHOP}/*?*=*"


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_never_raises_and_shows_no_value(path: str, value: str) -> None:
    masked = mask_url(f"{SHOP}/{path}?couleur=Jeanne{value}", KNOWN)
    assert masked.startswith(f"{SHOP}/")
    assert "Jeanne" not in masked
