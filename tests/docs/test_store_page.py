"""docs/store.md describes every table that there is, and no other."""

import re
from pathlib import Path

from observer.store.migrations import STEPS

PAGE = Path(__file__).parents[2] / "docs" / "store.md"


def test_the_page_describes_every_table() -> None:
    page = PAGE.read_text("utf-8")
    tables = re.search(r"## Tables\n(.*?)\n## ", page, re.DOTALL)
    assert tables is not None
    described = set(re.findall(r"^\| `(\w+)` \|", tables[1], re.MULTILINE))
    statements = "\n".join(statement for step in STEPS for statement in step)
    assert described == set(re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", statements))
