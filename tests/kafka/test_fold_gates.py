"""Gates are closed by the input's own time: on Kafka as in the embedded run, however chunks were cut and folded."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from gate_traffic import CONTRACTS, LATENESS, MINUTES, RULES, rollups

from observer import metrics
from observer.engine import Result
from observer.model import Rollup, RollupKey, Verdict
from observer.settings import Settings
from observer.store import Gatekeeper, Store, gates
from observer.windows.gates import Decision, Incident
from observer.windows.merge import merge
from streams.fold import fold_store
from tests.kafka.fold_traffic import MINUTE, Chunk, Ingest, settings_of
from tests.kafka.folding import Folding, folding, until

pytestmark = pytest.mark.kafka

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
BEGIN = MINUTE // 1440 * 1440 - 2 * MINUTES
STEP = 45
"""Minutes of one chunk: no divisor of an hour."""
SUBJECT = ("contract", "order-completed")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


def traffic(since: int, until_: int) -> dict[RollupKey, Rollup]:
    """What these minutes bring, in time."""
    made: dict[RollupKey, Rollup] = {}
    for minute in range(since, until_):
        own = {key: rollup for key, rollup in rollups(minute).items() if key[2] == minute}
        merge(made, {(*SUBJECT, BEGIN + minute): rollup for rollup in own.values()})
    return made


def chunk(number: int, made: dict[RollupKey, Rollup], newest_minute: int) -> Chunk:
    verdicts = dict.fromkeys(Verdict, 0) | {Verdict.VALID: 1}
    newest = {SUBJECT: (BEGIN + newest_minute + 1) * 60.0}
    result = Result(
        1, verdicts, counts={}, histograms={}, newest=newest, rollups=made, kept=(), learned=(), unreadable={}, sizes=[1]
    )  # fmt: skip
    return Chunk("shop", 0, number, number + 1, result)


def chunks() -> Iterator[Chunk]:
    for number, since in enumerate(range(0, MINUTES, STEP)):
        yield chunk(number, traffic(since, since + STEP), since + STEP - 1)


def concluded(store: Store) -> tuple[list[tuple[Decision, float, float]], tuple[Incident, ...]]:
    with store.transaction() as cursor:
        found = gates.read_decisions(cursor, 0, 1e12)
        return sorted(found, key=str), gates.read_incidents(cursor, 0)


def embedded(folder: Path) -> tuple[list[tuple[Decision, float, float]], tuple[Incident, ...]]:
    """What a run without Kafka concludes from the same minutes."""
    with Store.open(folder) as store:
        keeper = Gatekeeper(store.database)
        for since in range(0, MINUTES, 240):
            store.add(traffic(since, since + 240), [], {}, 0.0)
            keeper.close(CONTRACTS, (BEGIN + since + 240) * 60.0)
        return concluded(store)


async def test_gates_on_kafka_decide_as_the_embedded_run_does(
    bootstrap: str, prefix: str, tmp_path: Path, url: str | None
) -> None:
    expected = embedded(tmp_path / "embedded")
    assert expected[1], "the traffic closes gates"
    settings = settings_of(bootstrap, prefix, tmp_path / "state", url)
    told = list(chunks())
    end = (BEGIN + MINUTES) * 60.0
    async with Ingest(settings) as ingest:
        await ingest.make_topics()
        for part in (told[:20], told[20:]):
            store = fold_store(settings)
            async with folding(settings, store, CONTRACTS) as one:
                await ingest.tell(part)
                reached = max(part[-1].result.newest.values())
                await decided(one, store, reached)
                said = {labels for metric, labels, _ in one.service.gauges() if metric is metrics.GATE_OPEN}
                assert said == {("order-completed", rule.gate) for rule in RULES}
        assert reached == end
        with closing(fold_store(settings)) as store:
            assert concluded(store) == expected
        await late_event(settings, ingest, len(told))


async def decided(one: Folding, store: Store, watermark: float) -> None:
    """Returns once everything up to a watermark is folded and decided."""

    def done() -> bool:
        with store.transaction() as cursor:
            states = gates.read_states(cursor).values()
        over = (watermark - LATENESS) // 300 * 300 - 300
        reached = one.gauge("martech_fold_watermark_timestamp_seconds") == watermark
        return reached and any(state.decided_until >= over for state in states)

    await until(done, "all is decided")


async def late_event(settings: Settings, ingest: Ingest, position: int) -> None:
    """One event for a window that is decided: it amends the row, is counted and decides nothing anew."""
    store = fold_store(settings)
    before = concluded(store)
    async with folding(settings, store, CONTRACTS) as one:
        late: dict[RollupKey, Rollup] = {
            (*SUBJECT, BEGIN + 5): {
                "verdict/valid": 1.0,
                "quality/complete/of": 1.0,
                "quality/complete/bad": 1.0,
            }
        }
        await ingest.tell([chunk(position, late, MINUTES - 1)])
        await until(
            lambda: one.totals.value(metrics.LATE_EVENTS, contract="order-completed") == 1, "it is counted"
        )
        decisions, incidents = concluded(store)
    assert incidents == before[1]
    assert [one for one, *_ in decisions] == [one for one, *_ in before[0]]
    amended = [after for earlier, after in zip(before[0], decisions, strict=True) if after != earlier]
    assert ("complete", 1.0, 1.0) in [(one.gate, bad, of) for one, bad, of in amended]
