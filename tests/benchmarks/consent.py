"""Consent: decoding beside `iab-tcf`, the costliest string that a search finds, and the cost of an event."""

import json
import random
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Final

from observer.catalog import Catalog
from observer.consent import gpp, tcf
from observer.consent.bits import ALPHABET
from observer.consent.outcome import ConsentJudge
from observer.consent.policy import ConsentPolicy, compile_judge, compile_policy
from observer.consent.proof import ProofKey, Prover
from observer.consent.tcf import DECISECONDS_A_DAY
from observer.documents import Document, read_yaml
from observer.engine import Limits
from observer.engine.answers import Answers
from observer.engine.choices import Listening
from observer.engine.counts import Counts
from observer.engine.memory import Memory
from observer.engine.proofs import Proofs
from observer.errors import SignalError
from observer.loader import example_folder, load
from observer.model import Event, Signal
from tests.benchmarks.costly_strings import costliest
from tests.benchmarks.timing import best_of, table
from tests.oracles.environments import python_oracle
from tests.running import EXAMPLE
from tests.sdk.environments import CannotBeInstalledError

TESTS: Final = Path(__file__).parents[1]
VECTORS: Final = TESTS / "vectors"
FUZZED: Final = TESTS.parent / ".cache" / "fuzz" / "corpus"
"""What coverage-guided fuzzing found worth keeping, where it has run."""
PEER: Final = TESTS / "oracles" / "consent" / "iab-tcf"

SOURCE: Final = "web-shop"
SEARCH_ROUNDS: Final = 200
EVENTS: Final = 100_000
CHUNK: Final = 2_000
NEW_STRINGS: Final = 5_000
VISITORS: Final = 60_000
DAYS: Final = 170
TODAY: Final = 20_779
"""22 November 2026, in days since the epoch."""
MINUTES_A_DAY: Final = 1_440


def run() -> str:
    """Returns three tables: decoding, the costliest string, an event."""
    return "\n\n".join([_decoding(), _costliest(), _an_event()])


def _decoding() -> str:
    strings = [str(vector["tcString"]) for vector in _vectors("tcf_vectors.jsonl")]
    sections = [str(vector["gppString"]) for vector in _vectors("gpp_vectors.jsonl")]
    best = best_of({"tcf": partial(_all, tcf.decode, strings), "gpp": partial(_all, gpp.decode, sections)})
    rows = [
        ("TC string, ours", str(len(strings)), f"{best['tcf'] / len(strings) * 1e6:.1f}"),
        ("GPP string, ours", str(len(sections)), f"{best['gpp'] / len(sections) * 1e6:.1f}"),
        _peer(strings),
    ]
    return table(("decode, mean over the vectors", "strings", "CPU µs"), rows)


def _costliest() -> str:
    text, seconds = costliest(SEARCH_ROUNDS, seed=1)
    rows = [(f"TC string, a search of {SEARCH_ROUNDS} rounds", f"{len(text):,}", f"{seconds * 1e3:.2f}")]
    for kind, decode in {"tcf": tcf.decode, "gpp": gpp.decode}.items():
        found = _worst_found(kind, decode)
        if found is not None:
            rows.append(
                (
                    f"{kind}, of {found[0]:,} inputs that `make fuzz` kept",
                    f"{found[1]:,}",
                    f"{found[2] * 1e3:.2f}",
                )
            )
    return table(("costliest string", "characters", "CPU ms"), rows)


def _worst_found(kind: str, decode: Callable[[str], object]) -> tuple[int, int, float] | None:
    """Returns how many inputs the fuzzer kept for a decoder, and the size and the cost of the one that costs most."""
    texts = [file.read_bytes().decode("latin-1") for file in (FUZZED / kind).glob("*")]
    if not texts:
        return None

    def seconds(text: str) -> float:
        tries = []
        for _ in range(3):
            start = time.process_time()
            with suppress(SignalError):
                decode(text)
            tries.append(time.process_time() - start)
        return min(tries)

    worst = max(texts, key=seconds)
    return len(texts), len(worst), seconds(worst)


def _an_event() -> str:
    """Events of visitors who come back as Zipf's law has it, each with one choice and its day: many visitors share
    what they chose, few the day as well. The engine's memory and the judge's begin empty in each round."""
    events = _traffic()
    catalog, policy = load(example_folder()), _policy()
    distinct = len({event.signals for event in events})
    warm = compile_judge(policy, SOURCE, "web")
    new = [(event.signals, TODAY) for event in events[:NEW_STRINGS]]
    _judging(new, warm)
    best = best_of(
        {
            "all": partial(_engine, events, catalog, policy),
            "proven": partial(_proving, events, catalog, policy),
            "new": partial(_judging, new, warm),
        },
        rounds=3,
    )
    rows = [
        ("all of them, through the engine's memory", f"{len(events):,}", f"{best['all'] / len(events) * 1e6:.2f}"),
        ("the same, told choices heard and proof counted", f"{len(events):,}", f"{best['proven'] / len(events) * 1e6:.2f}"),
        ("a choice met before, judged anew for its day", f"{len(new):,}", f"{best['new'] / len(new) * 1e6:.2f}"),
    ]  # fmt: skip
    return table((f"consent of an event, {distinct:,} distinct strings", "events", "CPU µs an event"), rows)


