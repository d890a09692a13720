"""What a TC string allows a vendor: the decision vectors, and the rules that they leave open."""

from typing import Any

import pytest
from consent_examples import Tc, list_document, synthetic_list, vectors

from observer.consent.tcf import decode
from observer.consent.tcf_decision import purpose_basis, special_feature_basis, special_purpose_basis
from observer.consent.vendor_list import VendorList, read_vendor_list
from observer.documents import Document
from observer.documents.reading import Json
from observer.errors import CatalogError

SYNTHETIC = synthetic_list()


@pytest.mark.parametrize("vector", vectors("tcf_decisions.jsonl"), ids=lambda vector: vector["id"])
def test_decision_vector(vector: dict[str, Any]) -> None:
    tc = decode(vector["tcString"])
    for strict, expected in ((True, vector["expected"]), (False, vector["expectedLenientDisclosure"])):
        basis = purpose_basis(
            tc, vector["vendorId"], vector["purposeId"], strict_disclosure=strict, vendor_list=SYNTHETIC
        )
        assert basis._asdict() == expected


LIST: VendorList = read_vendor_list(
    list_document(
        v1={"purposes": [1, 2, 3, 4]},
        v2={"purposes": [1, 3], "legIntPurposes": [2, 7], "flexiblePurposes": [2, 3]},
        v3={"purposes": [1], "legIntPurposes": [4, 2, 6], "specialPurposes": [1], "specialFeatures": [1, 2]},
        v4={"purposes": [2], "deletedDate": "2026-01-01T00:00:00Z"},
    )
)
INTERESTED = Tc(interests=(2, 4, 6, 7), vendor_interests=((1, 10),))

CASES = {
    "consent to purpose and vendor": (Tc(), 1, 2, "consent: ok"),
    "the person refused the purpose": (Tc(consents=(1,)), 1, 2, "None: purpose_consent_missing"),
    "the person refused the vendor": (Tc(vendor_consents=((2, 9),)), 1, 2, "None: vendor_consent_missing"),
    "legitimate interest without objection": (INTERESTED, 2, 7, "li: ok"),
    "legitimate interest that nobody established": (Tc(), 2, 7, "None: purpose_li_objected_or_not_established"),
    "an objection to the vendor": (
        INTERESTED._replace(vendor_interests=()), 2, 7, "None: vendor_li_objected_or_not_established",
    ),
    "a flexible purpose without a restriction keeps its default": (INTERESTED, 2, 2, "li: ok"),
    "a flexible purpose changes over to consent": (
        INTERESTED._replace(restrictions=[(2, 1, [(2, 2)])]), 2, 2, "consent: ok",
    ),
    "an inflexible purpose does not": (
        INTERESTED._replace(restrictions=[(7, 1, [(2, 2)])]), 2, 7, "None: restricted_basis_mismatch",
    ),
    "a restriction that asks for the default changes nothing": (
        Tc(restrictions=[(2, 1, [(1, 1)])]), 1, 2, "consent: ok",
    ),
    "a restriction of another vendor changes nothing": (Tc(restrictions=[(2, 0, [(2, 2)])]), 1, 2, "consent: ok"),
    "the strictest of two restrictions counts": (
        INTERESTED._replace(restrictions=[(2, 1, [(2, 2)]), (2, 0, [(2, 2)])]), 2, 2, "None: restricted_not_allowed",
    ),
    "a restriction of the undefined type is ignored": (Tc(restrictions=[(2, 3, [(1, 1)])]), 1, 2, "consent: ok"),
    "legitimate interest never serves purpose 4 under policy 4": (
        INTERESTED, 3, 4, "None: li_not_allowed_for_purpose",
    ),
    "nor purpose 6": (INTERESTED, 3, 6, "None: li_not_allowed_for_purpose"),
    "it did under policy 2": (
        INTERESTED._replace(policy_version=2, updated="2023-09-30"), 3, 4, "li: ok",
    ),
    "legitimate interest never serves purpose 1": (
        Tc(interests=(1,), vendor_interests=((1, 9),), restrictions=[(1, 2, [(1, 1)])]), 1, 1,
        "None: restricted_basis_mismatch",
    ),
    "a flexible purpose 3 does not change over to legitimate interest": (
        Tc(interests=(3,), vendor_interests=((1, 9),), restrictions=[(3, 2, [(2, 2)])]), 2, 3,
        "None: li_not_allowed_for_purpose",
    ),
    "purpose one treatment": (Tc(purpose_one_treatment=True), 1, 1, "None: purpose1_not_disclosed"),
    "purpose one treatment leaves other purposes": (Tc(purpose_one_treatment=True), 1, 2, "consent: ok"),
    "a deleted vendor": (Tc(), 4, 2, "None: vendor_deleted"),
    "a vendor that was not disclosed": (Tc(disclosed=((2, 9),)), 1, 2, "None: vendor_not_disclosed"),
    "no disclosure, before it was asked for": (Tc(disclosed=None, updated="2026-02-28"), 1, 2, "consent: ok"),
    "no disclosure, once it is asked for": (
        Tc(disclosed=None, updated="2026-03-01"), 1, 2, "None: disclosed_segment_missing",
    ),
    "policy 2 on its last day": (Tc(policy_version=2, updated="2023-09-30"), 1, 2, "consent: ok"),
    "policy 2 afterwards": (Tc(policy_version=3, updated="2023-10-01"), 1, 2, "None: policy_version_outdated"),
    "a string for many sites": (Tc(service_specific=False), 1, 2, "None: global_scope_invalid"),
}  # fmt: skip


