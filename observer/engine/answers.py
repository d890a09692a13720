"""Consent and tools of one event, worked out once for each distinct question."""

from typing import Final

from observer.catalog import Catalog, Source
from observer.consent.outcome import ConsentOutcome
from observer.engine.memory import Memory, Shared
from observer.model import Event
from observer.tools.sighting import Evidence, Sighting

_MINUTES_A_DAY: Final = 1_440
_LONGEST_QUESTION: Final = 8_192
"""Bytes of a question that is worth caching; what is longer is rare, and would make the cache's size unbounded."""


class Answers:
    """The cached answers for one source under one catalog."""

    __slots__ = ("_click_ids", "_consent", "_consents", "_find_tools", "_tools")

    def __init__(self, catalog: Catalog, source: Source, memory: Memory) -> None:
        self._consent = source.consent
        self._find_tools = catalog.find_tools
        self._click_ids = catalog.find_click_ids
        caches = memory.caches(catalog.digest)
        self._consents = caches.consents(source.id)
        self._tools = caches.tools()

    def consent(self, event: Event, minute: int) -> Shared[ConsentOutcome]:
        """Returns the event's consent. Its time enters by the day: choices are dated by days."""
        question = (event.signals, minute // _MINUTES_A_DAY)
        answer = self._consents.get(question)
        if answer is None:
            answer = Shared(self._consent(event.signals, question[1]))
            if sum(len(signal.raw) for signal in event.signals) <= _LONGEST_QUESTION:
                self._consents[question] = answer
        return answer

    def tools(self, event: Event) -> Shared[tuple[Sighting, ...]]:
        """Returns the tools that the event shows."""
        url = event.url
        click_ids = self._click_ids(url) if "?" in url else ()
        question = Evidence(
            event.library, event.library_version, event.integrations, click_ids, event.vendors
        )
        answer = self._tools.get(question)
        if answer is None:
            answer = Shared(self._find_tools(Evidence(*question)))
            if len(event.integrations) + len(event.library) + len(event.library_version) <= _LONGEST_QUESTION:
                self._tools[question] = answer
        return answer
