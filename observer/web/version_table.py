"""The table of who still sends which version of a contract."""

from typing import Final

from observer import metrics
from observer.contracts.versions import UNKNOWN_VERSION
from observer.messages import Lang, say
from observer.web.cells import Cell, Column, Note, Table, Tone, iso, known_words, number, owner_notes, rows_of
from observer.windows.summary import Summary
from observer.windows.versions import VersionLine

_VERSIONS: Final = (
    Column("version_of"),
    Column("version", metric=metrics.CONTRACT_INFO),
    Column("version_source"),
    Column("version_events", True, metrics.VERSION_EVENTS),
    Column("version_state"),
)
_TONES: Final[dict[str, Tone]] = {
    "unknown": "bad", "ended": "bad", "unsupported": "warn", "deprecated": "warn", "older": "", "newest": "",
}  # fmt: skip


def version_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each version and source, the most urgent first; none where every contract has one version."""
    return Table("versions", caption, _VERSIONS, rows_of(_row(line, lang) for line in summary.versions))


def _row(line: VersionLine, lang: Lang) -> list[Cell]:
    notes = []
    if line.ends is not None:
        notes.append(Note(say("versions.ends", lang, date=iso(line.ends)[:10])))
    if line.replaced_by:
        notes.append(Note(say("versions.replaced_by", lang, version=line.replaced_by)))
    version = say("versions.other", lang) if line.version == UNKNOWN_VERSION else line.version
    return [
        Cell(line.title, owner_notes(line.owners, lang)),
        Cell(version),
        Cell(line.source_title),
        number(line.events, lang),
        Cell(known_words("versions.state", line.state, lang), tuple(notes), tone=_TONES[line.state]),
    ]
