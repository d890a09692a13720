"""`observer consent`, as a process of its own: every vector through it, line by line, in bounded memory."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from consent_examples import VECTORS, Tc, vectors
from test_gpp import without_gpc

from observer.cli.lines import lines_of
from observer.consent.line_answers import LONGEST_LINE

LIST = str(VECTORS / "gvl_synthetic.json")


def consent(*arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "observer", "consent", *arguments]
    return subprocess.run(command, input=given, capture_output=True, timeout=60)


def answers(*arguments: str, lines: list[str]) -> list[Any]:
    done = consent(*arguments, given="".join(f"{line}\n" for line in lines).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_every_tc_string() -> None:
    good, bad = vectors("tcf_vectors.jsonl"), vectors("tcf_malformed.jsonl")
    found = answers("decode", "--kind", "tcf", lines=[vector["tcString"] for vector in [*good, *bad]])
    assert len(found) == len(good) + len(bad)
    for vector, answer in zip(good, found, strict=False):
        assert answer == {name: value for name, value in vector["expected"].items() if name != "wire"}
    for vector, answer in zip(bad, found[len(good) :], strict=True):
        check_recommended(vector, answer)


def test_every_gpp_string() -> None:
    good, bad = vectors("gpp_vectors.jsonl"), vectors("gpp_malformed.jsonl")
    found = answers("decode", "--kind", "gpp", lines=[vector["gppString"] for vector in [*good, *bad]])
    assert len(found) == len(good) + len(bad)
    for vector, answer in zip(good, found, strict=False):
        assert answer == without_gpc(vector["expected"])
    for vector, answer in zip(bad, found[len(good) :], strict=True):
        check_recommended(vector, answer)


VECTORS_OF = {
    "tcf_vectors.jsonl": 173,
    "tcf_malformed.jsonl": 38,
    "tcf_decisions.jsonl": 194,
    "gpp_vectors.jsonl": 36,
    "gpp_malformed.jsonl": 14,
    "gcd_samples.jsonl": 13,
}


def test_every_vector_is_there_and_every_file_is_held_to() -> None:
    """Whoever takes a line away, or adds a file that no test reads, sees it here."""
    assert {name: len(vectors(name)) for name in VECTORS_OF} == VECTORS_OF
    others = {"README.md", "gvl_synthetic.json", "gpp_us_layouts.json"}
    assert {file.name for file in VECTORS.iterdir()} == VECTORS_OF.keys() | others


def check_recommended(vector: dict[str, Any], answer: dict[str, Any]) -> None:
    recommended: str = vector["recommended"]
    if recommended.partition(":")[0] == "reject":
        assert list(answer) == ["error"], vector["tag"]
        assert answer["error"]["reason"]
    elif recommended.startswith("accept") and "flag" not in recommended:
        assert "error" not in answer, vector["tag"]


def test_every_consent_mode_sample() -> None:
    samples = vectors("gcd_samples.jsonl")
    found = answers("decode", "--kind", "gcm", lines=[sample["gcd"] for sample in samples])
    assert found == [sample["expected"] for sample in samples]
    assert answers("decode", "--kind", "gcm", lines=["G111"]) == [{"error": {"reason": "wrong_shape"}}]


@pytest.mark.parametrize(
    ("options", "expected"), [((), "expected"), (("--lenient",), "expectedLenientDisclosure")], ids=str
)
def test_every_decision(options: tuple[str, ...], expected: str) -> None:
    decisions = vectors("tcf_decisions.jsonl")
    lines = [
        json.dumps({name: vector[name] for name in ("tcString", "vendorId", "purposeId")})
        for vector in decisions
    ]
    found = answers("decide", "--vendor-list", LIST, *options, lines=lines)
    assert found == [vector[expected] for vector in decisions]


def question(**changed: object) -> str:
    return json.dumps({"tcString": Tc().text(), "vendorId": 1, "purposeId": 2} | changed)


MALFORMED = {
    "a string that is cut": (question(tcString="CQSU"), "truncated"),
    "no string": (question(tcString=None), "wrong_kind"),
    "a vendor as text": (question(vendorId="1"), "wrong_kind"),
    "vendor 0": (question(vendorId=0), "wrong_kind"),
    "vendor true": (question(vendorId=True), "wrong_kind"),
    "a purpose that has no room": (question(purposeId=25), "wrong_kind"),
    "a list": ("[]", "wrong_kind"),
    "no JSON": ("{", "not_json"),
    "a key twice": ('{"vendorId": 1, "vendorId": 2}', "duplicate_key"),
    "nothing": ("", "not_json"),
}


def test_lines_that_cannot_be_decided_keep_their_place() -> None:
    lines = [line for line, _ in MALFORMED.values()]
    assert answers("decide", "--vendor-list", LIST, lines=lines) == [
        {"basis": None, "reason": "malformed", "error": {"reason": reason}}
        for _, reason in MALFORMED.values()
    ]


def test_a_string_that_names_another_list_is_not_judged_by_this_one() -> None:
    assert answers("decide", "--vendor-list", LIST, lines=[question()]) == [
        {"basis": None, "reason": "vendor_list_missing"}
    ]


def test_a_string_that_counts_for_nothing_needs_no_list() -> None:
    assert answers(
        "decide", "--vendor-list", LIST, lines=[question(tcString=Tc(service_specific=False).text())]
    ) == [{"basis": None, "reason": "global_scope_invalid"}]


def test_a_string_is_judged_by_the_list_that_it_names(tmp_path: Path) -> None:
    for version, purposes in ((139, []), (140, [2])):
        content = {"vendorListVersion": version, "vendors": {"1": {"id": 1, "purposes": purposes}}}
        (tmp_path / f"v{version}.json").write_text(json.dumps(content))
    lines = [question(), question(tcString=Tc(vendor_list_version=139).text())]
    expected = [{"basis": "consent", "reason": "ok"}, {"basis": None, "reason": "purpose_not_declared"}]
    assert answers("decide", "--vendor-list", str(tmp_path), lines=lines) == expected


UNUSABLE = {
    "a version twice": ("", "two.json: expected one file for each version, got `7` again"),
    "no such file": ("none.json", "none.json: expected a vendor list in JSON, got No such file"),
    "no JSON": ("broken.txt", "broken.txt:1: expected well-formed JSON"),
    "another kind of JSON": ("other.txt", "other.txt: expected the key `vendorListVersion`, got nothing"),
}


@pytest.mark.parametrize(("name", "message"), UNUSABLE.values(), ids=UNUSABLE)
def test_lists_that_cannot_be_used_are_refused(name: str, message: str, tmp_path: Path) -> None:
    for twice in ("one.json", "two.json"):
        (tmp_path / twice).write_text('{"vendorListVersion": 7, "vendors": {"1": {"id": 1}}}')
    (tmp_path / "broken.txt").write_text("{")
    (tmp_path / "other.txt").write_text("{}")
    done = consent("decide", "--vendor-list", str(tmp_path / name))
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    done = consent("decide", "--vendor-list", str(tmp_path))
    assert done.returncode == 2
    assert b"a folder without a .json file" in done.stderr


AS_THEY_CAME = {
    "an empty line": (b"\n", "empty"),
    "a line of Windows": (b"CQ\r\n", "truncated"),
    "no end": (b"CQ", "truncated"),
    "a space, which is no end": (b" \n", "bad_character"),
    "other bytes": (b"C\xff\n", "bad_character"),
    "a line longer than any": (b"C" * 200_000 + b"\n", "too_long"),
}


def test_each_line_has_its_answer_in_its_place() -> None:
    given = b"".join(line if line.endswith(b"\n") else line + b"\n" for line, _ in AS_THEY_CAME.values())
    done = consent("decode", "--kind", "tcf", given=given)
    expected = [{"error": {"reason": reason}} for _, reason in AS_THEY_CAME.values()]
    assert [json.loads(line) for line in done.stdout.splitlines()] == expected


@pytest.mark.parametrize(("line", "reason"), AS_THEY_CAME.values(), ids=AS_THEY_CAME)
def test_line_alone(line: bytes, reason: str) -> None:
    assert consent("decode", "--kind", "tcf", given=line).stdout == (
        json.dumps({"error": {"reason": reason}}, separators=(",", ":")).encode() + b"\n"
    )


def test_an_answer_comes_before_the_next_line() -> None:
    command = [sys.executable, "-m", "observer", "consent", "decode", "--kind", "gpp"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text in ("DBABTA~1YYN", "DBABTA~1NYY"):
            process.stdin.write(text.encode() + b"\n")
            answer = json.loads(process.stdout.readline())
            assert answer["sections"]["uspv1"]["OptOutSale"] == text[9]


MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(done.returncode, kilobytes * (1 if sys.platform == "darwin" else 1024), file=sys.stderr)
"""
"""Runs a command from a small process: a child of ours would be charged with our own memory."""


