"""A good catalog to break one thing in."""

import shutil
from pathlib import Path

import pytest

GOOD = Path(__file__).parent / "good"


@pytest.fixture
def schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Returns a copy of the good catalog, named as messages name it."""
    shutil.copytree(GOOD, tmp_path / "schemas")
    monkeypatch.chdir(tmp_path)
    return Path("schemas")
