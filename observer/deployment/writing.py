"""Writes generated pages below the current folder."""

from collections.abc import Callable, Mapping
from pathlib import Path


def write_pages(pages: Mapping[str, Callable[[], str]]) -> None:
    """Writes every page that differs from what its function returns."""
    for name, render in pages.items():
        page, text = Path(name), render().rstrip() + "\n"
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
