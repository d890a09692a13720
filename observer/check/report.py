"""What a check came to, added up chunk by chunk in bounded memory."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from observer.check.judge import UNREAD, Judged, Place, RuleKey
from observer.engine.memory import Recent
from observer.errors import Problem
from observer.model import QUARANTINED_VERDICTS, Finding, Verdict


class Found(NamedTuple):
    """One finding and where it is.

    line: of the record, from 1; event: its number in the record, from 1, or in the input where records do not
    stand one a line; of: how many the record holds, 0 where events are numbered in the input.
    """

    file: str
    line: int
    event: int
    of: int
    source: str
    dialect: str
    verdict: Verdict
    contract: str
    finding: Finding


class FileReport:
    """What one input came to. findings: all of them, listed or not; refused: events that are not right."""

    __slots__ = ("dialect", "file", "findings", "lines", "source", "verdicts")

    def __init__(self, file: str, source: str, dialect: str) -> None:
        self.file = file
        self.source = source
        self.dialect = dialect
        self.lines = 0
        self.findings = 0
        self.verdicts: Counter[Verdict] = Counter()

    @property
    def events(self) -> int:
        """How many events were judged."""
        return self.verdicts.total()

    @property
    def refused(self) -> int:
        """How many events are neither valid nor a duplicate."""
        return sum(self.verdicts[verdict] for verdict in QUARANTINED_VERDICTS)


class Report:
    """Counts of all, and the first `limit` findings. problems: of the inputs that could not be read to their end."""

    def __init__(self, window: int, limit: int) -> None:
        self.files: list[FileReport] = []
        self.problems: list[Problem] = []
        self.rules: Counter[RuleKey] = Counter()
        self.findings: list[Found] = []
        self._limit = limit
        self._window = window
        self._recent: dict[str, Recent[str]] = {}

    @property
    def clean(self) -> bool:
        """Whether every event is valid, or a duplicate of one that was judged."""
        return not any(file.refused for file in self.files)

    @property
    def events(self) -> int:
        """How many events were judged."""
        return sum(file.events for file in self.files)

    @property
    def verdicts(self) -> Mapping[Verdict, int]:
        """How many events got each verdict, all six in their precedence."""
        total: Counter[Verdict] = Counter()
        for file in self.files:
            total.update(file.verdicts)
        return {verdict: total[verdict] for verdict in Verdict}

    @property
    def omitted(self) -> int:
        """How many findings are counted and not listed."""
        return self.rules.total() - len(self.findings)

    def worst_rules(self) -> Iterator[tuple[str, str, str, int]]:
        """Yields (contract, rule, kind, findings), most first."""
        for (contract, rule, kind), number in sorted(self.rules.items(), key=lambda one: (-one[1], one[0])):
            yield contract, rule, kind, number

    def begin(self, file: str, source: str, dialect: str) -> None:
        """A new input begins: lines count from 1 again."""
        self.files.append(FileReport(file, source, dialect))

    def add(self, judged: Judged) -> None:
        """Adds the next chunk, in the order of the inputs.

        A chunk knows only its own duplicates. An event whose id came before the chunk is a duplicate too: its
        verdict, which the chunk gave as if it were the first, is taken back. What the chunk did not list was
        valid. A later event with the same id needs no second look: the one that decides stands in its chunk.
        """
        file = self.files[-1]
        before = file.events
        again = self._again(file.source, judged)
        file.verdicts.update(judged.verdicts)
        file.verdicts[Verdict.DUPLICATE] += len(again)
        taken_back = 0
        for place in judged.places:
            if place.position != UNREAD and place.position in again:
                file.verdicts[place.verdict] -= 1
                taken_back += 1
            else:
                self._keep(file, place, before)
        file.verdicts[Verdict.VALID] -= len(again) - taken_back
        for rule, number in judged.further.items():
            self.rules[rule] += number
            file.findings += number
        file.lines += judged.lines

    def _again(self, source: str, judged: Judged) -> set[int]:
        """The positions of a chunk's events whose id stands within the window, before the chunk."""
        recent = self._recent.get(source)
        if recent is None:
            recent = self._recent[source] = Recent(self._window)
        again: set[int] = set()
        known = recent.known(judged.ids)
        if known:
            for position, message_id in enumerate(judged.ids):
                if message_id in known:
                    known.discard(message_id)
                    if recent.position + position - recent.position_of(message_id) <= self._window:
                        again.add(position)
        recent.learn(judged.ids, 0.0)
        return again

    def _keep(self, file: FileReport, place: Place, before: int) -> None:
        file.findings += len(place.findings)
        for finding in place.findings:
            self.rules[place.contract, finding.rule, finding.kind.value] += 1
            if len(self.findings) < self._limit:
                line = file.lines + place.line
                event = place.event + 1 + (0 if place.of else before)
                where = (file.file, line, event, place.of, file.source, file.dialect)
                self.findings.append(Found(*where, place.verdict, place.contract, finding))