@pytest.mark.parametrize(("tc", "vendor", "purpose", "expected"), CASES.values(), ids=CASES)
def test_purpose_basis(tc: Tc, vendor: int, purpose: int, expected: str) -> None:
    basis = purpose_basis(decode(tc.text()), vendor, purpose, strict_disclosure=True, vendor_list=LIST)
    assert f"{basis.basis}: {basis.reason}" == expected


SPECIAL_PURPOSES = {
    "declared and disclosed, whatever was refused": (Tc(consents=(), vendor_consents=()), 3, "li: ok"),
    "not declared": (Tc(), 1, "None: special_purpose_not_declared"),
    "not disclosed": (Tc(disclosed=((1, 2),)), 3, "None: vendor_not_disclosed"),
}


@pytest.mark.parametrize(("tc", "vendor", "expected"), SPECIAL_PURPOSES.values(), ids=SPECIAL_PURPOSES)
def test_special_purpose_basis(tc: Tc, vendor: int, expected: str) -> None:
    basis = special_purpose_basis(decode(tc.text()), vendor, 1, strict_disclosure=True, vendor_list=LIST)
    assert f"{basis.basis}: {basis.reason}" == expected


SPECIAL_FEATURES = {
    "opted in, declared and used for an allowed purpose": (Tc(special_features=(1,)), 3, "consent: ok"),
    "no opt-in": (Tc(), 3, "None: special_feature_opt_in_missing"),
    "not declared": (Tc(special_features=(1,)), 1, "None: special_feature_not_declared"),
    "no purpose is allowed": (
        Tc(special_features=(1,), consents=()), 3, "None: special_feature_without_purpose",
    ),
    "not disclosed": (Tc(special_features=(1,), disclosed=()), 3, "None: vendor_not_disclosed"),
}  # fmt: skip


@pytest.mark.parametrize(("tc", "vendor", "expected"), SPECIAL_FEATURES.values(), ids=SPECIAL_FEATURES)
def test_special_feature_basis(tc: Tc, vendor: int, expected: str) -> None:
    basis = special_feature_basis(decode(tc.text()), vendor, 1, strict_disclosure=True, vendor_list=LIST)
    assert f"{basis.basis}: {basis.reason}" == expected


BAD_LISTS = {
    "no version": ({"vendors": {"1": {}}}, "the key `vendorListVersion` - at `$`"),
    "no vendors": ({"vendorListVersion": 1, "vendors": {}}, "at least 1 of them - at `$.vendors`"),
    "a vendor without a number": (
        {"vendorListVersion": 1, "vendors": {"seven": {}}}, "a whole number - at `$.vendors.seven`",
    ),
    "a purpose that is text": (
        {"vendorListVersion": 1, "vendors": {"7": {"purposes": ["1"]}}},
        "a whole number - at `$.vendors['7'].purposes[0]`",
    ),
    "a purpose beyond any string": (
        {"vendorListVersion": 1, "vendors": {"7": {"flexiblePurposes": [64]}}},
        "63 or less - at `$.vendors['7'].flexiblePurposes[0]`",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), BAD_LISTS.values(), ids=BAD_LISTS)
def test_vendor_list_is_refused(content: Any, message: str) -> None:
    with pytest.raises(CatalogError) as caught:
        read_vendor_list(Document("v.json", "v.json", content))
    assert [f"{problem.expected} - at `{problem.path}`" for problem in caught.value.problems] == [message]


def test_vendor_list_reads_what_is_needed_and_ignores_the_rest() -> None:
    content: Json = {
        "vendorListVersion": 9,
        "stacks": {},
        "vendors": {"7": {"id": 7, "purposes": [1], "features": [2]}},
    }
    found = read_vendor_list(Document("v.json", "v.json", content))
    assert found.version == 9
    assert found.vendors[7].purposes == 0b10
