"""What a TC string allows one vendor: a legal basis, or a refusal with its reason. Pure, raises nothing.

Source: IAB Europe, TCF technical specification v2.3 ("Vendor list", "Publisher restrictions", "Disclosed vendors")
and TCF policies 4 and 5. Where two restrictions of one purpose name one vendor the lowest type applies, as in the
reference library; the specification is silent.
"""

from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias

from observer.consent.idsets import to_ids
from observer.consent.tcf import TcString
from observer.consent.vendor_list import Vendor, VendorList

LegalBasis: TypeAlias = Literal["consent", "li"]

_EPOCH: Final = date(1970, 1, 1).toordinal()
POLICY_4_ALONE: Final = date(2023, 10, 1).toordinal() - _EPOCH
"""Strings of an earlier policy are invalid from this day on (days since the epoch)."""
DISCLOSURE_REQUIRED: Final = date(2026, 3, 1).toordinal() - _EPOCH
"""Strings without disclosed vendors are invalid from this day on."""

NOT_ALLOWED: Final = 0
_REQUIRED: Final[dict[int, LegalBasis]] = {1: "consent", 2: "li"}
"""The basis that a publisher restriction of that type asks for."""


class Basis(NamedTuple):
    """`basis` is the legal basis, or None for a refusal; `reason` is `ok` or a stable code."""

    basis: LegalBasis | None
    reason: str


class Standing(NamedTuple):
    """What of a string decides, together with its date, whether it counts at all."""

    service_specific: bool
    policy_version: int
    disclosing: bool

    def fault(self, updated_day: int) -> str:
        """Returns why a string of that date (days since the epoch) counts for nothing, or "" where it counts.

        `global_scope_invalid`, `policy_version_outdated` or `disclosed_segment_missing`.
        """
        if not self.service_specific:
            return "global_scope_invalid"
        if self.policy_version < 4 and updated_day >= POLICY_4_ALONE:
            return "policy_version_outdated"
        if not self.disclosing and updated_day >= DISCLOSURE_REQUIRED:
            return "disclosed_segment_missing"
        return ""


def standing_of(tc: TcString) -> Standing:
    """Returns the standing of a string."""
    return Standing(tc.service_specific, tc.policy_version, tc.disclosed is not None)


def string_fault(tc: TcString) -> str:
    """Returns why the whole string counts for nothing, or "" where it counts: one of the reasons of `Standing`."""
    return standing_of(tc).fault(tc.updated_day)


def purpose_basis(
    tc: TcString, vendor: int, purpose: int, *, strict_disclosure: bool, vendor_list: VendorList
) -> Basis:
    """Returns the basis that `tc` gives the vendor with that id for one purpose (1 to 11).

    strict_disclosure: a vendor that the string does not name as disclosed has no basis;
    vendor_list: the version that `tc` names.
    """
    refusal = string_fault(tc)
    if refusal:
        return Basis(None, refusal)
    return undated_basis(tc, vendor, purpose, strict_disclosure=strict_disclosure, vendor_list=vendor_list)


def undated_basis(
    tc: TcString, vendor: int, purpose: int, *, strict_disclosure: bool, vendor_list: VendorList
) -> Basis:
    """Returns what `purpose_basis` returns where the string counts. The dates of `tc` play no part."""
    refusal = vendor_fault(tc, vendor, strict_disclosure, vendor_list)
    if refusal:
        return Basis(None, refusal)
    wanted = wanted_basis(vendor_list.vendors[vendor], purpose, restriction_of(tc, vendor, purpose))
    if wanted.basis is None:
        return wanted
    if wanted.basis == "li" and interest_forbidden(tc, purpose):
        return Basis(None, "li_not_allowed_for_purpose")
    if purpose == 1 and tc.purpose_one_treatment:
        return Basis(None, "purpose1_not_disclosed")
    return _consent(tc, vendor, purpose) if wanted.basis == "consent" else _interest(tc, vendor, purpose)


