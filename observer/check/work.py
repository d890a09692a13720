"""Who judges the blocks: this process, or as many as there are cores."""

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Final, NamedTuple, Protocol, TypeAlias, TypeVar

from observer.catalog import Catalog
from observer.check.blocks import SIZES, Block, Range, Sizes
from observer.check.inputs import Input, printable, unreadable
from observer.check.judge import Judge, Judged
from observer.check.sources import Asked
from observer.errors import InputError, Problem
from observer.loader import DEFAULT_LIMITS, LoadLimits, load
from observer.messages import Words

PARALLEL_FROM_BYTES: Final = 24_000_000
"""Below this, starting processes costs more than it brings."""
START_METHOD: Final = "fork" if sys.platform == "linux" else "spawn"
"""A fork begins at once with the catalog that is loaded; elsewhere the system's own libraries forbid it."""
_AHEAD: Final = 3
"""Blocks in hand for each process: enough that none waits, few enough that memory stays flat."""


class Check(NamedTuple):
    """What to check, and how.

    folder, limits: of the catalog; jobs: processes, 0 for one a core; findings: how many to list; window: events
    among which a second one of the same id is a duplicate; parallel_from: bytes in hand from which processes are
    started.
    """

    inputs: list[Input]
    folder: Path
    asked: Asked = Asked()
    limits: LoadLimits = DEFAULT_LIMITS
    jobs: int = 0
    findings: int = 1_000
    window: int = 200_000
    sizes: Sizes = SIZES
    parallel_from: int = PARALLEL_FROM_BYTES


class Part(Protocol):
    """What carries a block."""

    @property
    def block(self) -> Block:
        """The block."""


PartT = TypeVar("PartT", bound=Part)
Outcome: TypeAlias = list[Judged] | Problem
"""What a block came to, or why it could not be read any more."""


def cores() -> int:
    """Returns how many processes can run at the same time: a container may have fewer cores than its machine."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def judge_of(check: Check, catalog: Catalog) -> Judge:
    """Returns what judges. Raises InputError for a source or dialect that does not exist."""
    return Judge(catalog, check.asked, check.window, check.findings, check.sizes)


def in_turn(parts: Iterable[PartT], judge: Judge) -> Iterator[tuple[PartT, Outcome]]:
    """Yields what each block came to, judged here."""
    for part in parts:
        yield part, _outcome(judge, part.block)


def together(
    parts: Iterable[PartT], judge: Judge, check: Check, jobs: int
) -> Iterator[tuple[PartT, Outcome]]:
    """Yields what each block came to, in order, judged by `jobs` processes. Raises InputError where one dies."""
    context = multiprocessing.get_context(START_METHOD)
    # What is handed over by fork is not copied; a catalog's compiled parts could not be.
    handed = (judge if START_METHOD == "fork" else None, check._replace(inputs=[]))
    waiting: deque[tuple[PartT, Future[Outcome]]] = deque()
    try:
        with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=handed) as pool:
            for part in parts:
                waiting.append((part, pool.submit(_judge, part.block)))
                if len(waiting) >= jobs * _AHEAD:
                    first, outcome = waiting.popleft()
                    yield first, outcome.result()
            while waiting:
                first, outcome = waiting.popleft()
                yield first, outcome.result()
    except BrokenProcessPool as error:
        expected, got = Words("check.processes", {"jobs": jobs}), Words("check.process_died")
        problem = Problem("--jobs", expected, got, mend=Words("check.mend_processes"))
        raise InputError(problem) from error


_worker: list[Judge] = []
"""What a worker process holds from its start."""


def _begin(judge: Judge | None, check: Check) -> None:
    # Ctrl-C reaches every process; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker[:] = [judge or judge_of(check, load(check.folder, check.limits))]
    # The catalog stays: collecting garbage need not look at it again and again.
    gc.freeze()


def _judge(block: Block) -> Outcome:
    [judge] = _worker
    return _outcome(judge, block)


def _outcome(judge: Judge, block: Block) -> Outcome:
    try:
        return judge.judge(block)
    except OSError as error:
        content = block.content
        return unreadable(printable(content.path) if isinstance(content, Range) else "", error)
