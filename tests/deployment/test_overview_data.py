"""Every query of the overview returns data from a real Prometheus that scraped a running observer."""

import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from observer.deployment.panels import overview
from tests.deployment.promql_names import plain
from tests.running import free_port
from tests.system.test_prometheus import Query, prometheus

pytestmark = pytest.mark.prometheus

QUERIES = [
    query.promql for row in overview() if not row.on_kafka for panel in row.panels for query in panel.queries
]
SECONDS = 60.0


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Query]:
    """A Prometheus that scrapes an embedded run under seeded traffic."""
    folder, port = tmp_path_factory.mktemp("overview"), free_port()
    command = [
        sys.executable,
        "-m",
        "observer",
        "demo",
        "--port",
        str(port),
        "--seconds",
        "600",
        "--rate",
        "50",
    ]
    with (folder / "demo.log").open("w") as log:
        demo = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "LC_ALL": "C"})
        try:
            with prometheus(folder, port) as query:
                yield query
        finally:
            demo.terminate()
            demo.wait(timeout=30)


@pytest.mark.parametrize("promql", QUERIES)
def test_every_query_returns_data_of_an_embedded_run(embedded: Query, promql: str) -> None:
    filled = plain(promql, rate="5s", shown="1m")
    until = time.monotonic() + SECONDS
    while not (values := _numbers(embedded(filled))) and time.monotonic() < until:
        time.sleep(0.3)
    assert values, filled


def _numbers(found: dict[str, float]) -> list[float]:
    return [value for value in found.values() if not math.isnan(value)]