def special_purpose_basis(
    tc: TcString, vendor: int, purpose: int, *, strict_disclosure: bool, vendor_list: VendorList
) -> Basis:
    """Returns the basis for a special purpose: it needs to be declared and disclosed; nobody can object to it."""
    refusal = string_fault(tc) or vendor_fault(tc, vendor, strict_disclosure, vendor_list)
    if refusal:
        return Basis(None, refusal)
    declared = vendor_list.vendors[vendor].special_purposes >> purpose & 1
    return Basis("li", "ok") if declared else Basis(None, "special_purpose_not_declared")


def special_feature_basis(
    tc: TcString, vendor: int, feature: int, *, strict_disclosure: bool, vendor_list: VendorList
) -> Basis:
    """Returns the basis for a special feature: opted in, declared, and used for some purpose that has a basis."""
    refusal = string_fault(tc) or vendor_fault(tc, vendor, strict_disclosure, vendor_list)
    if refusal:
        return Basis(None, refusal)
    entry = vendor_list.vendors[vendor]
    if not entry.special_features >> feature & 1:
        return Basis(None, "special_feature_not_declared")
    if not tc.special_features >> feature & 1:
        return Basis(None, "special_feature_opt_in_missing")
    for purpose in to_ids(entry.purposes | entry.interests):
        basis = purpose_basis(
            tc, vendor, purpose, strict_disclosure=strict_disclosure, vendor_list=vendor_list
        )
        if basis.basis is not None:
            return Basis("consent", "ok")
    return Basis(None, "special_feature_without_purpose")


def vendor_fault(tc: TcString, vendor: int, strict_disclosure: bool, vendor_list: VendorList) -> str:
    """Returns why the vendor has no basis for anything, or "": `vendor_not_disclosed`, `vendor_not_in_gvl` or
    `vendor_deleted`."""
    if strict_disclosure and tc.disclosed is not None and not tc.disclosed >> vendor & 1:
        return "vendor_not_disclosed"
    entry = vendor_list.vendors.get(vendor)
    if entry is None:
        return "vendor_not_in_gvl"
    return "vendor_deleted" if entry.deleted else ""


def restriction_of(tc: TcString, vendor: int, purpose: int) -> int | None:
    """Returns the strictest type of restriction for that pair: restrictions are sorted by purpose and type."""
    for restricted, kind, vendors in tc.restrictions:
        if restricted == purpose and vendors >> vendor & 1:
            return kind
    return None


def wanted_basis(entry: Vendor, purpose: int, restriction: int | None) -> Basis:
    """Returns the basis that the vendor must rely on, before anyone's choice; a flexible purpose may change over."""
    declared: LegalBasis
    if entry.purposes >> purpose & 1:
        declared = "consent"
    elif entry.interests >> purpose & 1:
        declared = "li"
    else:
        return Basis(None, "purpose_not_declared")
    if restriction == NOT_ALLOWED:
        return Basis(None, "restricted_not_allowed")
    if restriction is None or declared == _REQUIRED[restriction]:
        return Basis(declared, "ok")
    if entry.flexible >> purpose & 1:
        return Basis(_REQUIRED[restriction], "ok")
    return Basis(None, "restricted_basis_mismatch")


def interest_forbidden(tc: TcString, purpose: int) -> bool:
    """Returns whether the framework admits no legitimate interest for the purpose: not for 1, nor 3 to 6."""
    return purpose == 1 or (tc.policy_version >= 4 and 3 <= purpose <= 6)


def _consent(tc: TcString, vendor: int, purpose: int) -> Basis:
    if not tc.purpose_consents >> purpose & 1:
        return Basis(None, "purpose_consent_missing")
    if not tc.vendor_consents >> vendor & 1:
        return Basis(None, "vendor_consent_missing")
    return Basis("consent", "ok")


def _interest(tc: TcString, vendor: int, purpose: int) -> Basis:
    if not tc.purpose_interests >> purpose & 1:
        return Basis(None, "purpose_li_objected_or_not_established")
    if not tc.vendor_interests >> vendor & 1:
        return Basis(None, "vendor_li_objected_or_not_established")
    return Basis("li", "ok")
