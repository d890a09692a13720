"""Every query of the overview returns data from a real Prometheus that scraped running workers."""

import asyncio
import math
from pathlib import Path

import pytest

from observer.deployment.panels import overview
from tests.benchmarks.samples import samples
from tests.deployment.promql_names import plain
from tests.kafka.workers import Company, Worker
from tests.system.test_prometheus import Query, prometheus

pytestmark = [pytest.mark.kafka, pytest.mark.prometheus]

QUERIES = {
    panel.code: [query.promql for query in panel.queries] for row in overview() for panel in row.panels
}
SECONDS = 60


async def test_every_query_returns_data_of_running_workers(
    tmp_path: Path, bootstrap: str, prefix: str
) -> None:
    company = Company(tmp_path, bootstrap, prefix, fold=True)
    sent = {sample.source: sample for sample in samples().values() if not sample.make(0).path}
    await company.make_topics(dict.fromkeys(sent, 1))
    with Worker(company) as worker:
        worker.until_ready()
        with prometheus(tmp_path, worker.port) as query:
            missing = set(QUERIES)
            for round_ in range(SECONDS):
                for source, sample in sent.items():
                    first = round_ * 20
                    await company.produce(
                        source, [_past(sample.make(first + one).value) for one in range(20)]
                    )
                await asyncio.sleep(0.5)
                missing = {code for code in missing if not await asyncio.to_thread(_all_answer, query, code)}
                if not missing:
                    break
    assert not missing


def _all_answer(query: Query, code: str) -> bool:
    filled = [plain(promql, rate="5s", shown="1m") for promql in QUERIES[code]]
    return all(any(not math.isnan(value) for value in query(promql).values()) for promql in filled)


def _past(value: bytes | None) -> bytes:
    """Returns an event of the samples, whose day may lie ahead of the clock, on a day that has passed."""
    assert value is not None
    return value.replace(b"2026-11-22T", b"2026-11-20T")
