"""Whatever stands in a file, loading gives a catalog or a CatalogError."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observer.errors import CatalogError
from observer.loader import load

GOOD = Path(__file__).parent / "good"
FILES = sorted(
    path.relative_to(GOOD).as_posix() for path in GOOD.rglob("*") if path.suffix in {".yaml", ".json"}
)
WORDS = ["web-shop", "segment", "plain", "advertising", "track", "é", "", "*", "2026-01-01", "a.b", "x" * 300]

values: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(WORDS) | st.none() | st.booleans() | st.integers(-10, 10) | st.floats(-1e300, 1e300),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=6,
)


def attempt(name: str, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        shutil.copytree(GOOD, folder, dirs_exist_ok=True)
        (Path(folder) / name).write_bytes(data)
        try:
            load(Path(folder))
        except CatalogError as error:
            assert error.told("en")
            assert error.told("fr")


@given(st.sampled_from(FILES), st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_in_any_file(name: str, data: bytes) -> None:
    attempt(name, data)


@given(st.sampled_from(FILES), st.data())
@settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_in_any_place_of_any_file(name: str, data: st.DataObject) -> None:
    document = yaml.safe_load((GOOD / name).read_text("utf-8"))
    spot = document
    while True:
        keys = list(spot) if isinstance(spot, dict) else range(len(spot))
        key = data.draw(st.sampled_from(list(keys)))
        inner = spot[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        spot = inner
    spot[key] = data.draw(values)
    attempt(name, yaml.safe_dump(document, allow_unicode=True).encode())
