"""`python -m observer.deployment`: writes the generated pages below the current folder."""

from pathlib import Path

from observer.deployment.documents import PAGES


def main() -> None:
    """Writes every page that differs."""
    for name, render in PAGES.items():
        page, text = Path(name), render().rstrip() + "\n"
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
