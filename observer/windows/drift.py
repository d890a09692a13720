"""Drift as it is told: what comes and no contract names, how often, since when, and what would admit it."""

from collections.abc import Iterable
from typing import NamedTuple

from observer.catalog import Catalog
from observer.metrics import NONE
from observer.windows.drift_readings import DriftRow
from observer.windows.traffic import NOBODY, Owners


class DriftLine(NamedTuple):
    """One thing that no contract names, for people.

    share: of the events looked at since it was first seen, None of unexpected events, all of which are counted;
    per_hour: events an hour between its first and its last minute, of those looked at; update: the command that
    proposes the change to the contract, "" where there is no contract to change.
    """

    row: DriftRow
    title: str
    source_title: str
    share: float | None
    per_hour: float
    owners: Owners
    update: str


def drift_lines(catalog: Catalog, rows: Iterable[DriftRow]) -> tuple[DriftLine, ...]:
    """Returns a line for each, in their order; what a contract that is no more did not name is left out."""
    return tuple(
        _line(catalog, row) for row in rows if row.contract == NONE or row.contract in catalog.contracts
    )


def _line(catalog: Catalog, row: DriftRow) -> DriftLine:
    contract, source = catalog.contracts.get(row.contract), catalog.sources.get(row.source)
    owners = NOBODY
    if contract is not None:
        owners = Owners(contract.marketing_owner, contract.technical_owner)
    elif source is not None:
        owners = Owners(source.marketing_owner, source.technical_owner)
    hours = max((row.last - row.first + 60) / 3600, 1 / 60)
    return DriftLine(
        row,
        contract.title if contract else "",
        source.title if source else row.source,
        min(row.events / row.sampled, 1.0) if row.sampled > 0 else None,
        row.events / hours,
        owners,
        _update(row, catalog),
    )


def _update(row: DriftRow, catalog: Catalog) -> str:
    source = catalog.sources.get(row.source)
    dialect = f" --dialect {source.dialect.name}" if source else ""
    if row.contract == NONE:
        return f"observer contract infer{dialect} EVENTS"
    return f"observer contract infer{dialect} --update schemas/contracts/{row.contract}.odcs.yaml EVENTS"
