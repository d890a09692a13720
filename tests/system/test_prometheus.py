"""A real Prometheus scrapes a running observer, and its own tools find nothing wrong."""

import json
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from observer.metrics import METRICS
from observer.model import Verdict
from tests.running import free_port, observer_running
from tests.system.test_embedded_run import send

pytestmark = pytest.mark.prometheus

SHIPPED = Path(__file__).parents[2] / "deploy" / "prometheus" / "prometheus.yml"


def test_the_shipped_configuration_is_valid() -> None:
    checked = subprocess.run(["promtool", "check", "config", str(SHIPPED)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def test_metrics_pass_promtool_and_come_in_both_formats(tmp_path: Path) -> None:
    with observer_running(tmp_path / "state") as observer:
        send(observer, 0)
        text = observer.get("/metrics")
        assert "# EOF" in observer.get("/metrics", Accept="application/openmetrics-text; version=1.0.0")
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stderr + checked.stdout
    for metric in METRICS:
        assert f"# TYPE {metric.name} {metric.kind}" in text


def test_every_declared_series_exists_at_zero_before_the_first_event(tmp_path: Path) -> None:
    with observer_running(tmp_path / "state") as observer:
        lines = observer.get("/metrics").splitlines()
    for outcome in Verdict:
        assert (
            f'martech_events_total{{contract="order-completed",outcome="{outcome}",source="web-shop"}} 0.0'
            in lines
        )
    assert 'martech_events_received_total{source="web-shop"} 0.0' in lines
    named = {line.partition("{")[0].partition(" ")[0] for line in lines if not line.startswith("#")}
    missing = {metric.name for metric in METRICS if not any(name.startswith(metric.name) for name in named)}
    # What only the workers on Kafka have.
    of_kafka = ("martech_kafka_", "martech_fold_", "martech_collector_produce")
    missing = {name for name in missing if not name.startswith(of_kafka)}
    missing -= {"martech_catalog_info", "martech_source_paused", "martech_store_reachable"}
    assert missing <= {
        "martech_collector_requests_total",
        "martech_upstream_violations_total",
        "martech_engine_failures_total",
        # Of contracts that are deprecated, of which the example has none.
        "martech_contract_deprecated_events_total",
        # Told only where it is known.
        "martech_error_budget_remaining_ratio",
        "martech_error_budget_exhaustion_seconds",
    }


def test_a_real_prometheus_reads_the_counts_back(tmp_path: Path) -> None:
    with observer_running(tmp_path / "state") as observer, prometheus(tmp_path, observer.port) as query:
        assert [send(observer, first * 10) for first in range(5)] == [200] * 5
        assert send(observer, 0) == 200
        until = time.monotonic() + 20
        wanted = 'sum by (outcome) (martech_events_total{source="web-shop"})'
        while query(wanted).get("duplicate") != 10 and time.monotonic() < until:
            time.sleep(0.3)
        found = query(wanted)
        assert found == {
            **{str(verdict): 0.0 for verdict in Verdict},
            "unknown_contract": 50.0,
            "duplicate": 10.0,
        }
        conserved = "sum(martech_events_received_total) - sum(martech_events_total)"
        assert query(conserved) == {"": 0.0}


@contextmanager
def prometheus(folder: Path, target: int) -> "Iterator[Query]":
    """Yields a query function of a Prometheus that scrapes the observer on port `target` twice a second."""
    shipped = SHIPPED.read_text()
    assert "localhost:8700" in shipped
    config = folder / "prometheus.yml"
    config.write_text(
        shipped.replace("localhost:8700", f"127.0.0.1:{target}").replace(
            "scrape_interval: 15s", "scrape_interval: 500ms"
        )
    )
    port = free_port()
    command = ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder / 'tsdb'}"]
    command += [f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        query = Query(port)
        query.wait()
        yield query
    finally:
        process.terminate()
        process.wait(timeout=20)


class Query:
    """Asks a Prometheus: the value by the one label that the answer has, or by ""."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}"

    def __call__(self, promql: str) -> dict[str, float]:
        address = f"{self._address}/api/v1/query?{urllib.parse.urlencode({'query': promql})}"
        with urllib.request.urlopen(address, timeout=10) as response:
            rows = json.load(response)["data"]["result"]
        return {next(iter(row["metric"].values()), ""): float(row["value"][1]) for row in rows}

    def wait(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self._address}/-/ready", timeout=2).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("Prometheus was not ready in time")
