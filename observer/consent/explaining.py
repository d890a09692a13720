"""Explains one decision of a source's judge, step by step, out of the same readings that the judge takes."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final, NamedTuple

from observer.consent.answer import (
    ALLOWING_STATES,
    EXPIRED,
    MALFORMED,
    UNSUPPORTED,
    Answer,
)
from observer.consent.choices import Choices
from observer.consent.formats import READERS
from observer.consent.judge import JudgedPurpose, Trace
from observer.consent.policy import ConsentPolicy, destinations_of, plain_judge, purposes_of, tcf_terms
from observer.consent.regions import regions_of, rules_for
from observer.consent.statement import Statement, VendorIds, by_category, refusals_of
from observer.consent.steps import Authority, ConsentExplainer, Explanation, Fact, Step, Titled
from observer.consent.tcf import decode
from observer.consent.tcf_steps import Asked, iso, tell
from observer.errors import SignalError
from observer.messages import Words
from observer.model import Signal

_AUTHORITIES: Final[Mapping[str, Authority]] = {
    "gpp": "gpp", "us_privacy": "gpp", "gpc": "gpc", "gcd": "google", "gcs": "google", "ga4": "google",
    "tcf": "tcf",
}  # fmt: skip
"""By format of the signal; any other is a platform's own."""


class _Said(NamedTuple):
    """The steps about one signal, and for each thing that it says an answer for each purpose."""

    steps: tuple[Step, ...]
    answers: tuple[tuple[Answer | None, ...], ...]


def compile_explainer(policy: ConsentPolicy, source: str, channel: str) -> ConsentExplainer:
    """Returns the explainer of one source: it answers as that source's judge does, and says why."""
    explainer = _Explainer(policy, source, channel)
    return explainer.explain


