"""The generated pages say what the code says."""

from pathlib import Path

import pytest

from observer.deployment.documents import PAGES as OF_OBSERVER
from streams.documents import PAGES as OF_STREAMS

PAGES = {**OF_OBSERVER, **OF_STREAMS}
TOP = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_as_the_code_says(name: str) -> None:
    page = TOP / name
    written = page.read_text(encoding="utf-8") if page.exists() else ""
    assert written == PAGES[name]().rstrip() + "\n", f"{name} is out of date: run `make docs`"
