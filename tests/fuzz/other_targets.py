"""More targets: what reads bytes beside the consent signals. Each takes any bytes; nothing but a refusal may happen."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from observer.consent import line_answers, tcf_canada
from observer.consent.explaining import compile_explainer
from observer.consent.google import decode_gcs
from observer.consent.gpp_us import decode_section
from observer.consent.gpp_us_layouts import LAYOUTS
from observer.consent.pasted import signals_of
from observer.consent.policy import ConsentPolicy, plain_judge
from observer.consent.proof import ProofKey, Prover, read_keys, tokens_of
from observer.consent.vendor_list import read_vendor_list
from observer.dialects import DIALECTS
from observer.dialects.plain import compile_plain
from observer.documents import Document, read_json, read_yaml
from observer.engine.leaks import leaks_of
from observer.errors import CatalogError, InputError, SettingsError, SignalError
from observer.messages import LANGUAGES
from observer.model import Event, Record, Undecodable
from observer.privacy import mask_document, mask_url, recognise, scrub

Target = Callable[[bytes], None]

CASES: Final = Path(__file__).parents[1] / "cases"
_KEY: Final = ProofKey("k", b"sixteen bytes or more of a secret")
_PLAIN: Final = compile_plain(
    "crm", {"kind": "$.type", "name": "$.event_name", "payload": "$.data", "messageId": "$.id"}
)


def other_targets(policy: ConsentPolicy, today: int) -> Mapping[str, Target]:
    """Returns the targets by name. policy: the company's; today: in days since the epoch."""
    explain, judge = compile_explainer(policy, "web-shop", "web"), plain_judge(policy, "web-shop", "web")

    def pasted(data: bytes) -> None:
        """What is pasted is explained as the judge decides, in both languages, or refused without being said again."""
        text = data.decode("utf-8", "replace")
        try:
            signals = signals_of(text)
        except InputError as error:
            assert len(text) < 30 or text not in error.told("en")
            return
        for destination in ("criteo", "meta-ads"):
            explanation, trace = (
                explain(signals, today, destination),
                judge.trace(signals, today, destination),
            )
            assert trace is not None
            assert explanation.spoken == tuple(spoken.answers for spoken in trace.spoken)
            assert explanation.decision == trace.decision
            for step in explanation.steps:
                assert all(step.told(lang) for lang in LANGUAGES)
        for signal in signals:
            assert Prover(_KEY)(signal) == tokens_of(signal, _KEY)

    dialects = {f"dialect-{name}": partial(_dialect, name) for name in [*DIALECTS, "plain"]}
    return {
        "tcf-canada": _tcf_canada,
        "gpp-us": _gpp_us,
        "gcm": _gcm,
        "pasted": pasted,
        "proof-keys": _proof_keys,
        "vendor-list": _vendor_list,
        "yaml": _yaml,
        "privacy": _privacy,
        "leaks": _leaks,
        **dialects,
    }


def other_seeds(name: str) -> list[bytes]:
    """Returns what those targets begin with."""
    if name.startswith("dialect-"):
        files = (CASES / name.removeprefix("dialect-")).glob("*")
        return [file.read_bytes() for file in sorted(files) if "expected" not in file.name]
    return [text.encode() for text in _SEEDS.get(name, [])]


_SEEDS: Final[Mapping[str, list[str]]] = {
    "tcf-canada": ["CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA.YAAAAAAAAAA", "BPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYg"],
    "gpp-us": ["BVVqAAAAAABA.YA", "CVVVVVVVVWA.Y", "BVQqAAAAAgA"],
    "gcm": ["13r3r3r3r5", "G111"],
    "pasted": [
        "1YNN", "DBABLA~BVQqAAAAAABA", '{"categoryPreferences": {"advertising": true}}', "G100\n13r3q3p3t5",
        "OptanonConsent=groups=C0004%3A1&interactionCount=1; euconsent-v2=CQ", "https://a.example/?gpp=DBAA&gdpr=1",
        ",C0001,", "0@007|5|140@2,3@1@1790000000000@_v8",
    ],
    "proof-keys": ["a:sixteen bytes or more of a secret,b:another secret of sixteen bytes"],
    "vendor-list": ['{"vendorListVersion": 1, "vendors": {"1": {"id": 1, "purposes": [1], "deletedDate": null}}}'],
    "yaml": ["purposes:\n  - {id: advertising, title: {en: A, fr: P}, tcf: [1, 2]}\n", "a: &x [1]\nb: *x\n"],
    "privacy": ["jeanne@maison.example, 06 39 98 12 34, FR76 3000 6000 0112 3456 7890 189, 48.8566,2.3522, 192.0.2.4"],
    "leaks": ['{"note": "jeanne@maison.example", "lat": 48.85661, "lng": 2.35222, "n": 33639981234, "x": [{"y": "06.39.98.12.34"}]}'],
}  # fmt: skip


def _refused(read: Callable[[], object]) -> bool:
    try:
        read()
    except SignalError as error:
        assert error.reason
        return True
    return False


def _tcf_canada(data: bytes) -> None:
    _refused(lambda: tcf_canada.decode(data.decode("latin-1")))


def _gpp_us(data: bytes) -> None:
    text = data.decode("latin-1")
    for section in LAYOUTS:
        _refused(lambda section=section: decode_section(section, text))  # type: ignore[misc]


def _gcm(data: bytes) -> None:
    answer = line_answers.decoded("gcm", data)
    assert "error" in answer or len(answer["signals"]) == 4
    _refused(lambda: decode_gcs(data.decode("latin-1")))


def _proof_keys(data: bytes) -> None:
    try:
        keys = read_keys("proof.keys", data.decode("utf-8", "replace"))
    except SettingsError:
        return
    assert len({key.id for key in keys}) == len(keys) > 0


def _vendor_list(data: bytes) -> None:
    reading = read_json("list.json", data)
    if reading.problems:
        return
    try:
        assert read_vendor_list(Document("list.json", "list.json", reading.value)).vendors
    except CatalogError as error:
        assert error.problems


def _yaml(data: bytes) -> None:
    reading = read_yaml("file.yaml", data)
    assert reading.problems or json.dumps(reading.value, default=str)


def _privacy(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    if recognise(text) is None:
        assert scrub(text) == text
    mask_url(text)
    try:
        masked = json.dumps(mask_document(msgspec.json.decode(data)))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    assert "@" not in masked.replace("‹", "")


def _leaks(data: bytes) -> None:
    for kind, field, path in leaks_of(Event("track", "", data, "$"), None):
        assert kind
        assert field in {"payload", "property_name"}
        assert set(path) <= set("$.*[]")


def _dialect(name: str, data: bytes) -> None:
    """Every record holds at least one event or says why not; each event alone is that event again."""
    dialect = _PLAIN if name == "plain" else DIALECTS[name]
    record = Record(data)
    decoded = dialect.decode(record)
    for index, one in enumerate(decoded[:3]):
        if isinstance(one, Undecodable):
            assert one.reason
            continue
        alone = dialect.decode(Record(dialect.alone(record, index)))
        assert one in alone