class _Explainer:
    def __init__(self, policy: ConsentPolicy, source: str, channel: str) -> None:
        self._judge = plain_judge(policy, source, channel)
        self._terms = tcf_terms(policy, source, channel)
        self._source = source
        self._rules = rules_for(policy.policy, source, channel)
        self._regions = tuple(each.region for each in regions_of(policy.policy.regions, source, channel))
        self._fed = frozenset(destinations_of(policy, source))
        self._order = purposes_of(policy, source)
        self._known = frozenset((each.platform, each.category) for each in policy.categories)
        self._destinations = {each.id: each for each in policy.destinations}
        self._titles = {each.id: Titled(each.title.en, each.title.fr) for each in policy.purposes}
        self._exemptions = {
            each.purpose: each
            for each in reversed(policy.policy.exemptions)
            if source in each.sources or channel in each.channels
        }

    def explain(self, signals: tuple[Signal, ...], day: int, destination: str) -> Explanation:
        """Returns every step of the decision for one destination and an event of that day."""
        trace = self._judge.trace(signals, day, destination)
        declared = self._destinations.get(destination)
        if trace is None or declared is None:
            return Explanation((Step("not_fed", False, "destinations"),), None)
        named: dict[str, Fact] = {"destination": declared.title}
        steps = [Step("fed", True, "destinations", 0, {**named, "source": self._source})]
        steps += [
            Step("needs", None, "destinations", 0, {**named, "purpose": self._titles[each.id]})
            for each in trace.purposes
        ]
        steps += self._law()
        if not signals:
            steps.append(Step("no_signal", False, "gdpr"))
        vendor = VendorIds(
            declared.tcf_vendor_id, tuple((each.platform, each.id) for each in declared.vendors)
        )
        said = [self._signal(signal, day, trace.purposes, vendor) for signal in signals]
        steps += chain.from_iterable(one.steps for one in said)
        columns = tuple(column for one in said for column in one.answers)
        steps += self._purposes(trace, destination)
        steps.append(Step("stream_alone", None, "policy"))
        decision = trace.decision
        facts = {**named, "reason": Words(f"consent.reason.{decision.reason.value}")}
        rule = "allowed" if decision.allowed else "refused"
        steps.append(Step(rule, decision.allowed, "strictest", 0, facts))
        return Explanation(tuple(steps), decision, columns)

    def _law(self) -> Iterator[Step]:
        """Yields whose law reaches the source, and what it asks: the strictest of the regions decides."""
        if self._regions:
            yield Step("regions_reach", None, "policy", 0, {"regions": ", ".join(self._regions)})
        else:
            yield Step("no_region_reaches", None, "policy")
        yield Step("gpc_refuses" if self._rules.objects else "gpc_says_nothing", None, "policy", 1)
        yield Step("choice_holds", None, "policy", 1, {"maximum": self._rules.maximum_age})

    def _purposes(self, trace: Trace, destination: str) -> Iterator[Step]:
        for position, (purpose, answer) in enumerate(zip(trace.purposes, trace.answers, strict=True)):
            named: dict[str, Fact] = {"purpose": self._titles[purpose.id]}
            if purpose.exemption is not None and destination in purpose.exempted:
                exemption = self._exemptions[purpose.id]
                facts = {
                    **named,
                    "reason": Words(f"consent.reason.{answer.reason.value}"),
                    "justification": exemption.justification.strip(),
                    "review": exemption.review_by.isoformat(),
                }
                yield Step("exempted", True, "exemption", 0, facts)
                continue
            spoken = [one.answers[position] for one in trace.spoken if one.answers[position] is not None]
            if len(set(spoken)) > 1:
                yield Step("signals_differ", None, "strictest", 0, named)
            facts = {
                **named,
                "state": Words(f"consent.state.{answer.state.value}"),
                "reason": Words(f"consent.reason.{answer.reason.value}"),
            }
            yield Step("purpose_answer", answer.state in ALLOWING_STATES, "strictest", 0, facts)

    def _signal(
        self, signal: Signal, day: int, purposes: tuple[JudgedPurpose, ...], vendor: VendorIds
    ) -> _Said:
        named: dict[str, Fact] = {"format": _format(signal.format)}
        reader = READERS.get(signal.format)
        if reader is None:
            throughout = ((UNSUPPORTED,) * len(purposes),)
            return _Said((Step("signal_unsupported", False, "platform"),), throughout)
        authority = _AUTHORITIES.get(signal.format, "platform")
        steps = [Step("signal_there", None, authority, 0, named)]
        answers: list[tuple[Answer | None, ...]] = []
        try:
            reading = reader(signal.raw)
            if not reading.choices and not reading.tc_strings:
                steps.append(Step("signal_silent", None, authority, 1))
            if reading.refuses_only:
                steps.append(Step("refuses_only", None, "gdpr", 1))
            for choices in reading.choices:
                found = self._choices(choices, day, purposes, vendor, authority, reading.refuses_only)
                steps += found.steps
                answers += found.answers
            for text in reading.tc_strings:
                told = tell(decode(text), self._terms, day, self._asked(purposes), vendor.tcf)
                steps += told.steps
                answers.append(refusals_of(told.answers) if reading.refuses_only else told.answers)
        except SignalError as error:
            facts = {**named, "why": Words(f"consent.malformed.{error.reason}")}
            steps.append(Step("signal_malformed", False, authority, 1, facts))
            return _Said(tuple(steps), ((MALFORMED,) * len(purposes),))
        return _Said(tuple(steps), tuple(answers))

    def _asked(self, purposes: tuple[JudgedPurpose, ...]) -> tuple[Asked, ...]:
        return tuple(Asked(self._order.index(each.id), self._titles[each.id]) for each in purposes)

    def _choices(
        self,
        choices: Choices,
        day: int,
        purposes: tuple[JudgedPurpose, ...],
        vendor: VendorIds,
        authority: Authority,
        refuses_only: bool,
    ) -> _Said:
        """Returns what answers by category say, as they hold on that day."""
        steps = list(_dated(choices, day, self._terms.maximum_age))
        today = choices.on(day, self._terms.maximum_age)
        statement = by_category(today, tuple(each.categories for each in purposes), self._known)
        strangers = sum(
            all((platform, category) not in self._known for platform in choices.platforms)
            for category in choices.answers
        )
        # A signal that can only refuse names opt-outs of a law, which nobody declares as categories.
        if strangers and choices.rest is not None:
            steps.append(Step("categories_undeclared", None, "categories", 1, {"count": strangers}))
        for position, purpose in enumerate(purposes):
            steps += self._categories(today, purpose, statement.answers[position], authority)
        heard = statement.refusals() if refuses_only else statement
        column = heard.for_vendor(vendor)
        if column != heard.answers:
            steps.append(_vendor_step(statement, vendor, authority))
        return _Said(tuple(steps), (column,))

    def _categories(
        self, choices: Choices, purpose: JudgedPurpose, answer: Answer | None, authority: Authority
    ) -> Iterator[Step]:
        named: dict[str, Fact] = {"purpose": self._titles[purpose.id]}
        if answer is None:
            yield Step("not_spoken_of", None, "categories", 2, named)
            return
        for platform in choices.platforms:
            for category in purpose.categories.get(platform, ()):
                said = choices.answers.get(category)
                facts = {**named, "platform": platform, "category": category}
                if said is not None:
                    told = {**facts, "reason": Words(f"consent.reason.{said.reason.value}")}
                    yield Step("category_said", said.state in ALLOWING_STATES, authority, 2, told)
        facts = {**named, "reason": Words(f"consent.reason.{answer.reason.value}")}
        yield Step("signal_says", answer.state in ALLOWING_STATES, "categories", 2, facts)


def _dated(choices: Choices, day: int, maximum_age: int) -> Iterator[Step]:
    """Yields whether the choice came before the event and still holds."""
    if choices.chosen is None:
        yield Step("choice_undated", None, "platform", 1)
    else:
        updated, age = choices.chosen, day - choices.chosen
        if updated > day:
            yield Step("choice_later", False, "gdpr", 1, {"updated": iso(updated), "day": iso(day)})
            return
        yield Step("choice_before", True, "gdpr", 1, {"updated": iso(updated), "day": iso(day)})
        fault = EXPIRED if age > maximum_age else None
        facts = {"age": age, "maximum": maximum_age}
        yield Step("choice_fresh" if fault is None else "choice_too_old", fault is None, "policy", 1, facts)
    if choices.expires is not None and choices.expires < day:
        yield Step("choice_lapsed", False, "platform", 1, {"expired": iso(choices.expires)})


def _vendor_step(statement: Statement, vendor: VendorIds, authority: Authority) -> Step:
    own = [
        statement.platform_vendors.get(name)
        for platform, name in vendor.platforms
        if platform == statement.platform
    ]
    asked = all(answer is not None for answer in own)
    return Step("vendor_refused_by_platform" if asked else "vendor_not_asked", False, authority, 2)


def _format(name: str) -> Words:
    return Words(f"consent.format.{name}")
