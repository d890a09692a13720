"""Resident memory from the first million events to the tenth."""

import resource
import sys

from observer.engine import Chunk, Memory, observe
from observer.loader import example_folder, load
from observer.model import Record
from observer.sinks.totals import Totals
from observer.windows.merge import merge
from tests.benchmarks.samples import NOW, segment_order
from tests.benchmarks.timing import table

CHUNK = 5_000


def resident() -> float:
    """Returns the resident memory of this process in MB, now where the system tells it, else at its peak."""
    try:
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def run(millions: int = 10) -> str:
    """Returns a table: resident memory after each million events of five sources' worth of ids."""
    catalog, memory, totals = load(example_folder()), Memory(), Totals()
    totals.declare(catalog)
    rows, number = [], 0
    for million in range(1, millions + 1):
        for _ in range(1_000_000 // CHUNK):
            records = [Record(value=segment_order(number + place)) for place in range(CHUNK)]
            number += CHUNK
            result = observe(Chunk("web-shop", records), catalog, memory, NOW + number / 10_000)
            memory.learn("web-shop", "", result.learned, NOW)
            totals.add(result)
            merge({}, result.rollups)
        rows.append((str(million), f"{resident():.0f}"))
    return table(("million events", "resident MB"), rows)
