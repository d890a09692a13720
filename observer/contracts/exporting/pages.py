"""The page of a contract as Markdown and as HTML. Whatever the contract says is text there, never markup."""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from observer.contracts.exporting.sheet import Part, Sheet

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]#|~!$])")
_LINE_START: Final = re.compile(r"^([-+=]|[0-9]+[.)])")
_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; font-size: 1.5em; padding: .8em 0 .4em; }
th, td { border: 1px solid; padding: .4rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
"""


def markdown(page: Sheet) -> str:
    """Returns the page as Markdown with one table (GitHub's flavour)."""
    return "\n".join(_markdown(page))


def html(page: Sheet) -> str:
    """Returns the page as one HTML document that needs nothing else: no script, no picture, no font."""
    return "\n".join(_html(page))


def _markdown(page: Sheet) -> Iterator[str]:
    yield f"# {_mark(page.title)}\n"
    yield f"{_mark(page.subtitle)}\n"
    for part in page.before:
        yield from _markdown_part(part)
    if page.fields:
        yield f"## {_mark(page.table)}\n"
        yield "| " + " | ".join(map(_mark, page.columns)) + " |"
        yield "|" + " --- |" * len(page.columns)
        for field in page.fields:
            yield "| " + " | ".join(_mark(cell) for cell in field) + " |"
        yield ""
    for part in page.after:
        yield from _markdown_part(part)


def _markdown_part(part: Part) -> Iterator[str]:
    yield f"## {_mark(part.heading)}\n"
    for line in part.lines:
        yield f"- {_mark(line)}" if len(part.lines) > 1 else _mark(line)
    yield ""


def _mark(text: str) -> str:
    """Returns text with each sign that Markdown would read as markup escaped, on one line."""
    # Markdown lets HTML through, so its signs become character references, which Markdown reads too.
    escaped = escape(_MARKUP.sub(r"\\\1", " ".join(text.split())), quote=False)
    return _LINE_START.sub(lambda found: f"{found[1][:-1]}\\{found[1][-1]}", escaped)


def _html(page: Sheet) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{page.lang}">'
    yield '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{escape(page.title)}</h1>\n<p>{escape(page.subtitle)}</p>"
    for part in page.before:
        yield from _html_part(part)
    if page.fields:
        # A region that scrolls must be reachable by keyboard and have a name.
        yield f'<div class="wide" role="region" tabindex="0" aria-label="{escape(page.table)}">\n<table>'
        yield f"<caption>{escape(page.table)}</caption>\n<thead>\n<tr>"
        yield "".join(f'<th scope="col">{escape(column)}</th>' for column in page.columns)
        yield "</tr>\n</thead>\n<tbody>"
        for name, *cells in page.fields:
            inner = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            yield f'<tr><th scope="row">{escape(name)}</th>{inner}</tr>'
        yield "</tbody>\n</table>\n</div>"
    for part in page.after:
        yield from _html_part(part)
    yield "</main>\n</body>\n</html>\n"


def _html_part(part: Part) -> Iterator[str]:
    yield f"<h2>{escape(part.heading)}</h2>"
    if len(part.lines) > 1:
        yield "<ul>\n" + "\n".join(f"<li>{escape(line)}</li>" for line in part.lines) + "\n</ul>"
    else:
        yield from (f"<p>{escape(line)}</p>" for line in part.lines)
