"""What a TC string says for one destination, step by step. `tcf_statement` decides; a test holds both together."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from observer.consent.answer import (
    CHOICE_AFTER_EVENT,
    CONSENT,
    EXPIRED,
    INTEREST,
    NOT_APPLICABLE,
    REFUSED,
    Answer,
    together,
)
from observer.consent.outcome import ConsentReason
from observer.consent.steps import Authority, Fact, Step
from observer.consent.tcf import TcString
from observer.consent.tcf_decision import (
    DISCLOSURE_REQUIRED,
    NOT_ALLOWED,
    interest_forbidden,
    restriction_of,
    standing_of,
    wanted_basis,
)
from observer.consent.tcf_statement import CONSENT_NOT_SOUGHT, FAULTS, LIST_MISSING, REFUSALS, TcfTerms
from observer.consent.vendor_list import Vendor
from observer.messages import Words
from observer.model import ConsentState

_EPOCH: Final = date(1970, 1, 1).toordinal()
_NAMED: Final = range(1, 12)
"""The purposes that the framework defines."""


class Told(NamedTuple):
    """The steps about one string, and the answer that they come to for each purpose; None: no word of it."""

    steps: tuple[Step, ...]
    answers: tuple[Answer | None, ...]


class Asked(NamedTuple):
    """One purpose of ours. position: in the terms; title: for people."""

    position: int
    title: Fact


def tell(tc: TcString, terms: TcfTerms, day: int, purposes: tuple[Asked, ...], vendor: int | None) -> Told:
    """Returns what the string says on that day for a destination with those purposes and that vendor id."""
    steps = [_head(tc)]
    standing = list(_standing(tc, day, terms.maximum_age))
    steps += [step for step, _ in standing]
    fault = standing[-1][1]
    needed = [terms.purposes[asked.position] for asked in purposes]
    if fault is not None:
        return Told(tuple(steps), tuple(fault if wanted else None for wanted in needed))
    known = tc.vendor_list_version in terms.vendor_lists
    rule = "vendor_list_known" if known else "vendor_list_missing"
    steps.append(_step(rule, known, "vendor_list", version=tc.vendor_list_version))
    if vendor is None:
        steps.append(_step("no_vendor_id", None, "destinations"))
    elif not known:
        return Told(tuple(steps), tuple(LIST_MISSING if wanted else None for wanted in needed))
    answers: list[Answer | None] = []
    for asked, wanted in zip(purposes, needed, strict=True):
        if not wanted:
            steps.append(_step("no_word", None, "purposes", 2, purpose=asked.title))
            answers.append(None)
            continue
        steps.append(
            _step("purpose_needs", None, "purposes", 2, purpose=asked.title, numbers=_listed(wanted))
        )
        parts = []
        for purpose in wanted:
            found = list(_purpose(tc, terms, purpose, vendor, known))
            steps += [step for step, _ in found]
            answer = found[-1][1]
            assert answer is not None
            parts.append(answer)
        answers.append(together(parts))
    return Told(tuple(steps), tuple(answers))


def iso(day: int) -> str:
    """Returns a day since the epoch as an ISO date; "–" for one that no calendar holds."""
    try:
        return date.fromordinal(_EPOCH + day).isoformat()
    except (ValueError, OverflowError):
        return "–"


_Part = tuple[Step, Answer | None]


def _head(tc: TcString) -> Step:
    return _step(
        "tc_string",
        None,
        "tcf",
        cmp=tc.cmp_id,
        cmp_version=tc.cmp_version,
        updated=iso(tc.updated_day),
        policy=tc.policy_version,
    )


def _standing(tc: TcString, day: int, maximum_age: int) -> Iterator[_Part]:
    """Yields the checks of the whole string, up to the first that fails: the last one's answer is the fault."""
    standing, updated = standing_of(tc), tc.updated_day
    fault = standing.fault(updated)
    if fault == "global_scope_invalid":
        yield _step("scope_global", False, "tcf"), FAULTS[fault]
        return
    yield _step("scope_own", True, "tcf"), None
    if fault == "policy_version_outdated":
        yield _step("policy_outdated", False, "tcf", policy=tc.policy_version), FAULTS[fault]
        return
    yield _step("policy_holds", True, "tcf", policy=tc.policy_version), None
    if fault:
        yield _step("disclosure_missing", False, "tcf"), FAULTS[fault]
        return
    if standing.disclosing:
        yield _step("disclosure_there", True, "tcf"), None
    else:
        yield _step("disclosure_not_yet", True, "tcf", since=iso(DISCLOSURE_REQUIRED)), None
    if updated > day:
        facts = {"updated": iso(updated), "day": iso(day)}
        yield Step("choice_later", False, "gdpr", 1, facts), CHOICE_AFTER_EVENT
        return
    yield _step("choice_before", True, "gdpr", updated=iso(updated), day=iso(day)), None
    age = day - updated
    if age > maximum_age:
        yield _step("choice_too_old", False, "policy", age=age, maximum=maximum_age), EXPIRED
        return
    yield _step("choice_fresh", True, "policy", age=age, maximum=maximum_age), None


