"""What a table is made of, before it is HTML: every title has an explanation, every share a bar and a figure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple, TypeAlias

from observer.messages import Lang, catalogue, say
from observer.metrics import Metric
from observer.windows.numbers import age, whole
from observer.windows.sentence import part_of
from observer.windows.traffic import Owners

Tone: TypeAlias = Literal["", "good", "bad", "warn", "worse", "calm", "grey", "quiet"]
"""How a cell or a part of a bar is coloured. Its words or figures say the same without colour."""


class Column(NamedTuple):
    """One column. name: of its title and explanation in the messages; metric: what exports the same figure;
    tone: of the part of the row's bar that it gives in figures."""

    name: str
    numeric: bool = False
    metric: Metric | None = None
    tone: Tone = ""


class Segment(NamedTuple):
    """A part of a bar: where it begins and how wide it is, in thousandths."""

    start: int
    width: int
    tone: Tone


class ShareBar(NamedTuple):
    """A bar of parts, and the same in words."""

    label: str
    segments: tuple[Segment, ...]


class Note(NamedTuple):
    """A smaller line in a cell. href: where it leads, or ""."""

    text: str
    href: str = ""


class Cell(NamedTuple):
    """One cell. time: an ISO date, where the text is a moment; code: whether the text is a name of the machine's."""

    text: str = ""
    notes: tuple[Note, ...] = ()
    bar: ShareBar | None = None
    tone: Tone = ""
    time: str = ""
    code: bool = False
    badge: str = ""
    href: str = ""


class Table(NamedTuple):
    """One table. The first cell of each row is its heading."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def number(value: float, lang: Lang) -> Cell:
    """Returns a count, quiet where it is 0."""
    return Cell(whole(value, lang), tone="" if round(value) else "quiet")


def share_of(part: float, of: float, lang: Lang) -> Cell:
    """Returns a share, quiet where it is 0 or of nothing."""
    return Cell(part_of(part, of, lang), tone="" if part else "quiet")


def moment(time: float | None, now: float, lang: Lang) -> Cell:
    """Returns how long ago something was."""
    if time is None:
        return Cell(say("page.never", lang), tone="quiet")
    return Cell(ago(time, now, lang), time=iso(time))


def known_words(area: str, code: str, lang: Lang) -> str:
    """Returns the words for a code that was stored, or the code itself where no version of ours has words now."""
    message = f"{area}.{code}"
    return say(message, lang) if message in catalogue() else code


def ago(time: float, now: float, lang: Lang) -> str:
    """Returns "3 min ago" in words; what is less than two seconds old, or of the future, is just now."""
    passed = now - time
    return say("page.just_now", lang) if passed < 2 else say("page.ago", lang, duration=age(passed, lang))


def iso(time: float) -> str:
    """Returns a moment as machines write it, to the second."""
    return datetime.fromtimestamp(time, UTC).isoformat(timespec="seconds")


def share_bar(parts: Sequence[tuple[str, float, Tone]], lang: Lang) -> ShareBar | None:
    """Returns a bar of (title, count, tone) parts, or None where all are 0. Parts that are 0 are left out."""
    total = sum(count for _, count, _ in parts)
    if not total:
        return None
    segments, reached = [], 0.0
    for _, count, tone in parts:
        start, reached = round(reached / total * 1000), reached + count
        if count:
            segments.append(Segment(start, max(round(reached / total * 1000) - start, 1), tone))
    label = ", ".join(f"{title} {part_of(count, total, lang)}" for title, count, _ in parts if count)
    return ShareBar(label, tuple(segments))


def owner_notes(owners: Owners, lang: Lang) -> tuple[Note, ...]:
    """Returns who answers on both sides, with a way to reach them."""
    return tuple(
        Note(say(f"page.owner.{side}", lang, name=owner.name), reach(owner.contact))
        for side, owner in owners._asdict().items()
        if owner is not None
    )


def reach(contact: str) -> str:
    """Returns the link for a contact: an e-mail address or a web address; "" for anything else."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact and not any(map(str.isspace, contact)) else ""


def rows_of(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Returns rows as a table holds them."""
    return tuple(tuple(row) for row in rows)
