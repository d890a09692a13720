"""Every link within the repository leads somewhere, and every command that the README names exists."""

import re
from pathlib import Path

import pytest

from observer.cli.main import COMMANDS

TOP = Path(__file__).parents[2]
PAGES = [TOP / "README.md", *sorted((TOP / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_readme_names_only_commands_and_targets_that_exist() -> None:
    text = (TOP / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"observer ([a-z]+) ", text)) & {"run", "check", "demo"} <= set(COMMANDS)
    targets = set(re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", text)) <= targets