def _purpose(tc: TcString, terms: TcfTerms, purpose: int, vendor: int | None, known: bool) -> Iterator[_Part]:
    """Yields the checks for one purpose of the framework; the last one's answer is the conclusion."""
    named = {"number": purpose, "purpose": _named(purpose)}
    if vendor is not None:
        yield from _vendor(tc, terms, purpose, vendor, named)
    elif terms.waives(tc, purpose):
        yield _waived(tc, named)
    elif not tc.purpose_consents >> purpose & 1:
        yield Step("purpose_refused", False, "tcf", 2, named), REFUSED
    else:
        yield Step("purpose_consented", True, "tcf", 2, named), CONSENT if known else LIST_MISSING


def _vendor(
    tc: TcString, terms: TcfTerms, purpose: int, vendor: int, named: Mapping[str, Fact]
) -> Iterator[_Part]:
    facts = {**named, "vendor": vendor}
    if tc.disclosed is not None and not tc.disclosed >> vendor & 1:
        if terms.strict_disclosure:
            yield Step("vendor_not_disclosed", False, "tcf", 2, facts), _refused("vendor_not_disclosed")
            return
        yield Step("vendor_not_disclosed_lenient", None, "policy", 2, facts), None
    entry = terms.vendor_lists[tc.vendor_list_version].vendors.get(vendor)
    if entry is None:
        yield Step("vendor_not_listed", False, "vendor_list", 2, facts), _refused("vendor_not_in_gvl")
        return
    if entry.deleted:
        yield Step("vendor_deleted", False, "vendor_list", 2, facts), _refused("vendor_deleted")
        return
    yield from _entry(tc, terms, purpose, vendor, entry, facts)


def _entry(
    tc: TcString, terms: TcfTerms, purpose: int, vendor: int, entry: Vendor, facts: Mapping[str, Fact]
) -> Iterator[_Part]:
    """Yields the checks of a vendor that is in the list: what it declares, then the publisher, the law, the person."""
    restriction = restriction_of(tc, vendor, purpose)
    declared = wanted_basis(entry, purpose, None)
    wanted = wanted_basis(entry, purpose, restriction)
    if declared.basis is None:
        yield Step("purpose_undeclared", False, "vendor_list", 2, facts), _refused(declared.reason)
        return
    yield Step(f"declared_{declared.basis}", True, "vendor_list", 2, facts), None
    if wanted.basis is None:
        rule = "restricted" if restriction == NOT_ALLOWED else "restricted_other_basis"
        yield Step(rule, False, "tcf", 2, facts), _refused(wanted.reason)
        return
    if wanted.basis != declared.basis:
        yield Step(f"flexible_to_{wanted.basis}", True, "tcf", 2, facts), None
    if wanted.basis == "li" and interest_forbidden(tc, purpose):
        yield Step("interest_forbidden", False, "tcf", 2, facts), _refused("li_not_allowed_for_purpose")
        return
    if purpose == 1 and tc.purpose_one_treatment:
        if terms.waives(tc, purpose):
            yield _waived(tc, facts)
        else:
            yield Step("purpose_one_hidden", False, "tcf", 2, facts), _refused("purpose1_not_disclosed")
        return
    if wanted.basis == "consent":
        yield from _chosen(
            tc.purpose_consents >> purpose & 1,
            tc.vendor_consents >> vendor & 1,
            ("purpose_refused", "purpose_consent_missing"),
            ("vendor_refused", "vendor_consent_missing"),
            (Step("vendor_consented", True, "tcf", 2, facts), CONSENT),
            facts,
        )
        return
    # The law of a country can ask for consent where the vendor relies on its interest.
    forbidden = purpose in terms.consent_only
    end: _Part = (
        (Step("interest_not_enough", False, "article_82", 2, facts), CONSENT_NOT_SOUGHT)
        if forbidden
        else (Step("interest_unopposed", True, "tcf", 2, facts), INTEREST)
    )
    yield from _chosen(
        tc.purpose_interests >> purpose & 1,
        tc.vendor_interests >> vendor & 1,
        ("interest_opposed", "purpose_li_objected_or_not_established"),
        ("vendor_interest_opposed", "vendor_li_objected_or_not_established"),
        end,
        facts,
    )


def _chosen(
    purpose: int,
    vendor: int,
    without_purpose: tuple[str, str],
    without_vendor: tuple[str, str],
    end: _Part,
    facts: Mapping[str, Fact],
) -> Iterator[_Part]:
    """Yields what the person chose: first the purpose, then the vendor. The pairs are a rule and its refusal."""
    for chosen, (rule, reason) in ((purpose, without_purpose), (vendor, without_vendor)):
        if not chosen:
            yield Step(rule, False, "tcf", 2, facts), _refused(reason)
            return
    yield end


def _waived(tc: TcString, facts: Mapping[str, Fact]) -> _Part:
    told = {**facts, "country": tc.publisher_country}
    return Step("purpose_one_waived", True, "policy", 2, told), NOT_APPLICABLE


def _refused(reason: str) -> Answer:
    return Answer(ConsentState.DENIED, REFUSALS.get(reason, ConsentReason.REFUSED))


def _named(purpose: int) -> Fact:
    name = str(purpose) if purpose in _NAMED else "other"
    return Words(f"consent.tcf_purpose.{name}")


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _step(rule: str, holds: bool | None, authority: Authority, depth: int = 1, **facts: Fact) -> Step:
    return Step(rule, holds, authority, depth, facts)
