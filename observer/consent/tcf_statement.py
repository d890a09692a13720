"""What a TC string says for each of our purposes and for each destination's vendor."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from observer.consent.answer import CONSENT, EXPIRED, INTEREST, REFUSED, Answer, together
from observer.consent.outcome import ConsentReason
from observer.consent.statement import Statement
from observer.consent.tcf import TcString, decode
from observer.consent.tcf_decision import purpose_basis, string_fault
from observer.consent.vendor_list import VendorList
from observer.model import ConsentState


class TcfTerms(NamedTuple):
    """How a company reads TC strings.

    purposes: the TCF purposes that each of our purposes needs; vendors: of the destinations;
    consent_only: TCF purposes for which legitimate interest never suffices; maximum_age: of a choice, in days.
    """

    purposes: tuple[tuple[int, ...], ...]
    vendors: tuple[int, ...]
    vendor_lists: Mapping[int, VendorList]
    strict_disclosure: bool
    consent_only: frozenset[int]
    maximum_age: int


_FAULTS: Final = {
    "global_scope_invalid": Answer(ConsentState.MALFORMED, ConsentReason.SCOPE_INVALID),
    "policy_version_outdated": Answer(ConsentState.EXPIRED, ConsentReason.POLICY_OUTDATED),
    "disclosed_segment_missing": Answer(ConsentState.MALFORMED, ConsentReason.DISCLOSURE_MISSING),
}
_CHOICE_AFTER_EVENT: Final = Answer(ConsentState.MISSING, ConsentReason.CHOICE_AFTER_EVENT)
_LIST_MISSING: Final = Answer(ConsentState.UNKNOWN, ConsentReason.VENDOR_LIST_MISSING)
_CONSENT_NOT_SOUGHT: Final = Answer(ConsentState.DENIED, ConsentReason.PURPOSE_NOT_DECLARED)
"""The vendor relies on legitimate interest where a country's law asks for consent."""

_REFUSALS: Final = {
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


def tcf_statement(text: str, day: int, terms: TcfTerms) -> Statement:
    """Returns what the string says on that day (days since the epoch). Raises SignalError where it is malformed.

    A purpose's own state rests on consent alone; a vendor may also have a legitimate interest.
    """
    tc = decode(text)
    fault = _fault(tc, day, terms.maximum_age)
    if fault is not None:
        return Statement(tuple(fault if needed else None for needed in terms.purposes))
    vendor_list = terms.vendor_lists.get(tc.vendor_list_version)
    if vendor_list is None:
        unjudged = tuple(_LIST_MISSING if needed else None for needed in terms.purposes)
        states = tuple(_unless_consented(tc, needed, _LIST_MISSING) for needed in terms.purposes)
        return Statement(states, dict.fromkeys(terms.vendors, unjudged))
    return Statement(
        tuple(_unless_consented(tc, needed, CONSENT) for needed in terms.purposes),
        {
            vendor: tuple(_vendor_answer(tc, vendor, needed, vendor_list, terms) for needed in terms.purposes)
            for vendor in terms.vendors
        },
    )


def _fault(tc: TcString, day: int, maximum_age: int) -> Answer | None:
    fault = string_fault(tc)
    if fault:
        return _FAULTS[fault]
    if tc.updated_day > day:
        return _CHOICE_AFTER_EVENT
    return EXPIRED if day - tc.updated_day > maximum_age else None


def _unless_consented(tc: TcString, needed: tuple[int, ...], yes: Answer) -> Answer | None:
    """Returns `yes` where a person consented to all purposes, else the refusal; None where TCF has no word for it."""
    if not needed:
        return None
    return together([yes if tc.purpose_consents >> purpose & 1 else REFUSED for purpose in needed])


def _vendor_answer(
    tc: TcString, vendor: int, needed: tuple[int, ...], vendor_list: VendorList, terms: TcfTerms
) -> Answer | None:
    if not needed:
        return None
    return together([_basis_answer(tc, vendor, purpose, vendor_list, terms) for purpose in needed])


def _basis_answer(
    tc: TcString, vendor: int, purpose: int, vendor_list: VendorList, terms: TcfTerms
) -> Answer:
    basis, reason = purpose_basis(
        tc, vendor, purpose, strict_disclosure=terms.strict_disclosure, vendor_list=vendor_list
    )
    if basis == "consent":
        return CONSENT
    if basis == "li":
        return _CONSENT_NOT_SOUGHT if purpose in terms.consent_only else INTEREST
    return Answer(ConsentState.DENIED, _REFUSALS.get(reason, ConsentReason.REFUSED))
