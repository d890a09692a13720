"""The consent signals of a kept event, for those who explain what was decided about it. No other part of it is read."""

from typing import Final, NamedTuple

from observer.catalog import Catalog
from observer.errors import Problem, QuarantineError
from observer.messages import Words
from observer.model import Event, Kept, Signal
from observer.quarantine.rejudge import event_of

_SECONDS_A_DAY: Final = 86_400


class KeptSignals(NamedTuple):
    """What a decision about a kept event rests on. day: of its event time, in days since the epoch."""

    source: str
    signals: tuple[Signal, ...]
    day: int


def signals_of_kept(catalog: Catalog, kept: Kept) -> KeptSignals:
    """Returns the signals of a kept event. Raises QuarantineError where it cannot be decoded under `catalog`."""
    event = event_of(catalog, kept)
    if not isinstance(event, Event):
        raise QuarantineError(
            Problem(
                kept.source,
                Words("quarantine.expect_decodable"),
                Words("quarantine.got_source_gone" if event is None else "quarantine.got_undecodable"),
            )
        )
    times = (kept.received, event.received, kept.timestamp, kept.observed)
    time = next(time for time in times if time is not None)
    return KeptSignals(kept.source, event.signals, int(time // _SECONDS_A_DAY))
