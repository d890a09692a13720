"""Replay: what today's catalog says of events that were kept. Their first verdict stands."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from observer.model import Kept, Verdict
from observer.quarantine.archive import Archive
from observer.quarantine.entry import ALL, Entry, Filters
from observer.quarantine.journal import Replayed

BATCH: Final = 500

Judge: TypeAlias = Callable[[Kept], Verdict | None]
"""Kept event -> verdict, or None where the catalog no longer declares its source."""


class ReplayReport(NamedTuple):
    """What a replay did. events: that fit the filters; already: judged under this catalog before; unjudged: their
    source is no longer declared; unreadable: erased meanwhile, or damaged; outcomes: of the others, by new verdict;
    moves: the same by (first verdict, new verdict)."""

    events: int
    already: int
    unjudged: int
    unreadable: int
    outcomes: Mapping[Verdict, int]
    moves: Mapping[tuple[Verdict, Verdict], int]

    @property
    def replayed(self) -> int:
        """Returns how many events were judged again."""
        return sum(self.outcomes.values())


def replay(
    archive: Archive, judge: Judge, digest: str, at: float, filters: Filters = ALL, dry_run: bool = False
) -> ReplayReport:
    """Judges the events that fit `filters` again under the catalog `digest`, each once for good.

    Writes each outcome into the journal before it counts; with `dry_run` it writes nothing. The events stay as they
    are. Works beside a running observer and beside another replay. Raises QuarantineError.
    """
    totals: Counter[str] = Counter()
    moves: Counter[tuple[Verdict, Verdict]] = Counter()
    for batch in _batches(archive.entries(filters)):
        seen = archive.journal.seen([entry.id for entry in batch], digest)
        fresh = [entry for entry in batch if entry.id not in seen]
        totals["already"] += len(seen)
        first = {entry.id: entry.verdict for entry in fresh}
        judged: list[Replayed] = []
        for entry, kept in archive.read_all(fresh):
            outcome = None if kept is None else judge(kept)
            if outcome is not None:
                judged.append(Replayed(entry.id, entry.source, outcome))
            else:
                totals["unreadable" if kept is None else "unjudged"] += 1
        new = judged if dry_run else archive.journal.add(judged, digest, at)
        totals["already"] += len(judged) - len(new)
        moves.update((first[replayed.id], replayed.outcome) for replayed in new)
    return _report(totals, moves)


def _report(totals: Counter[str], moves: Counter[tuple[Verdict, Verdict]]) -> ReplayReport:
    outcomes: Counter[Verdict] = Counter()
    for (_, outcome), events in moves.items():
        outcomes[outcome] += events
    return ReplayReport(
        events=totals.total() + moves.total(),
        already=totals["already"],
        unjudged=totals["unjudged"],
        unreadable=totals["unreadable"],
        outcomes=dict(outcomes),
        moves=dict(moves),
    )


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, BATCH)):
        yield batch
