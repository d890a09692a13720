"""Quix Streams with jsonschema-rs, exactly once, what is not valid written out. Runs in an environment of its own.

python contender.py BOOTSTRAP TOPIC OUT EVENTS SCHEMA
"""

import json
import sys
import time

import jsonschema_rs
import orjson
from quixstreams import Application


def main() -> None:
    """Reads the topic to its end and says what that took, as one line of JSON."""
    bootstrap, topic, out, events, schema = sys.argv[1:]
    valid = jsonschema_rs.validator_for(json.loads(schema)).is_valid
    app = Application(
        broker_address=bootstrap,
        consumer_group=f"bench-quix-{time.time_ns()}",
        auto_offset_reset="earliest",
        processing_guarantee="exactly-once",
        auto_create_topics=False,
        loglevel="ERROR",
    )
    source = app.topic(topic, value_deserializer="bytes")
    bad = app.topic(out, value_serializer="bytes")
    began: list[float] = []
    seen, written = [0], [0]

    def refused(value: bytes) -> bool:
        if not began:
            began.extend((time.perf_counter(), time.process_time()))
        seen[0] += 1
        if seen[0] == int(events):
            app.stop()
        if valid(orjson.loads(value)["properties"]):
            return False
        written[0] += 1
        return True

    app.dataframe(source).filter(refused).to_topic(bad)
    app.run()
    wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
    print(json.dumps({"events": seen[0], "written": written[0], "wall": wall, "cpu": cpu}))


if __name__ == "__main__":
    main()
