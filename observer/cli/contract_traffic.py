"""Traffic in files → what is learned from it."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from observer.check.blocks import blocks
from observer.check.inputs import Input, find_inputs, unreadable
from observer.check.reading import TooLongError
from observer.contracts.compiled import Match
from observer.contracts.inferring import Learner
from observer.dialects import DIALECTS, Dialect, recognise
from observer.errors import InputError, Problem
from observer.messages import Words
from observer.model import Event, Record

_SAMPLE: Final = 20
"""Recognised records after which an input's dialect is decided."""


class Traffic(NamedTuple):
    """What was learned. dialect: of all events, or "" where they came in several; undecodable: events that could not
    be read."""

    learner: Learner
    dialect: str
    undecodable: int


ONE_CONTRACT: Final = ("", "")
"""The key of the one lesson of all events that a contract claims."""


def learned(names: Iterable[str], dialect: str | None, claims: Sequence[Match] | None = None) -> Traffic:
    """Returns what the files and folders `names` teach.

    dialect: of all of them, or None to recognise each file's; claims: of the one contract whose events are learned
    from, as ONE_CONTRACT, or None for all events, each by its kind and name. Raises InputError for what cannot be
    read and for a file whose dialect nobody knows.
    """
    learner, undecodable, spoken = Learner(), 0, set[str]()
    for source in find_inputs(names):
        chosen = DIALECTS[dialect] if dialect is not None else _recognised(source)
        spoken.add(chosen.name)
        for record in _records(source):
            for event in chosen.decode(record):
                if not isinstance(event, Event):
                    undecodable += 1
                elif claims is None:
                    learner.learn(event.kind, event.name, bytes(event.payload))
                elif any(_claims(match, event, chosen.name) for match in claims):
                    learner.learn(*ONE_CONTRACT, bytes(event.payload))
    return Traffic(learner, spoken.pop() if len(spoken) == 1 else "", undecodable)


def _claims(match: Match, event: Event, dialect: str) -> bool:
    return (
        match.kind == event.kind
        and match.name in ("", event.name)
        and (not match.dialects or dialect in match.dialects)
    )


def _recognised(source: Input) -> Dialect:
    if source.path is None and source.request is None:
        # Standard input can be read once only.
        raise InputError(Problem(source.name, Words("exchange.expected.dialect"), Words("exchange.got.none")))
    found: Counter[str] = Counter()
    for record in _records(source):
        dialect = recognise(record)
        if dialect is not None:
            found[dialect.name] += 1
        if found.total() >= _SAMPLE:
            break
    if not found:
        raise InputError(
            Problem(source.name, Words("exchange.expected.dialect"), Words("exchange.got.unrecognised"))
        )
    return DIALECTS[found.most_common(1)[0][0]]


def _records(source: Input) -> Iterator[Record]:
    try:
        for block in blocks(source):
            yield from block.content.records().records
    except TooLongError:
        raise InputError(
            Problem(source.name, Words("exchange.expected.record"), Words("exchange.got.larger"))
        ) from None
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(unreadable(source.name, error)) from None
