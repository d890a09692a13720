"""What a TC string says for each of our purposes and for each destination's vendor.

A string's dates are its characters 1 to 12. What it says beside them is worked out once for all strings that differ
in their dates alone, and remembered; whether a string of such dates counts is judged for each event.
"""

from collections.abc import Mapping
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
from observer.consent.bits import VALUES, outside_alphabet
from observer.consent.generations import Generations
from observer.consent.malformed import malformed
from observer.consent.outcome import Cmp, ConsentReason
from observer.consent.statement import Statement
from observer.consent.tcf import DECISECONDS_A_DAY, TcString, decode
from observer.consent.tcf_decision import Standing, standing_of, undated_basis
from observer.consent.vendor_list import VendorList
from observer.errors import SignalError
from observer.model import ConsentState


class TcfTerms(NamedTuple):
    """How a company reads TC strings.

    purposes: the TCF purposes that each of our purposes needs; vendors: of the destinations;
    consent_only: TCF purposes for which legitimate interest never suffices; maximum_age: of a choice, in days;
    without_purpose_one: countries of publishers that need not ask for purpose 1.
    """

    purposes: tuple[tuple[int, ...], ...]
    vendors: tuple[int, ...]
    vendor_lists: Mapping[int, VendorList]
    strict_disclosure: bool
    consent_only: frozenset[int]
    maximum_age: int
    without_purpose_one: frozenset[str] = frozenset()

    def waives(self, tc: TcString, purpose: int) -> bool:
        """Returns whether nobody had to be asked for that purpose: the publisher did not show purpose 1, and its
        country does not ask for it."""
        return purpose == 1 and tc.purpose_one_treatment and tc.publisher_country in self.without_purpose_one


FAULTS: Final = {
    "global_scope_invalid": Answer(ConsentState.MALFORMED, ConsentReason.SCOPE_INVALID),
    "policy_version_outdated": Answer(ConsentState.EXPIRED, ConsentReason.POLICY_OUTDATED),
    "disclosed_segment_missing": Answer(ConsentState.MALFORMED, ConsentReason.DISCLOSURE_MISSING),
}
LIST_MISSING: Final = Answer(ConsentState.UNKNOWN, ConsentReason.VENDOR_LIST_MISSING)
CONSENT_NOT_SOUGHT: Final = Answer(ConsentState.DENIED, ConsentReason.PURPOSE_NOT_DECLARED)
"""The vendor relies on legitimate interest where a country's law asks for consent."""

REFUSALS: Final = {
    "vendor_not_disclosed": ConsentReason.VENDOR_NOT_DISCLOSED,
    "vendor_not_in_gvl": ConsentReason.VENDOR_NOT_LISTED,
    "vendor_deleted": ConsentReason.VENDOR_NOT_LISTED,
    "purpose_not_declared": ConsentReason.PURPOSE_NOT_DECLARED,
    "restricted_not_allowed": ConsentReason.PUBLISHER_RESTRICTED,
    "restricted_basis_mismatch": ConsentReason.PUBLISHER_RESTRICTED,
    "purpose1_not_disclosed": ConsentReason.PUBLISHER_RESTRICTED,
    "li_not_allowed_for_purpose": ConsentReason.PURPOSE_NOT_DECLARED,
    "vendor_consent_missing": ConsentReason.VENDOR_REFUSED,
    "vendor_li_objected_or_not_established": ConsentReason.VENDOR_REFUSED,
}
"""Why a vendor has no basis, in the reasons of the metrics; any other is a person's refusal."""

_DATED: Final = 13
"""Characters: the version, then twice six for the dates. Bits 0 to 77 of the core end with a character."""
_UPDATED: Final = slice(7, 13)
_VERSION: Final = "C"
_REMEMBERED: Final = 2_048
_LONGEST_REMEMBERED: Final = 4_096
"""Characters. Longer strings are rare, and would make the memory's size unbounded."""


class Known(NamedTuple):
    """What all strings say that differ in their dates alone. refused: why they are malformed and where, or None."""

    standing: Standing
    statement: Statement
    refused: tuple[str, str] | None = None


