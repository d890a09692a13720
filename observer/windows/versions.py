"""Who still sends which version of a contract, where there is more to say than one version."""

from math import inf
from typing import Final, NamedTuple

from observer.catalog import Catalog
from observer.contracts.compiled import Contract
from observer.contracts.versions import UNKNOWN_VERSION
from observer.windows.readings import Readings, subject_measures
from observer.windows.traffic import Owners

STATES: Final = ("unknown", "ended", "unsupported", "deprecated", "older", "newest")
"""The states of a version, the most urgent first."""


class VersionLine(NamedTuple):
    """Events of one version from one source in the period.

    version: `_other` for events that name none of the contract's; state: one of STATES, now; ends: when the next of its
    ends comes, or None; replaced_by: where its senders should move to, or "".
    """

    contract: str
    title: str
    version: str
    source: str
    source_title: str
    events: int
    state: str
    ends: float | None
    replaced_by: str
    owners: Owners


def version_lines(catalog: Catalog, readings: Readings, now: float) -> tuple[VersionLine, ...]:
    """Returns a line for each version and source of contracts that have several versions, or one that nears its end.

    The most urgent first, then by number of events. now: seconds since the epoch, which ends are compared with.
    """
    lines = []
    for name, measures in subject_measures(readings, "contract").items():
        contract = catalog.contracts.get(name)
        if contract is None:
            continue
        versions = {each.version: each for each in contract.versions or (contract,)}
        found = {}
        for measure, events in measures.items():
            if measure.startswith("version/"):
                version, _, source = measure.removeprefix("version/").rpartition("/")
                found[version, source] = round(events)
        if len(versions) == 1 and not any(
            _state(versions, version, now) in STATES[:4] for version, _ in found
        ):
            continue
        for (version, source), events in found.items():
            lines.append(_line(catalog, contract, versions, version, source, events, now))
    return tuple(
        sorted(
            lines,
            key=lambda one: (STATES.index(one.state), -one.events, one.contract, one.version, one.source),
        )
    )


def _line(
    catalog: Catalog,
    contract: Contract,
    versions: dict[str, Contract],
    version: str,
    source: str,
    events: int,
    now: float,
) -> VersionLine:
    life = versions.get(version, contract).lifetime if version != UNKNOWN_VERSION else contract.lifetime
    ahead = [end for end in (life.end_of_support, life.end_of_life) if now < end < inf]
    known = version in versions
    return VersionLine(
        contract.id,
        contract.title,
        version,
        source,
        catalog.sources[source].title if source in catalog.sources else source,
        events,
        _state(versions, version, now),
        min(ahead) if ahead and known else None,
        life.replaced_by if known else "",
        Owners(contract.marketing_owner, contract.technical_owner),
    )


def _state(versions: dict[str, Contract], version: str, now: float) -> str:
    found = versions.get(version)
    if found is None:
        return "unknown"
    life = found.lifetime
    if now >= life.end_of_life:
        return "ended"
    if now >= life.end_of_support:
        return "unsupported"
    if life.deprecated:
        return "deprecated"
    return "newest" if version == next(iter(versions)) else "older"
