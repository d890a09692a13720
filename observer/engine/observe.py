"""The system on one screen: records of one source in, verdicts and counts out. Pure: the caller keeps and learns."""

from observer.catalog import Catalog
from observer.engine.answers import Answers
from observer.engine.choices import Listening
from observer.engine.evidence import Evidence
from observer.engine.judge import claimant, judge
from observer.engine.keep import Keeper
from observer.engine.memory import Arriving, Memory, identity
from observer.engine.result import Chunk, Result
from observer.engine.tally import Limits, Tally
from observer.model import Kept, Record, Undecodable, Verdict

DEFAULT_LIMITS = Limits()


def observe(
    chunk: Chunk, catalog: Catalog, memory: Memory, now: float, limits: Limits = DEFAULT_LIMITS
) -> Result:
    """Judges every event of `chunk` at the time `now` and returns all that is to be counted, kept and learned.

    Each event gets exactly one verdict, in the precedence of model.Verdict. Raises KeyError for a source that
    the catalog does not hold, and nothing for any bytes.
    """
    source = catalog.sources[chunk.source]
    decode, contracts = source.dialect.decode, source.contracts
    arriving = Arriving(memory.recent(chunk.source, chunk.partition))
    answers = Answers(catalog, source, memory, limits.prove)
    listening = Listening(source, catalog, memory, chunk.partition, answers.caches)
    tally = Tally(catalog, source, limits)
    evidence = Evidence(memory, (chunk.source, chunk.partition))
    keeper = Keeper(source, now, catalog.digest)
    kept: list[Kept] = []
    unreadable: dict[int, str] = {}
    sizes: list[int] = []
    door: dict[int, int] = {}

    refused = chunk.refused
    for number, record in enumerate(chunk.records):
        decoded = (refused[number],) if number in refused else decode(record)
        sizes.append(len(decoded))
        for index, event in enumerate(decoded):
            if isinstance(event, Undecodable):
                time = _time(record, now)
                door[int(time // 60)] = door.get(int(time // 60), 0) + 1
                tally.unreadable(event, time)
                kept.append(keeper.unreadable(event, record, index))
                tally.leaks.unreadable(kept[-1], int(time // 60))
                if len(decoded) == 1:
                    unreadable[number] = event.reason
                continue

            at_server = record.received if record.received is not None else event.received
            time = at_server if at_server is not None else _time(record, now)
            minute = int(time // 60)
            door[minute] = door.get(minute, 0) + 1
            contract = claimant(contracts, event)

            if arriving.again(identity(event.message_id)):
                tally.duplicate(contract, time)
                continue

            contract, verdict, findings, payload = judge(event, contract, time)
            if contract is not None and contract.looks:
                evidence.add(contract, event, payload, findings, minute)
            end_to_end = tally.timing.add(event, at_server, now, minute)
            late = contract is not None and end_to_end is not None and end_to_end > contract.latency_threshold
            tools = answers.tools(event)
            answer = answers.consent(event, minute, tools)
            consent = listening.heard(event, time, answer.outcome)
            tally.add((contract, verdict, minute, end_to_end is not None, late, consent, tools), time)
            tally.leaks.look(event, contract, verdict is not Verdict.VALID, minute)
            tally.drift.add(event, contract, findings, minute)
            if answer.proof is not None:
                tally.proofs.add(answer.proof, consent)
            if event.upstream:
                tally.upstream(event, minute)
            if verdict is not Verdict.VALID:
                tally.findings(contract, findings, minute)
                kept.append(keeper.event(event, verdict, contract, findings, record, index))

    return tally.result(kept, arriving.learned, unreadable, sizes, door, evidence, answers, listening)


def _time(record: Record, now: float) -> float:
    """Event time where the event does not tell it: the record's own, never the device's."""
    if record.received is not None:
        return record.received
    return record.timestamp if record.timestamp is not None else now
