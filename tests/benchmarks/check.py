"""`observer check` on a big file, both cores, as a process of its own."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.samples import segment_order
from tests.benchmarks.timing import table
from tests.running import EXAMPLE

EVENTS = 1_000_000
"""Some 1.3 GB: enough that starting the processes does not count."""


def run() -> str:
    """Returns a table: events a second by number of processes."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "orders.ndjson"
        with file.open("wb") as out:
            out.writelines(segment_order(number) + b"\n" for number in range(EVENTS))
        for jobs in (1, 2):
            command = [sys.executable, "-m", "observer", "check", str(file), "--source", "web-shop"]
            command += ["--catalog", str(EXAMPLE), "--jobs", str(jobs), "--format", "json"]
            seconds, cpu = min(_timed(command) for _ in range(2))
            rows.append((str(jobs), f"{EVENTS / seconds:,.0f}", f"{cpu / EVENTS * 1e6:.2f}"))
    return table(("check: processes", "events/s", "CPU µs an event"), rows)


def _timed(command: list[str]) -> tuple[float, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    assert done.returncode == 0, done.stdout[:500] + done.stderr[:500]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
