"""What goes into the engine and what comes out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from observer.engine.told import Told
from observer.model import Distribution, Kept, Record, Rollup, RollupKey, SeriesKey, Undecodable, Verdict


class Chunk(NamedTuple):
    """Records of one source, in their order.

    partition: what duplicates are remembered by, beside the source; refused: records that whoever read them could
    not unwrap for the source's dialect, by position: why.
    """

    source: str
    records: Sequence[Record]
    partition: str = ""
    refused: Mapping[int, Undecodable] = {}


class Result(NamedTuple):
    """What `observe` concluded. Nothing of it is in force until the caller has kept what must be kept.

    received: events at the door, counted as they were decoded; verdicts: by verdict, counted when judged;
        the two always agree (conservation);
    counts, histograms: what the metrics grow by; newest: largest event time for each (family, id);
    rollups: what the windows grow by; kept: what the quarantine must hold before the sender is told;
    learned: message ids in order, for Memory.learn;
    learned_values: digests of values that must not come twice, by (contract, gate), for Memory.learn_values;
    unreadable: for each record that held no event at all, its reason, by position in the chunk;
    sizes: how many events each record held;
    learned_choices: what people chose, for Memory.learn_choices.
    """

    received: int
    verdicts: Mapping[Verdict, int]
    counts: Mapping[SeriesKey, float]
    histograms: Mapping[SeriesKey, Distribution]
    newest: Mapping[tuple[str, str], float]
    rollups: Mapping[RollupKey, Rollup]
    kept: Sequence[Kept]
    learned: Sequence[str]
    unreadable: Mapping[int, str]
    sizes: Sequence[int]
    learned_values: Mapping[tuple[str, str], Sequence[int]] = {}
    learned_choices: Mapping[bytes, Told] = {}
