"""Consent and tools of one event, worked out once for each distinct question."""

from typing import Final

from observer.catalog import Catalog, Source
from observer.consent.contradictions import Contradiction
from observer.consent.proof import Prove
from observer.engine.memory import Answered, ConsentQuestion, Memory, Proof, Seen, Shared
from observer.model import Event, Signal
from observer.tools.sighting import Evidence

_MINUTES_A_DAY: Final = 1_440
_LONGEST_QUESTION: Final = 8_192
"""Bytes of a question that is worth caching; what is longer is rare, and would make the cache's size unbounded."""


class Answers:
    """The cached answers for one source under one catalog."""

    __slots__ = (
        "_click_ids",
        "_consent",
        "_consents",
        "_contradict",
        "_contradictions",
        "_find_tools",
        "_find_traces",
        "_prove",
        "_tools",
        "_unexempted",
        "caches",
    )

    def __init__(self, catalog: Catalog, source: Source, memory: Memory, prove: Prove | None = None) -> None:
        """prove: makes the tokens of a signal, or None where no proof is kept."""
        self._consent = source.consent
        self._unexempted = source.watch.unexempted
        self._contradict = source.watch.contradict
        self._contradictions: dict[Shared[Seen], tuple[tuple[str, Contradiction], ...]] = {}
        self._find_tools = catalog.find_tools
        self._find_traces = catalog.find_traces
        self._click_ids = catalog.find_click_ids
        self.caches = memory.caches(catalog.digest)
        self._prove = prove
        self._consents = self.caches.consents(source.id, prove)
        self._tools = self.caches.tools()

    def consent(self, event: Event, minute: int, tools: Shared[Seen]) -> Answered:
        """Returns what the event's own signals come to. Its time enters by the day: choices are dated by days.

        An event that contradicts a declared exemption is judged as if there were none.
        """
        contradicted = self._unexempted is not None and bool(self.contradictions(tools))
        question = (event.signals, minute // _MINUTES_A_DAY, contradicted)
        answer = self._consents.get(question)
        return self._answer(question) if answer is None else answer

    def _answer(self, question: ConsentQuestion) -> Answered:
        signals, day, contradicted = question
        judge = self._unexempted if contradicted and self._unexempted is not None else self._consent
        answer = Answered(self.caches.shared(judge(signals, day)), self._proof(signals, day))
        if sum([len(signal.raw) for signal in signals]) <= _LONGEST_QUESTION:
            self._consents[question] = answer
        return answer

    def _proof(self, signals: tuple[Signal, ...], day: int) -> Shared[Proof] | None:
        prove = self._prove
        if prove is None or not signals:
            return None
        tokens = prove(signals[0])
        if len(signals) > 1:
            tokens = tuple(dict.fromkeys(token for signal in signals for token in prove(signal)))
        return self.caches.proof(Proof(tokens, day)) if tokens else None

    def contradictions(self, tools: Shared[Seen]) -> tuple[tuple[str, Contradiction], ...]:
        """Returns what stands against a declared exemption in events that show these tools."""
        if self._unexempted is None:
            return ()
        found = self._contradictions.get(tools)
        if found is None:
            found = self._contradictions[tools] = self._contradict(tools.value.traces)
        return found

    def tools(self, event: Event) -> Shared[Seen]:
        """Returns the tools that the event shows."""
        url = event.url
        click_ids = self._click_ids(url) if "?" in url else ()
        question = Evidence(
            event.library, event.library_version, event.integrations, click_ids, event.vendors
        )
        answer = self._tools.get(question)
        if answer is None:
            evidence = Evidence(*question)
            answer = Shared(Seen(self._find_tools(evidence), self._find_traces(evidence)))
            if len(event.integrations) + len(event.library) + len(event.library_version) <= _LONGEST_QUESTION:
                self._tools[question] = answer
        return answer
