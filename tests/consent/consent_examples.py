"""Good objects for consent tests: break one thing and look. The encoder is written apart from the decoder."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from observer.consent.outcome import ConsentOutcome
from observer.consent.policy import ConsentPolicy, compile_judge, compile_policy
from observer.consent.vendor_list import VendorList, read_vendor_list
from observer.documents import Document, read_yaml
from observer.documents.reading import Json
from observer.model import Signal

TOP = Path(__file__).parents[2]
VECTORS = TOP / "tests" / "vectors"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
EPOCH = date(1970, 1, 1)


def vectors(name: str) -> list[dict[str, Any]]:
    """Returns the objects of one file of vectors."""
    return [json.loads(line) for line in (VECTORS / name).read_text(encoding="utf-8").splitlines()]


def day(text: str) -> int:
    """Returns an ISO date as days since the epoch."""
    return (date.fromisoformat(text) - EPOCH).days


def document(name: str, content: Json) -> Document:
    """Returns a parsed file of schemas/consent."""
    return Document(f"consent/{name}.yaml", f"schemas/consent/{name}.yaml", content)


def shipped(name: str) -> Document:
    """Returns one of the shipped files, parsed."""
    file = TOP / "schemas" / "consent" / f"{name}.yaml"
    reading = read_yaml(file.name, file.read_bytes())
    assert not reading.problems
    return document(name, reading.value)


def synthetic_list() -> VendorList:
    """Returns the vendor list of the decision vectors."""
    content = json.loads((VECTORS / "gvl_synthetic.json").read_text(encoding="utf-8"))
    return read_vendor_list(Document("vendor-list.json", "vendor-list.json", content))


def list_document(version: int = 140, **vendors: dict[str, Json]) -> Document:
    """Returns a vendor list document; keys are `v7`, for the vendor 7."""
    entries: dict[str, Json] = {name[1:]: {"id": int(name[1:]), **entry} for name, entry in vendors.items()}
    return Document("v.json", "v.json", {"vendorListVersion": version, "vendors": entries})


class Tc(NamedTuple):
    """The fields of a TC string that tests vary. Sets are ids; `vendors` in ranges if `as_range`."""

    version: int = 2
    updated: str = "2026-11-02"
    vendor_list_version: int = 140
    policy_version: int = 5
    service_specific: bool = True
    special_features: Sequence[int] = ()
    consents: Sequence[int] = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
    interests: Sequence[int] = ()
    purpose_one_treatment: bool = False
    vendor_consents: Sequence[tuple[int, int]] = ((1, 1000),)
    vendor_interests: Sequence[tuple[int, int]] = ()
    restrictions: Sequence[tuple[int, int, Sequence[tuple[int, int]]]] = ()
    disclosed: Sequence[tuple[int, int]] | None = ((1, 1000),)

    def text(self) -> str:
        """Returns the encoded string."""
        moment = field(day(self.updated) * 864_000, 36)
        core = (
            field(self.version, 6) + moment + moment + field(31, 12) + field(1, 12) + field(0, 6)
            + field(5, 6) + field(17, 6) + field(self.vendor_list_version, 12) + field(self.policy_version, 6)
            + field(self.service_specific, 1) + field(0, 1) + members(self.special_features, 12)
            + members(self.consents, 24) + members(self.interests, 24) + field(self.purpose_one_treatment, 1)
            + field(5, 6) + field(17, 6) + vendor_section(self.vendor_consents)
            + vendor_section(self.vendor_interests) + field(len(self.restrictions), 12)
        )  # fmt: skip
        for purpose, kind, ranges in self.restrictions:
            core += field(purpose, 6) + field(kind, 2) + range_entries(ranges)
        segments = [encoded(core)]
        if self.disclosed is not None:
            segments.append(encoded(field(1, 3) + vendor_section(self.disclosed)))
        return ".".join(segments)

    def signal(self) -> Signal:
        """Returns the string as an event carries it."""
        return Signal("tcf", self.text().encode())


def field(value: int, bits: int) -> str:
    """Returns a number as that many binary digits."""
    return format(value, f"0{bits}b")


def members(ids: Sequence[int], bits: int) -> str:
    """Returns a bit field whose first bit is id 1."""
    return "".join("1" if number in ids else "0" for number in range(1, bits + 1))


def range_entries(ranges: Sequence[tuple[int, int]]) -> str:
    """Returns NumEntries and the entries, always with both ends."""
    return field(len(ranges), 12) + "".join("1" + field(start, 16) + field(end, 16) for start, end in ranges)


def vendor_section(ranges: Sequence[tuple[int, int]]) -> str:
    """Returns a vendor section in range encoding."""
    highest = max((end for _, end in ranges), default=0)
    return field(highest, 16) + "1" + range_entries(ranges)


def encoded(bits: str) -> str:
    """Returns binary digits as base64url characters, the last filled with zeros."""
    bits += "0" * (-len(bits) % 6)
    return "".join(ALPHABET[int(bits[start : start + 6], 2)] for start in range(0, len(bits), 6))


def segment(**preferences: object) -> Signal:
    """Returns Segment's consent object with those category preferences."""
    return Signal("segment", json.dumps({"categoryPreferences": preferences}).encode())


def shop_policy(*lists: Document, **changed: Json) -> ConsentPolicy:
    """Returns the shipped policy with other vendor lists, and with keys of policy.yaml changed."""
    rules = shipped("policy").value
    assert isinstance(rules, dict)
    return compile_policy(
        shipped("purposes"),
        shipped("categories"),
        shipped("destinations"),
        document("policy", {**rules, **changed}),
        lists,
    )


TODAY = day("2026-11-22")


def told(outcome: ConsentOutcome) -> str:
    """Returns an outcome as one line: states by purpose, then decisions by destination."""
    states = " ".join(f"{purpose}={state.value}" for purpose, state in outcome.states)
    decisions = " ".join(
        f"{destination}={'yes' if allowed else 'no'}:{reason.value}"
        for destination, allowed, reason in outcome.decisions
    )
    return f"{states} | {decisions}"


def state_of(policy: ConsentPolicy, purpose: str, *signals: Signal, source: str = "app") -> str:
    """Returns the state of one purpose for an event of today with those signals, from the app."""
    outcome = compile_judge(policy, source, "app")(signals, TODAY)
    return dict(outcome.states)[purpose].value


def decision_of(policy: ConsentPolicy, destination: str, *signals: Signal, source: str = "app") -> str:
    """Returns `yes` or `no` and the reason for one destination and an event of today with those signals."""
    outcome = compile_judge(policy, source, "app")(signals, TODAY)
    chosen = next(decision for decision in outcome.decisions if decision.destination == destination)
    return f"{'yes' if chosen.allowed else 'no'}: {chosen.reason.value}"
