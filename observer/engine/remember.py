"""Learning from events that were judged before: their ids and values alone, so that what follows is judged the same."""

from observer.catalog import Catalog
from observer.engine.answers import Answers
from observer.engine.choices import Listening, tells
from observer.engine.evidence import Evidence
from observer.engine.judge import claimant
from observer.engine.memory import Arriving, Memory, identity
from observer.engine.result import Chunk
from observer.engine.timing import event_time
from observer.model import Undecodable


def remember(chunk: Chunk, catalog: Catalog, memory: Memory, now: float) -> None:
    """Takes into `memory` what `observe` would have it learn from `chunk`. Judges, counts and keeps nothing.

    now: the time that the ids are learned at. Raises KeyError for a source that the catalog does not hold, and nothing
    for any bytes.
    """
    source = catalog.sources[chunk.source]
    arriving = Arriving(memory.recent(chunk.source, chunk.partition))
    evidence = Evidence(memory, (chunk.source, chunk.partition))
    answers = Answers(catalog, source, memory)
    listening = Listening(source, catalog, memory, chunk.partition, answers.caches)
    for number, record in enumerate(chunk.records):
        for event in () if number in chunk.refused else source.dialect.decode(record):
            if isinstance(event, Undecodable) or arriving.again(identity(event.message_id)):
                continue
            time = event_time(event, record, now)
            if tells(event, source.watch.choice_events):
                listening.heard(
                    event, time, answers.consent(event, int(time // 60), answers.tools(event)).outcome
                )
            contract = claimant(source.contracts, event)
            if contract is not None and contract.choose is not None:
                contract = contract.choose(event, now).contract
            if contract is not None and contract.looks:
                evidence.remember(contract, event)
    memory.learn(chunk.source, chunk.partition, arriving.learned, now)
    memory.learn_choices(chunk.source, chunk.partition, listening.learned)
    memory.learn_values(chunk.source, chunk.partition, evidence.learned, now)
