"""What a scrape of a worker asks for: states of the moment, of what this worker has now and of nothing else."""

from collections import Counter
from collections.abc import Iterator

from observer import metrics
from observer.sinks.gauges import Moment, Reading
from observer.sinks.gauges import read as read_common
from streams.health import Status
from streams.ingest import Ingest
from streams.owned import State
from streams.watching import Watch
from streams.work import Work


def read(work: Work, ingest: Ingest, watch: Watch) -> Iterator[Reading]:
    """Yields every gauge of a worker."""
    yield from read_common(_moment(work))
    yield metrics.CATALOG_INFO, (work.catalog.digest,), 1
    for source in work.catalog.sources:
        yield metrics.SOURCE_PAUSED, (source,), float(source in work.paused)
    membership = ingest.membership
    states = (
        Counter(owned.state for owned in membership.owned.values()) if membership is not None else Counter()
    )
    for state in State:
        if state is not State.CLOSED:
            yield metrics.PARTITIONS, (state.value,), states[state]
    if membership is not None and membership.polled is not None:
        yield metrics.LAST_POLL, (), membership.polled
    for behind in watch.read():
        place = (behind.place.topic, str(behind.place.partition))
        yield metrics.LAG, place, behind.lag
        if behind.seconds is not None:
            yield metrics.LAG_SECONDS, place, behind.seconds
        yield metrics.LOG_MARGIN, place, behind.margin
        for status in Status:
            yield metrics.PARTITION_STATUS, (*place, status.value), float(behind.status is status)


def _moment(work: Work) -> Moment:
    return Moment(
        work.catalog,
        work.holder.state,
        work.totals,
        work.memory,
        work.clock.now(),
        work.started,
        waiting=None,
        quarantine_bytes=None,
        leak_share=work.settings.leaks.share,
        whole=False,
    )
