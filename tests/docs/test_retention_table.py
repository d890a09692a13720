"""The table of retention names settings that exist, with the defaults that they have."""

import re
from pathlib import Path

from observer.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"


def rows() -> list[tuple[str, str]]:
    """Returns how long and the setting of each class."""
    table = PAGE.read_text(encoding="utf-8").partition("## How long each class of data stays")[2]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if "|" in line
    ]
    return [(how_long, setting.strip("`")) for _, _, how_long, setting in cells[2:]]


def test_every_class_tells_how_long_and_each_setting_has_that_default() -> None:
    told = [(how_long, setting) for how_long, setting in rows() if setting != "none"]
    assert len(told) >= 5
    for how_long, setting in told:
        section, _, name = setting.partition(".")
        default = getattr(getattr(Settings(), section), name)
        numbers = [int(found.replace(" ", "")) for found in re.findall(r"\d[\d ]*\d|\d", how_long)]
        assert default in numbers, f"docs/privacy.md: expected {default} for {setting}, got {how_long!r}"


def test_what_proof_is_kept_for_is_a_class() -> None:
    assert "proof.retention_days" in {setting for _, setting in rows()}
