"""The demo put together: an observer of its own, traffic sent to it over HTTP, planted beside found."""

import asyncio
import contextlib
import json
import re
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from aiohttp import ClientSession

from observer import metrics
from observer.app import Observer
from observer.clock import SystemClock
from observer.demo.faults import CODES, DEAD_SDK, FAULTS, TWICE_GATE
from observer.demo.sending import Sender
from observer.demo.short import WINDOW, ShortWindows
from observer.demo.traffic import TWICE, TWICE_FROM, Traffic
from observer.errors import Problem, SettingsError
from observer.loader import example_folder
from observer.messages import Words
from observer.model import Verdict
from observer.settings import Settings
from observer.sinks.totals import Totals
from observer.sources.keyring import read_keys

SILENT_AFTER: Final = 5
"""Seconds without an event after which the loyalty app counts as silent here: its real hour would outlast the demo."""
_DEAD_SOURCE: Final = "loyalty"
_PORTS_TRIED: Final = 100


class Plan(NamedTuple):
    """What to run. seconds: None to run until stopped; rate: events a second."""

    seed: int
    seconds: int | None
    rate: int
    port: int


class Score(NamedTuple):
    """One fault: how often it was planted, and how often the observer found it."""

    code: str
    planted: int
    found: int


class Outcome(NamedTuple):
    """What a demo came to."""

    seed: int
    received: int
    verdicts: dict[str, int]
    scores: tuple[Score, ...]

    @property
    def exact(self) -> bool:
        """Whether each fault was found as often as it was planted."""
        return all(score.planted == score.found for score in self.scores)

    def as_json(self) -> str:
        """Returns the outcome as one JSON object."""
        faults = [score._asdict() for score in self.scores]
        return json.dumps(
            {"seed": self.seed, "received": self.received, "verdicts": self.verdicts, "faults": faults}
        )


async def run_demo(
    plan: Plan, opened: Callable[[str], None], progress: Callable[[Outcome, int], None]
) -> Outcome:
    """Returns what came of it, once the time is over or a signal came.

    opened: told the page's address before anything is sent; progress: told the outcome so far, each second.
    """
    with tempfile.TemporaryDirectory(prefix="observer-demo-") as name:
        folder = Path(name)
        clock = SystemClock()
        holder = ShortWindows(_catalog(folder), clock)
        settings = Settings(state=folder / "state", port=free_port("127.0.0.1", plan.port))
        keys = read_keys(holder.catalog, {}, {}, generate=True)
        observer = Observer(settings, holder, lambda _: keys, clock)
        await observer.start()
        try:
            address = f"http://localhost:{observer.port}"
            opened(f"{address}/")
            sender = Sender(address, holder.catalog, keys.keys, clock)
            return await _drive(plan, observer, sender, progress)
        finally:
            await observer.stop()


async def _drive(
    plan: Plan, observer: Observer, sender: Sender, progress: Callable[[Outcome, int], None]
) -> Outcome:
    dies_at = max(2, int(plan.seconds * 0.3)) if plan.seconds is not None else 10
    traffic = Traffic(plan.seed, plan.rate, dies_at)
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    start, second = loop.time(), 0
    async with ClientSession() as session:
        while not stopped.is_set() and (plan.seconds is None or second < plan.seconds):
            await sender.send(session, traffic.second(second))
            second += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), max(0.0, start + second - loop.time()))
            # An SDK counts as dead once its silence is long enough to be told from a quiet moment.
            dead = second >= dies_at + SILENT_AFTER + 1
            # The first whole minute in which receipts came twice is over, and its windows are closed.
            judged = second >= TWICE_FROM + 2 * WINDOW + 2
            progress(outcome(plan.seed, observer, sender, dead=dead, judged=judged), second)
    # The minute in hand would be judged at its end, which the demo does not wait for.
    await observer.corridor.flush()
    await observer.corridor.close_windows(observer.now + WINDOW)
    dead = second >= dies_at + SILENT_AFTER + 1
    return outcome(plan.seed, observer, sender, dead=dead, judged=True)


def outcome(seed: int, observer: Observer, sender: Sender, *, dead: bool, judged: bool) -> Outcome:
    """Returns what was planted and found so far. dead: whether an SDK has been silent for long enough; judged:
    whether a window is over in which receipts came twice."""
    totals = observer.totals
    scores = [Score(fault.code, sender.planted[fault.code], int(fault.find(totals))) for fault in FAULTS]
    silent = {
        labels[0] for metric, labels, value in observer.gauges() if metric is metrics.SOURCE_SILENT and value
    }
    contract, gate = TWICE_GATE
    incidents = int(totals.value(metrics.INCIDENTS, contract=contract, gate=gate))
    # One incident, told from when it can be known: many receipts told twice are one fault of the tills.
    known = sender.planted[TWICE] > 0 and (judged or incidents > 0)
    scores.append(Score(TWICE, int(known), incidents))
    scores.append(Score(DEAD_SDK, int(dead), int(_DEAD_SOURCE in silent)))
    assert [score.code for score in scores] == list(CODES)
    return Outcome(seed, int(totals.value(metrics.RECEIVED)), verdicts(totals), tuple(scores))


def verdicts(totals: Totals) -> dict[str, int]:
    """Returns the number of events by verdict."""
    return {verdict.value: int(totals.value(metrics.EVENTS, outcome=verdict.value)) for verdict in Verdict}


def free_port(host: str, wanted: int) -> int:
    """Returns the first free port from `wanted` on. Raises SettingsError where a hundred are taken."""
    for port in range(wanted, wanted + _PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError):
                continue
            return port
    raise SettingsError(
        Problem(
            "--port",
            Words("cli.run.port_expected"),
            Words("cli.run.port_busy", {"port": wanted}),
            mend=Words("cli.run.port_mend"),
        )
    )


def _catalog(folder: Path) -> Path:
    """The example's files with one change, so that a dead SDK shows within the demo's time."""
    copied = folder / "schemas"
    shutil.copytree(example_folder(), copied)
    declared = copied / "sources" / f"{_DEAD_SOURCE}.yaml"
    text = declared.read_text(encoding="utf-8")
    changed = re.sub(
        r"^silentAfterSeconds:.*$", f"silentAfterSeconds: {SILENT_AFTER}", text, flags=re.MULTILINE
    )
    declared.write_text(changed, encoding="utf-8")
    return copied
