"""By which source's contracts an input is judged: the one that was named, else the one whose dialect it speaks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from observer.catalog import Catalog, Source
from observer.check.stand_ins import Reading, Unrecognised
from observer.consent.outcome import ConsentOutcome
from observer.contracts.compiled import Contract, Owner
from observer.dialects import DIALECTS, Dialect
from observer.errors import InputError, Problem, literal, nearest
from observer.messages import Words
from observer.model import Record, Signal

_NOBODY: Final = Owner("", "")
_PLAIN: Final = "plain"
_SAMPLE: Final = 20
"""Recognised records after which an input's dialect is decided."""
_LOOKED_AT: Final = 2_000
"""Records after which it is given up."""


class Asked(NamedTuple):
    """What the caller named: ids of a source and of a dialect, or "". now: when the check began, in seconds since
    the epoch."""

    source: str = ""
    dialect: str = ""
    now: float = 0.0


class Sources:
    """Every source by which a check under one catalog may judge.

    A dialect that one source speaks stands for that source. One that several speak, or none, stands for a source
    of the check's own, `any <dialect>`, with all contracts that claim events in it; where two claim one event,
    those of the first source count.
    """

    def __init__(self, catalog: Catalog, asked: Asked) -> None:
        """Raises InputError for a source that is not declared and for a dialect that does not exist."""
        _known(asked.source, tuple(catalog.sources), "check.source", "--source")
        _known(asked.dialect, tuple(DIALECTS), "check.dialect", "--dialect")
        self._unrecognised = _standing(Unrecognised(), {})
        self._spoken = [(source.dialect, source) for source in _candidates(catalog, asked)]
        every = [source for _, source in self._spoken] + [self._unrecognised]
        self.by_id: Mapping[str, Source] = {
            source.id: source._replace(dialect=Reading(source.dialect), consent=_unasked) for source in every
        }

    def of(self, records: Iterable[Record]) -> str:
        """Returns the id of the source that judges the input which begins with `records`."""
        if len(self._spoken) == 1:
            return self._spoken[0][1].id
        sure: Counter[str] = Counter()
        sampled = 0
        for record in islice(records, _LOOKED_AT):
            signs = {source.id: dialect.recognises(record) for dialect, source in self._spoken}
            sure.update(signs)
            sampled += any(signs.values())
            if sampled == _SAMPLE:
                break
        if not sampled:
            return self._unrecognised.id
        return max(self._spoken, key=lambda spoken: sure[spoken[1].id])[1].id


def _known(word: str, known: Sequence[str], code: str, option: str) -> None:
    if word and word not in known:
        expected = Words(code, {"known": ", ".join(f"`{one}`" for one in known)})
        raise InputError(Problem(option, expected, literal(f"`{word}`"), mend=nearest(word, known)))


def _candidates(catalog: Catalog, asked: Asked) -> list[Source]:
    """The sources to choose from, in the order of the dialects."""
    if asked.source:
        source = catalog.sources[asked.source]
        if asked.dialect in ("", source.dialect.name):
            return [source]
        claims = _claims(catalog, asked.dialect, source.id)
        return [source._replace(dialect=DIALECTS[asked.dialect], contracts={**claims, **source.contracts})]
    names = [asked.dialect] if asked.dialect else list(DIALECTS)
    return [source for name in names for source in _of_dialect(catalog, name)]


def _of_dialect(catalog: Catalog, name: str) -> list[Source]:
    declared = [source for source in catalog.sources.values() if source.dialect.name == name]
    if len(declared) == 1 or (name == _PLAIN and declared):
        # Each plain source has fields of its own.
        return declared
    contracts = {} if declared else _claims(catalog, name, "")
    for source in reversed(declared):
        contracts.update(source.contracts)
    return [_standing(DIALECTS[name], contracts)]


def _claims(catalog: Catalog, dialect: str, source: str) -> dict[tuple[str, str], Contract]:
    """The contracts that claim events in a dialect, of any source or of `source`."""
    claims: dict[tuple[str, str], Contract] = {}
    for contract in catalog.contracts.values():
        for match in contract.matches:
            if (not match.dialects or dialect in match.dialects) and (
                not match.sources or source in match.sources
            ):
                claims.setdefault((match.kind, match.name), contract)
    return claims


def _unasked(signals: tuple[Signal, ...], day: int) -> ConsentOutcome:
    """A check judges events by their contracts: what their consent allows is nothing it tells."""
    return ConsentOutcome((), ())


def _standing(dialect: Dialect, contracts: Mapping[tuple[str, str], Contract]) -> Source:
    return Source(
        id=f"any {dialect.name}" if dialect.name in DIALECTS else dialect.name,
        title=dialect.name,
        channel="",
        dialect=dialect,
        marketing_owner=_NOBODY,
        technical_owner=_NOBODY,
        contracts=contracts,
        consent=_unasked,
        purposes=(),
        destinations=(),
    )