def test_memory_stays_flat_whatever_comes(tmp_path: Path) -> None:
    """A line of 60 MB, and 40,000 lines."""
    given, answered = tmp_path / "given", tmp_path / "answered"
    given.write_bytes(b"C" * 60_000_000 + b"\n" + b"CQ\n" * 40_000)
    command = [sys.executable, "-m", "observer", "consent", "decode", "--kind", "tcf"]
    with given.open("rb") as stdin, answered.open("wb") as stdout:
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, *command], stdin=stdin, stdout=stdout, stderr=subprocess.PIPE
        )
    code, used = map(int, done.stderr.split())
    assert (code, answered.read_bytes().count(b"\n")) == (0, 40_001)
    assert used < 100e6


@pytest.mark.parametrize("longest", [1, 5, 7])
def test_lines_are_cut_and_never_joined(longest: int) -> None:
    given = [b"", b"a", b"abcde", b"abcdef", b"abcdefghijklmnop", b"", b"x\r", b"abcdefghijk"]
    for end in (b"\n", b"\r\n"):
        found = list(lines_of(io.BytesIO(end.join(given) + end), longest))
        assert [line.removesuffix(b"\r") for line in found] == [
            line.removesuffix(b"\r")[: longest + 1] for line in given
        ]


def test_the_longest_line_is_whole() -> None:
    line = b"a" * LONGEST_LINE
    assert list(lines_of(io.BytesIO(line + b"\r\n" + line), LONGEST_LINE)) == [line, line]


def test_help_is_in_the_language_of_the_reader() -> None:
    assert b"Decode consent strings" in consent("--help").stdout
    command = [sys.executable, "-m", "observer", "--lang", "fr", "consent", "--help"]
    said = subprocess.run(command, capture_output=True, timeout=60).stdout.decode()
    assert "Décoder des textes de consentement" in said