def _traffic() -> list[Event]:
    chance = random.Random(7)
    undated = [str(vector["tcString"])[13:] for vector in _vectors("tcf_vectors.jsonl")]
    chosen = chance.choices(undated, cum_weights=_zipf(len(undated)), k=VISITORS)
    strings = [bytearray(f"C{_dates(chance)}{choice}".encode()) for choice in chosen]
    visits = chance.choices(range(VISITORS), cum_weights=_zipf(VISITORS), k=EVENTS)
    # Each event brings bytes of its own, as if it had just been decoded.
    return [
        Event("track", "", b"{}", "$", signals=(Signal("tcf", bytes(strings[visitor])),))
        for visitor in visits
    ]


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def _dates(chance: random.Random) -> str:
    deciseconds = (TODAY - chance.randrange(DAYS)) * DECISECONDS_A_DAY
    return "".join(chr(ALPHABET[deciseconds >> shift & 63]) for shift in range(30, -6, -6)) * 2


def _engine(events: list[Event], catalog: Catalog, policy: ConsentPolicy) -> None:
    source = catalog.sources[SOURCE]._replace(consent=compile_judge(policy, SOURCE, "web"))
    answers = Answers(catalog, source, Memory())
    nothing = answers.tools(Event("track", "", b"{}", "$"))
    for event in events:
        answers.consent(event, TODAY * MINUTES_A_DAY, nothing)


def _proving(events: list[Event], catalog: Catalog, policy: ConsentPolicy) -> None:
    source = catalog.sources[SOURCE]._replace(consent=compile_judge(policy, SOURCE, "web"))
    memory, prove = Memory(), Prover(ProofKey("bench", b"a secret of sixteen bytes or more"))
    for start in range(0, len(events), CHUNK):
        answers = Answers(catalog, source, memory, prove)
        listening = Listening(source, catalog, memory, "", answers.caches)
        proofs = Proofs(Limits().proof_tokens)
        nothing = answers.tools(Event("track", "", b"{}", "$"))
        for event in events[start : start + CHUNK]:
            answer = answers.consent(event, TODAY * MINUTES_A_DAY, nothing)
            consent = listening.heard(event, TODAY * MINUTES_A_DAY * 60.0, answer.outcome)
            if answer.proof is not None:
                proofs.add(answer.proof, consent)
        proofs.expand(Counts(), answers.caches.proof_measures(SOURCE), SOURCE)


def _judging(questions: list[tuple[tuple[Signal, ...], int]], judge: ConsentJudge) -> None:
    for signals, day in questions:
        judge(signals, day)


def _policy() -> ConsentPolicy:
    """The example company's, with the synthetic vendor list that the vectors name."""
    names = ("purposes", "categories", "destinations", "policy")
    files = [EXAMPLE / "consent" / f"{name}.yaml" for name in names]
    purposes, categories, destinations, rules = (
        Document(file.name, str(file), read_yaml(file.name, file.read_bytes()).value) for file in files
    )
    vendors = json.loads((VECTORS / "gvl_synthetic.json").read_text(encoding="utf-8"))
    return compile_policy(
        purposes, categories, destinations, rules, (Document("list.json", "list.json", vendors),)
    )


def _peer(strings: list[str]) -> tuple[str, str, str]:
    try:
        python = python_oracle("iab-tcf", PEER)
    except CannotBeInstalledError as error:
        return "TC string, iab-tcf", "not measured", str(error)
    said = subprocess.run(
        [str(python), "-c", PEER_PROGRAM],
        input=json.dumps(strings),
        capture_output=True,
        text=True,
        check=True,
    )
    return "TC string, iab-tcf 0.2.2", str(len(strings)), f"{float(said.stdout) / len(strings) * 1e6:.1f}"


PEER_PROGRAM: Final = """
import json, sys, time
from iab_tcf import decode
strings = json.load(sys.stdin)
best = float("inf")
for _ in range(5):
    start = time.process_time()
    for string in strings:
        decode(string)
    best = min(best, time.process_time() - start)
print(best)
"""


def _all(decode: Callable[[str], object], strings: list[str]) -> None:
    for string in strings:
        decode(string)


def _vectors(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (VECTORS / name).read_text(encoding="utf-8").splitlines()]
