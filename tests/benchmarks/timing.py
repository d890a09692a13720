"""Measuring: CPU seconds of this process, best of several rounds taken in turn."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence


def best_of(work: Mapping[str, Callable[[], object]], rounds: int = 5) -> dict[str, float]:
    """Returns the least CPU seconds of each piece of work, all of them in turn in each round, so that a machine
    that slows down slows all of them."""
    best = dict.fromkeys(work, float("inf"))
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name, run in work.items():
            start = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - start)
    gc.unfreeze()
    return best


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Returns a table in Markdown."""
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
