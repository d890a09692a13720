"""Personal data where no contract expects it, in one period: how often, of how many events, and where it stands."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from observer.catalog import Catalog
from observer.windows.readings import Readings, subject_measures
from observer.windows.shares import ratio
from observer.windows.traffic import NOBODY, Owners

_LEAK: Final = "leak/"
_LOOKED: Final = "leaking/"


class LeakLine(NamedTuple):
    """One kind of personal data at one place of one contract's events. path: names that nobody declared are `*`."""

    contract: str
    title: str
    kind: str
    path: str
    events: int
    owners: Owners


class Looked(NamedTuple):
    """Events that were looked into for one reason, and those of them that held personal data."""

    events: int
    leaking: int

    @property
    def share(self) -> float | None:
        """Leaking events ÷ events looked into; None where there is none."""
        return ratio(self.leaking, self.events)


class LeakSummary(NamedTuple):
    """drawn: of a declared share of all events, so that its share is that of the traffic; quarantined: the others
    that were kept; lines: most frequent first, of both."""

    drawn: Looked
    quarantined: Looked
    lines: tuple[LeakLine, ...]


def leak_summary(catalog: Catalog, readings: Readings) -> LeakSummary:
    """Returns what was found, over all contracts."""
    lines = sorted(
        _lines(catalog, readings), key=lambda line: (-line.events, line.contract, line.path, line.kind)
    )
    return LeakSummary(_looked(readings, "drawn"), _looked(readings, "quarantined"), tuple(lines))


def _lines(catalog: Catalog, readings: Readings) -> Iterator[LeakLine]:
    for contract_id, rollup in subject_measures(readings, "contract").items():
        contract = catalog.contracts.get(contract_id)
        for measure, value in rollup.items():
            if measure.startswith(_LEAK):
                _, kind, path = measure.split("/", 2)
                title = contract.title if contract else contract_id
                owners = Owners(contract.marketing_owner, contract.technical_owner) if contract else NOBODY
                yield LeakLine(contract_id, title, kind, path, round(value), owners)


def _looked(readings: Readings, sample: str) -> Looked:
    clean = leaking = 0.0
    for rollup in subject_measures(readings, "contract").values():
        clean += rollup.get(f"{_LOOKED}{sample}/clean", 0)
        leaking += rollup.get(f"{_LOOKED}{sample}/leaking", 0)
    return Looked(round(clean + leaking), round(leaking))
