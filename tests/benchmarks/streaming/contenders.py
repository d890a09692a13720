"""Peers, each a process of its own that reads one topic to its end and says what that took.

python -m tests.benchmarks.streaming.contenders getmany|orjson|faust BOOTSTRAP TOPIC OUT EVENTS SCHEMA
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable

import jsonschema_rs
import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition


def main() -> None:
    """Runs the peer that the command line names."""
    name, bootstrap, topic, out, events, schema = sys.argv[1:]
    if name == "faust":
        _faust(bootstrap, topic, out, int(events), schema)
    else:
        work = orjson.loads if name == "orjson" else None
        asyncio.run(_getmany(bootstrap, topic, int(events), work))


async def _getmany(bootstrap: str, topic: str, events: int, work: Callable[[bytes], object] | None) -> None:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    place = TopicPartition(topic, 0)
    consumer.assign([place])
    await consumer.seek_to_beginning(place)
    seen = 0
    meter = Meter()
    while seen < events:
        for records in (await consumer.getmany(timeout_ms=1_000)).values():
            meter.start()
            seen += len(records)
            if work is not None:
                for record in records:
                    work(record.value)
    meter.tell(seen)
    await consumer.stop()


def _faust(bootstrap: str, topic: str, out: str, events: int, schema: str) -> None:
    sys.argv = [sys.argv[0], "worker"]
    import tempfile

    import faust
    from faust.app.base import BootStrategy

    class WithoutWeb(BootStrategy):
        enable_web = False

    class App(faust.App):
        BootStrategy = WithoutWeb

    app = App(
        f"bench-faust-{time.time_ns()}",
        broker=f"kafka://{bootstrap}",
        value_serializer="raw",
        topic_disable_leader=True,
        table_standby_replicas=0,
        datadir=tempfile.mkdtemp(),
        consumer_auto_offset_reset="earliest",
    )
    source, bad = app.topic(topic, value_serializer="raw"), app.topic(out, value_serializer="raw")
    valid = jsonschema_rs.validator_for(json.loads(schema)).is_valid
    meter, seen = Meter(), [0, 0]

    @app.agent(source)
    async def judge(stream: faust.StreamT[bytes]) -> None:
        async for value in stream:
            meter.start()
            if not valid(orjson.loads(value)["properties"]):
                seen[1] += 1
                await bad.send(value=value)
            seen[0] += 1
            if seen[0] == events:
                meter.tell(*seen)
                os._exit(0)  # nothing else to do, and a stop takes seconds

    faust.Worker(app, loglevel="error", redirect_stdouts=False, quiet=True).execute_from_commandline()


class Meter:
    """Wall and CPU seconds of this process since the first event."""

    def __init__(self) -> None:
        self._wall = 0.0
        self._cpu = 0.0

    def start(self) -> None:
        """Begins; only the first call counts."""
        if not self._wall:
            self._wall, self._cpu = time.perf_counter(), time.process_time()

    def tell(self, events: int, written: int = 0) -> None:
        """Prints what it came to, as one line of JSON."""
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        print(
            json.dumps({"events": events, "written": written, "wall": wall, "cpu": cpu}),
            file=sys.__stdout__,
            flush=True,
        )


if __name__ == "__main__":
    main()
