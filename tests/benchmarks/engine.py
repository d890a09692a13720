"""The engine, everything on, beside `orjson.loads` of the same bytes."""

from functools import partial

import orjson

from observer.engine import Chunk, Memory, observe
from observer.loader import example_folder, load
from observer.model import Record, Verdict
from tests.benchmarks.samples import NOW, samples
from tests.benchmarks.timing import best_of, table

EVENTS = 20_000
CHUNK = 2_000


def run() -> str:
    """Returns a table: µs an event for each dialect."""
    catalog = load(example_folder())
    rows = []
    for dialect, sample in samples().items():
        source = sample.source
        if dialect == "snowplow_enriched":
            from observer.dialects import DIALECTS

            magazine = catalog.sources[source]._replace(dialect=DIALECTS[dialect])
            catalog = catalog._replace(sources={**catalog.sources, source: magazine})
        records = [sample.make(number) for number in range(EVENTS)]
        values = [record.value or b"" for record in records]
        work = {"engine": partial(_judge, catalog, source, records)}
        if dialect != "snowplow_enriched":
            work["orjson"] = partial(_parse, values)
        best = best_of(work)
        engine = best["engine"] / EVENTS * 1e6
        orjson_ = best.get("orjson", float("nan")) / EVENTS * 1e6
        ratio = f"{engine / orjson_:.2f}" if "orjson" in best else "–"
        parsed = f"{orjson_:.2f}" if "orjson" in best else "–"
        rows.append((dialect, str(len(values[0])), f"{engine:.2f}", parsed, ratio))
    return table(("dialect", "bytes", "engine µs", "orjson.loads µs", "ratio"), rows)


def _judge(catalog, source, records: list[Record]) -> None:  # type: ignore[no-untyped-def]
    memory = Memory()
    for start in range(0, len(records), CHUNK):
        result = observe(Chunk(source, records[start : start + CHUNK]), catalog, memory, NOW + 1)
        assert result.verdicts[Verdict.VALID] == len(result.sizes), result.kept[0]
        memory.learn(source, "", result.learned, NOW)
        memory.learn_values(source, "", result.learned_values, NOW)


def _parse(values: list[bytes]) -> None:
    for value in values:
        orjson.loads(value)
