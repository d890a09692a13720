"""Which field goes where, for the documentation."""

from observer.dialects.registry import DIALECTS


def fields_table() -> str:
    """Returns one Markdown table for each dialect, under a heading with its name."""
    return "\n".join(_table(name, dialect.fields) for name, dialect in DIALECTS.items())


def _table(name: str, fields: tuple[tuple[str, str], ...]) -> str:
    rows = [f"| `{field}` | {_cell(found)} |" for field, found in fields]
    return "\n".join(
        [f"### {name}", "", "| field of the event | where it is found |", "| --- | --- |", *rows, ""]
    )


def _cell(text: str) -> str:
    """Returns `text` with what Markdown would take for a column or a tag escaped, save tags in backticks."""
    parts = text.replace("|", "\\|").replace("\n", " ").split("`")
    return "`".join(part if index % 2 else part.replace("<", "&lt;") for index, part in enumerate(parts))
