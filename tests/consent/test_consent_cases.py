"""Every place in which an event carries consent, through the whole engine: tests/consent/carriers/<carrier>.json.

Each case says what the wire carries and what the engine must make of it: states by purpose, decisions by destination.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from observer import metrics
from observer.catalog import Catalog
from observer.consent.formats import KEYS, READERS
from observer.dialects.carried import FORMATS, NAMES
from observer.engine import Chunk, Memory, observe
from observer.loader import example_folder, load
from observer.model import Record

FOLDER = Path(__file__).parent / "carriers"
CARRIERS = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.json"))}
CASES = {
    f"{carrier}: {sentence}": (held["source"], case)
    for carrier, held in CARRIERS.items()
    for sentence, case in held["cases"].items()
}
NOW = 1_795_341_602.0
"""2026-11-22 10:00:02 UTC."""

VENDORS = {
    "vendorListVersion": 140,
    "vendors": {
        "755": {"id": 755, "purposes": [1, 2, 3, 4, 7]},
        "91": {"id": 91, "purposes": [1, 2, 3, 4, 7]},
    },
}
CATEGORIES = """
  - {platform: didomi, category: advertising_personalization, purposes: [advertising]}
  - {platform: didomi, category: select_basic_ads, purposes: [advertising]}
  - {platform: commanders-act, category: "3", purposes: [advertising]}
  - {platform: axeptio, category: google_ads, purposes: [advertising]}
  - {platform: microsoft, category: ad_storage, purposes: [advertising]}
"""
FIELDS = "  OptanonConsent: $.cookies.OptanonConsent\n"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The example company, with a vendor list, every platform's categories, and a web shop that declares every name."""
    folder = tmp_path_factory.mktemp("company") / "schemas"
    shutil.copytree(example_folder(), folder)
    lists = folder / "consent" / "vendor-lists"
    lists.mkdir(exist_ok=True)
    (lists / "v140.json").write_text(json.dumps(VENDORS))
    declared = _without_platforms((folder / "consent" / "categories.yaml").read_text("utf-8"))
    (folder / "consent" / "categories.yaml").write_text(declared + CATEGORIES, "utf-8")
    _change(
        folder / "consent" / "destinations.yaml",
        "    tcfVendorId: 755\n",
        "    tcfVendorId: 755\n    vendors: [{platform: didomi, id: google}, {platform: google-ac, id: '4711'}]\n",
    )
    _append(folder / "sources" / "web-shop.yaml", f"consentProperties: {json.dumps(sorted(NAMES))}\n")
    _append(folder / "sources" / "crm.yaml", FIELDS)
    return load(folder)


@pytest.mark.parametrize(("source", "case"), CASES.values(), ids=CASES)
def test_consent_of_an_event(company: Catalog, source: str, case: dict[str, Any]) -> None:
    body = b"" if case["body"] is None else json.dumps(case["body"]).encode()
    record = Record(body, NOW, headers=case.get("headers", {}), path=case.get("path", ""))
    result = observe(Chunk(source, [record]), company, Memory(), NOW)
    said: dict[str, str] = {}
    for (metric, labels), number in result.counts.items():
        if metric == metrics.CONSENT_EVENTS.name and number:
            said[labels[2]] = labels[3]
        if metric == metrics.CONSENT_DECISIONS.name and number:
            said[labels[0]] = f"{'yes' if labels[2] == 'allowed' else 'no'}: {labels[3]}"
    told = {name: expected for name, expected in case.items() if name not in {"body", "path", "headers"}}
    assert {name: said.get(name) for name in told} == told


def test_every_name_has_the_reader_that_its_format_has() -> None:
    # A reader of a format may read more than one name; a name has one reader wherever it stands.
    for name, kind in FORMATS.items():
        assert READERS[kind] is KEYS[name], name


def test_every_carrier_has_a_broken_case_and_a_case_that_is_no_yes() -> None:
    lacking = []
    for carrier, held in CARRIERS.items():
        told = [value for case in held["cases"].values() for value in case.values() if isinstance(value, str)]
        if not any(value.startswith(("no: ", "unknown", "denied", "missing")) for value in told):
            lacking.append(carrier)
    assert lacking == []


def _without_platforms(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(line for line in lines if not any(word in line for word in _REPLACED)) + "\n"


_REPLACED = ("platform: didomi", "platform: commanders-act", "platform: axeptio", "platform: microsoft")


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
