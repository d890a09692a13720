"""Blocks judged, in this process or in a worker: what comes back is small and says where each thing is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import Final, NamedTuple, TypeAlias

from observer.catalog import Catalog
from observer.check.blocks import Block, Content, Lines, Range, Sizes
from observer.check.sources import Asked, Sources
from observer.engine import Chunk, Memory, Result, observe
from observer.model import Finding, Record, Verdict

RuleKey: TypeAlias = tuple[str, str, str]
"""(contract, rule, kind)."""
UNREAD: Final = -1
_CACHED: Final = 1_000


class Place(NamedTuple):
    """One event that is not valid, and where it is.

    position: its number among the events of its chunk that could be read, or UNREAD; line: of its record, in the
    block or in the input as the block has it; event: its index in the record, which holds `of`, or in the chunk
    where `of` is 0.
    """

    position: int
    line: int
    event: int
    of: int
    verdict: Verdict
    contract: str
    findings: tuple[Finding, ...]


class Judged(NamedTuple):
    """What one chunk came to, its duplicates known only among its own events.

    lines: that its block spans, told with the last chunk of a block; ids: message ids of the events that could be
    read, in order; places: of the events that are not valid; further: the broken rules of those for which there
    was no place left. None of the latter has an id, so none can turn out to be a duplicate.
    """

    lines: int
    events: int
    verdicts: Mapping[Verdict, int]
    ids: Sequence[str]
    places: Sequence[Place]
    further: Mapping[RuleKey, int]


class Judge:
    """Judges blocks under one catalog.

    window: events among which a second one of the same id is a duplicate; findings: how many of a block without
    an id are wanted; sizes: how many records are judged in one go.
    """

    def __init__(self, catalog: Catalog, asked: Asked, window: int, findings: int, sizes: Sizes) -> None:
        """Raises InputError for a source that is not declared and for a dialect that does not exist."""
        self._sources = Sources(catalog, asked)
        # Tools are not told either, so none are looked for.
        self._catalog = catalog._replace(
            sources=self._sources.by_id, find_tools=lambda evidence: (), find_click_ids=lambda url: ()
        )
        self._now = asked.now
        self._wanted = findings
        self._records = sizes.records
        # It never learns an id: each chunk is judged as if it were the first. Its caches hold what is not told.
        self._memory = Memory(window, cache_entries=_CACHED)

    def source_of(self, content: Content) -> str:
        """Returns the id of the source that judges the input which begins with `content`. Raises OSError."""
        return self._sources.of(content.records().records)

    def dialect_of(self, source: str) -> str:
        """Returns the name of the dialect in which a source's inputs are read."""
        return self._sources.by_id[source].dialect.name

    def judge(self, block: Block) -> list[Judged]:
        """Returns the verdicts on a block, chunk by chunk. Raises OSError where it cannot be read any more."""
        records, lines = block.content.records()
        by_line = isinstance(block.content, Lines | Range)
        chunks: list[Judged] = []
        wanted = self._wanted
        while chunk := list(islice(records, self._records)):
            judged, wanted = self._judge(block.source, chunk, by_line, wanted)
            chunks.append(judged)
        # A block of nothing but blank lines has no chunk.
        chunks.append(Judged(lines, 0, {}, (), (), {}))
        return chunks

    def _judge(self, source: str, records: list[Record], by_line: bool, wanted: int) -> tuple[Judged, int]:
        """What a chunk came to, and how many findings of events without an id are still wanted after it."""
        result = observe(Chunk(source, records), self._catalog, self._memory, self._now)
        places: list[Place] = []
        further: Counter[RuleKey] = Counter()
        for place in _places(result, records[0].place[1], by_line):
            if place.position == UNREAD or not result.learned[place.position]:
                if wanted <= 0:
                    further.update((place.contract, found.rule, found.kind.value) for found in place.findings)
                    continue
                wanted -= len(place.findings)
            places.append(place)
        return Judged(0, result.received, result.verdicts, result.learned, places, further), wanted


def _places(result: Result, first: int, by_line: bool) -> Iterator[Place]:
    """The places of the events that are not valid.

    first: index of the chunk's first record in its block; by_line: whether each record has a line of its own, so
    that line and index in the record say where an event is.
    """
    if not result.kept:
        return
    before = list(accumulate(result.sizes, initial=0))
    unread = 0
    for kept in result.kept:
        _, record, line = kept.place
        number = before[record - first] + kept.index
        position = number - unread
        if kept.verdict is Verdict.UNDECODABLE:
            position = UNREAD
            unread += 1
        event, of = (kept.index, result.sizes[record - first]) if by_line else (number, 0)
        yield Place(position, line, event, of, kept.verdict, kept.contract, kept.findings)