class TcfReader:
    """Reads TC strings under one company's terms, and remembers the latest: it would say the same again."""

    __slots__ = ("_known", "_terms")

    def __init__(self, terms: TcfTerms) -> None:
        self._terms = terms
        self._known: Generations[str, Known] = Generations(_REMEMBERED)

    def __call__(self, text: str, day: int) -> Statement:
        """Returns what the string says on that day (days since the epoch). Raises SignalError where it is malformed.

        A purpose's own state rests on consent alone; a vendor may also have a legitimate interest.
        """
        undated = text[_DATED:]
        # Strings that differ before their dates, or have none, are malformed each in its own way.
        alike = undated and text[0] == _VERSION and not outside_alphabet(text[:_DATED])
        known = self._known.get(undated) if alike else None
        if known is None:
            known = self._read(text)
            if alike and len(undated) <= _LONGEST_REMEMBERED:
                self._known.put(undated, known)
        if known.refused is not None:
            raise malformed("tcf", *known.refused)
        return self._on(known, text, day)

    def _read(self, text: str) -> Known:
        try:
            return _known(decode(text), self._terms)
        except SignalError as error:
            return Known(_NONE, _SILENT, (error.reason, error.problems[0].path))

    def _on(self, known: Known, text: str, day: int) -> Statement:
        fault = _fault(known.standing, _updated_day(text), day, self._terms.maximum_age)
        if fault is None:
            return known.statement
        faults = tuple(fault if needed else None for needed in self._terms.purposes)
        return Statement(faults, cmp=known.statement.cmp)


_NONE: Final = Standing(False, 0, False)
_SILENT: Final = Statement(())


def _updated_day(text: str) -> int:
    deciseconds = 0
    for character in text[_UPDATED]:
        deciseconds = deciseconds << 6 | VALUES[character]
    return deciseconds // DECISECONDS_A_DAY


def _known(tc: TcString, terms: TcfTerms) -> Known:
    standing, cmp = standing_of(tc), Cmp(tc.cmp_id, tc.cmp_version)
    vendor_list = terms.vendor_lists.get(tc.vendor_list_version)
    if vendor_list is None:
        unjudged = tuple(LIST_MISSING if needed else None for needed in terms.purposes)
        states = tuple(_unless_consented(tc, needed, LIST_MISSING, terms) for needed in terms.purposes)
        return Known(standing, Statement(states, dict.fromkeys(terms.vendors, unjudged), cmp=cmp))
    statement = Statement(
        tuple(_unless_consented(tc, needed, CONSENT, terms) for needed in terms.purposes),
        {
            vendor: tuple(_vendor_answer(tc, vendor, needed, vendor_list, terms) for needed in terms.purposes)
            for vendor in terms.vendors
        },
        cmp=cmp,
    )
    return Known(standing, statement)


def _fault(standing: Standing, updated_day: int, day: int, maximum_age: int) -> Answer | None:
    fault = standing.fault(updated_day)
    if fault:
        return FAULTS[fault]
    if updated_day > day:
        return CHOICE_AFTER_EVENT
    return EXPIRED if day - updated_day > maximum_age else None


def _unless_consented(tc: TcString, needed: tuple[int, ...], yes: Answer, terms: TcfTerms) -> Answer | None:
    """Returns `yes` where a person consented to all purposes, else the refusal; None where TCF has no word for it."""
    if not needed:
        return None
    return together([_consent(tc, purpose, yes, terms) for purpose in needed])


def _consent(tc: TcString, purpose: int, yes: Answer, terms: TcfTerms) -> Answer:
    if terms.waives(tc, purpose):
        return NOT_APPLICABLE
    return yes if tc.purpose_consents >> purpose & 1 else REFUSED


def _vendor_answer(
    tc: TcString, vendor: int, needed: tuple[int, ...], vendor_list: VendorList, terms: TcfTerms
) -> Answer | None:
    if not needed:
        return None
    return together([_basis_answer(tc, vendor, purpose, vendor_list, terms) for purpose in needed])


def _basis_answer(
    tc: TcString, vendor: int, purpose: int, vendor_list: VendorList, terms: TcfTerms
) -> Answer:
    basis, reason = undated_basis(
        tc, vendor, purpose, strict_disclosure=terms.strict_disclosure, vendor_list=vendor_list
    )
    if reason == "purpose1_not_disclosed" and terms.waives(tc, purpose):
        return NOT_APPLICABLE
    if basis == "consent":
        return CONSENT
    if basis == "li":
        return CONSENT_NOT_SOUGHT if purpose in terms.consent_only else INTEREST
    return Answer(ConsentState.DENIED, REFUSALS.get(reason, ConsentReason.REFUSED))
