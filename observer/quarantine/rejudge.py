"""The judge of a replay: one kept event under a catalog, without memory, so that none is a duplicate."""

from observer.catalog import Catalog
from observer.engine.judge import claimant, judge
from observer.model import Kept, Record, Undecodable, Verdict
from observer.quarantine.replay import Judge


def rejudge(catalog: Catalog) -> Judge:
    """Returns the judge of `catalog`: None for an event whose source it no longer declares."""

    def verdict(kept: Kept) -> Verdict | None:
        source = catalog.sources.get(kept.source)
        if source is None:
            return None
        decoded = source.dialect.decode(_record(kept))
        # An event that could not be taken out of its record was kept with all of it, and is still the same one.
        event = decoded[kept.index] if 1 < len(decoded) > kept.index else decoded[0]
        if isinstance(event, Undecodable):
            return Verdict.UNDECODABLE
        return judge(event, claimant(source.contracts, event))[0]

    return verdict


def _record(kept: Kept) -> Record:
    return Record(
        value=kept.whole,
        received=kept.received,
        timestamp=kept.timestamp,
        headers=kept.headers,
        path=kept.path,
        place=kept.place,
    )
