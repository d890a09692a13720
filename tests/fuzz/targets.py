"""What is fuzzed: one target a decoder. Any bytes are decoded or refused with a reason; nothing else may happen."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from observer.consent import gpp, gpp_json, line_answers, tcf, tcf_json
from observer.consent.formats import KEYS, READERS
from observer.consent.policy import ConsentPolicy, compile_judge, compile_policy
from observer.consent.vendor_list import read_vendor_list
from observer.documents import Document, read_yaml
from observer.errors import SignalError
from observer.model import ConsentState, Signal
from tests.fuzz.other_targets import other_seeds, other_targets

TESTS: Final = Path(__file__).parents[1]
VECTORS: Final = TESTS / "vectors"
SCHEMAS: Final = TESTS.parent / "schemas" / "consent"

Target = Callable[[bytes], None]
"""Returns for bytes that are handled as they must be; raises for a defect."""

_TODAY: Final = 20_779
"""22 November 2026, in days since the epoch."""
_HIGHEST_ID: Final = 65_535


def _tcf(data: bytes) -> None:
    try:
        string = tcf.decode(data.decode("latin-1"))
    except SignalError as error:
        assert error.reason
        return
    told = json.loads(json.dumps(tcf_json.as_json(string)))
    assert told["version"] == 2
    assert all(0 < start <= end <= _HIGHEST_ID for start, end in told["vendorConsents"])


def _gpp(data: bytes) -> None:
    try:
        string = gpp.decode(data.decode("latin-1"))
    except SignalError as error:
        assert error.reason
        return
    told = json.loads(json.dumps(gpp_json.as_json(string)))
    assert told["sectionIds"] == sorted(set(told["sectionIds"]))


def _reader(kind: str, data: bytes) -> None:
    """One format of signal: read or refused, and judged in any case."""
    try:
        READERS[kind](data)
    except SignalError as error:
        assert error.reason
        granted = [
            state
            for _, state in _JUDGE((Signal(kind, data),), _TODAY).states
            if state is ConsentState.GRANTED
        ]
        assert not granted, f"{kind}: a signal that is refused grants"
    else:
        _JUDGE((Signal(kind, data),), _TODAY)


def _signals(data: bytes) -> None:
    """All formats in one target, for short runs: the first byte chooses."""
    if data:
        _reader(_KINDS[data[0] % len(_KINDS)], data[1:])


def _decide(data: bytes) -> None:
    answer = line_answers.decided(data, _LISTS, strict=True)
    assert answer["basis"] in {None, "consent", "li"}
    assert answer["reason"]


def _document(name: str) -> Document:
    file = SCHEMAS / f"{name}.yaml"
    return Document(file.name, str(file), read_yaml(file.name, file.read_bytes()).value)


def _vendors() -> Document:
    content = json.loads((VECTORS / "gvl_synthetic.json").read_text(encoding="utf-8"))
    return Document("list.json", "list.json", content)


def _policy() -> ConsentPolicy:
    purposes, categories, destinations, policy = (
        _document(name) for name in ("purposes", "categories", "destinations", "policy")
    )
    return compile_policy(purposes, categories, destinations, policy, (_vendors(),))


_KINDS: Final = tuple(READERS)
_POLICY: Final = _policy()
_JUDGE: Final = compile_judge(_POLICY, "web-shop", "web")
_OTHERS: Final = other_targets(_POLICY, _TODAY)
_LISTS: Final = {120: read_vendor_list(_vendors())}

TARGETS: Final[Mapping[str, Target]] = {
    "tcf": _tcf,
    "gpp": _gpp,
    "decide": _decide,
    "signals": _signals,
    **{f"signal-{kind}": partial(_reader, kind) for kind in READERS},
    **_OTHERS,
}


def kept(name: str) -> list[bytes]:
    """Returns inputs that earlier runs found worth keeping: tests/fuzz/corpus/<target>.txt, one in base 64 a line."""
    file = Path(__file__).parent / "corpus" / f"{name}.txt"
    return [b64decode(line) for line in file.read_text("ascii").split()] if file.exists() else []


def seeds(name: str) -> list[bytes]:
    """Returns what a target begins with: the vectors of its format, and the shapes that captures show."""
    if name in _OTHERS:
        return other_seeds(name)
    if name == "signals":
        return [
            bytes([number]) + seed for number, kind in enumerate(READERS) for seed in seeds(f"signal-{kind}")
        ]
    if name == "decide":
        return [
            json.dumps({key: vector[key] for key in ("tcString", "vendorId", "purposeId")}).encode()
            for vector in _vectors("tcf_decisions.jsonl")[:40]
        ]
    strings = {
        "tcf": [vector["tcString"] for vector in _vectors("tcf_vectors.jsonl")[:60]],
        "gpp": [vector["gppString"] for vector in _vectors("gpp_vectors.jsonl")],
        "gcd": [vector["gcd"] for vector in _vectors("gcd_samples.jsonl")],
    }
    kind = name.removeprefix("signal-")
    return [str(text).encode() for text in strings.get(kind, _SHAPES.get(kind, []))]


_SHAPES: Final[Mapping[str, list[str]]] = {
    "segment": ['{"categoryPreferences": {"advertising": true, "analytics": false}}'],
    "rudderstack": ['{"allowedConsentIds": ["advertising"], "deniedConsentIds": ["analytics"]}'],
    "ga4": ['{"ad_user_data": "GRANTED", "ad_personalization": "DENIED"}'],
    "snowplow_preferences": ['{"eventType": "allow_selected", "consentScopes": ["advertising"]}'],
    "plain": ['{"advertising": true, "OptanonConsent": "groups=C0004%3A1&interactionCount=1"}'],
    "keyed": [json.dumps(dict.fromkeys(KEYS, "1YNN"))],
    "page_url": ['{"gpp": "DBABLA~CJiBkYGRmkhk.YA", "gpp_sid": "7", "us_privacy": "1YNN"}'],
    "openrtb": ['{"regs": {"gdpr": 1, "us_privacy": "1YYN", "gpp_sid": [7], "ext": {"gpc": "1"}}, "user": {"ext": {}}}'],
    "google_ac": ["1~12.4711", "2~12~dv.4711.9"],
    "gdpr": ["1"],
    "uet": ["G", "D"],
    "us_privacy": ["1YNN", "1---"],
    "gcs": ["G111", "G1-0"],
    "gpc": ["1"],
    "onetrust": ["isGpcEnabled=0&interactionCount=1&groups=C0001%3A1%2CC0004%3A0&AwaitingReconsent=false"],
    "snowplow_gdpr": ['{"basisForProcessing": "consent", "documentId": "1"}'],
    "didomi_dcs": ["CQAAAAAAAA"],
    "onetrust_groups": [",C0001,C0004,"],
    "didomi_token": ["eyJ1cGRhdGVkIjogIjIwMjYtMTAtMDFUMDg6MDA6MDBaIiwgInB1cnBvc2VzIjogeyJlbmFibGVkIjogWyJhIl19fQ=="],
    "commanders_act": ["0@007|5|140|22|14|5380@2,3@1@1790000000000,1790000000000,1800000000000@_v8"],
    "axeptio": ['%7B%22$$completed%22%3Atrue%2C%22google_ads%22%3Atrue%7D'],
    "axeptio_vendors": ["%2Cgoogle_ads%2C"],
}  # fmt: skip


def _vectors(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (VECTORS / name).read_text(encoding="utf-8").splitlines()]
