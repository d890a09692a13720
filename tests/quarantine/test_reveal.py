"""Showing: masked for everybody, whole only after the access log says so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from kept_events import NOON, kept, undecodable

from observer.errors import QuarantineError
from observer.model import Kept
from observer.quarantine import Archive, Quarantine
from observer.quarantine.access import AccessLog, Who, whoever_runs_this
from observer.quarantine.show import masked, reveal, revealed

ME = Who("operator", "", "Camille")
SECRET = "jeanne.dupre@maison-lumiere.example"


def one(folder: Path, event: Kept) -> tuple[Archive, str]:
    with Quarantine.open(folder) as quarantine:
        quarantine.append([event])
    archive = Archive(folder)
    return archive, next(iter(archive.entries())).id


SECRETS = {
    "an id": kept(1, user_id=SECRET),
    "a value": kept(1, value=json.dumps({"properties": {"email": SECRET}}).encode()),
    "a name": kept(1, value=json.dumps({"traits": {SECRET: 1}}).encode()),
    "a path": kept(1, path=f"/i?uid={SECRET}"),
    "a header": kept(1, headers={"ce-user": SECRET}),
    "text that is no JSON": undecodable(f"name\t{SECRET}".encode()),
    "JSON that is cut short": undecodable(f'{{"userId": "{SECRET}'.encode()),
    "a JSON string alone": undecodable(json.dumps(SECRET).encode()),
    "bytes": undecodable(b"\xff" + SECRET.encode()),
    "JSON nested 3,000 deep": undecodable(b"[" * 3_000 + json.dumps(SECRET).encode() + b"]" * 3_000),
}


@pytest.mark.parametrize("event", SECRETS.values(), ids=SECRETS)
def test_masked_tells_no_personal_value(tmp_path: Path, event: Kept) -> None:
    archive, id_ = one(tmp_path, event)
    shown = json.dumps(masked(archive.entry(id_), archive.read(id_)), ensure_ascii=False)
    assert "jeanne" not in shown
    assert id_ in shown


SHAPES = {
    "a document": (
        b'{"properties": {"total": 3}}',
        {"kind": "json", "bytes": 28, "document": {"properties": {"*": "‹number›"}}},
    ),
    "text": (b"a\tb", {"kind": "text", "bytes": 3}),
    "bytes": (b"\xff\x00", {"kind": "binary", "bytes": 2}),
    "nothing": (b"", {"kind": "text", "bytes": 0}),
}  # fmt: skip


@pytest.mark.parametrize(("value", "shape"), SHAPES.values(), ids=SHAPES)
def test_masked_tells_the_shape(tmp_path: Path, value: bytes, shape: dict[str, object]) -> None:
    archive, id_ = one(tmp_path, undecodable(value))
    assert masked(archive.entry(id_), archive.read(id_))["value"] == shape


def test_masked_keeps_what_was_found(tmp_path: Path) -> None:
    archive, id_ = one(tmp_path, kept(1))
    shown = masked(archive.entry(id_), archive.read(id_))
    assert shown["findings"] == [
        {
            "kind": "type_mismatch",
            "rule": "type_mismatch:$.total",
            "path": "$.properties.total",
            "expected": "number",
            "came": "string",
        }
    ]
    assert shown["path"] == "/v1/batch"
    assert (shown["observed"], shown["state"]) == ("2024-05-01T12:00:01.000+00:00", "kept")


BYTES = {
    "text stays text": (b'{"a": "\xc3\xa9"}', {"text": '{"a": "é"}'}),
    "other bytes are in base 64": (b"\xff\x00", {"base64": "/wA="}),
}


@pytest.mark.parametrize(("value", "shown"), BYTES.values(), ids=BYTES)
def test_revealed_is_all_of_it(tmp_path: Path, value: bytes, shown: dict[str, str]) -> None:
    archive, id_ = one(tmp_path, undecodable(value))
    entry, event = reveal(archive, id_, "a complaint", ME, NOON)
    assert event.value == value
    assert revealed(entry, event)["value"] == shown


def test_who_when_what_and_why_are_written_down(tmp_path: Path) -> None:
    archive, id_ = one(tmp_path, kept(1))
    reveal(archive, id_, "  ticket 4711\nsecond line ", ME, NOON)
    (line,) = archive.places.access_log.read_text().splitlines()
    assert json.loads(line) == {
        "at": "2024-05-01T12:00:00+00:00",
        "action": "reveal",
        "account": "operator",
        "behind": "",
        "name": "Camille",
        "id": id_,
        "reason": "ticket 4711\nsecond line",
    }
    assert archive.places.access_log.stat().st_mode & 0o777 == 0o600


def test_lines_only_ever_come_on_top(tmp_path: Path) -> None:
    archive, id_ = one(tmp_path, kept(1))
    archive.places.access_log.write_text('{"cut": "short')
    for reason in ("first", "second"):
        reveal(archive, id_, reason, ME, NOON)
    cut, first, second = archive.places.access_log.read_text().splitlines()
    assert cut == '{"cut": "short'
    assert [json.loads(line)["reason"] for line in (first, second)] == ["first", "second"]


def test_the_account_is_the_systems_not_what_a_variable_says(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = whoever_runs_this()
    for variable in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(variable, "somebody-else")
    assert whoever_runs_this("Camille") == honest._replace(name="Camille")


REASONS = {"empty": "", "blank": " \n\t", "too long": "x" * 1_001}


@pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS)
def test_a_reason_is_needed(tmp_path: Path, reason: str) -> None:
    archive, id_ = one(tmp_path, kept(1))
    with pytest.raises(QuarantineError, match="expected a reason"):
        reveal(archive, id_, reason, ME, NOON)
    assert not archive.places.access_log.exists()


def in_the_way(kind: str, log: Path) -> None:
    if kind == "a folder":
        log.mkdir()
    elif kind == "a pipe":
        os.mkfifo(log)
    elif kind == "a link":
        log.symlink_to("/dev/null")
    elif kind == "a link to a file":
        log.with_name("elsewhere").touch()
        log.symlink_to(log.with_name("elsewhere"))


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a link", "a link to a file"])
def test_nothing_is_revealed_that_cannot_be_written_down(tmp_path: Path, kind: str) -> None:
    archive, id_ = one(tmp_path, kept(1))
    in_the_way(kind, archive.places.access_log)
    came = {"a folder": "Is a directory", "a pipe": "something that is no file"}.get(
        kind, "Too many levels of symbolic links"
    )
    with pytest.raises(QuarantineError, match=f"expected an access log that can be written, got {came}"):
        reveal(archive, id_, "a complaint", ME, NOON)


def test_the_line_is_on_the_disk_before_anything_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, id_ = one(tmp_path, kept(1))
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(os.fstat(descriptor).st_ino))
    reveal(archive, id_, "a complaint", ME, NOON)
    assert archive.places.access_log.stat().st_ino in flushed


def test_a_flush_that_fails_reveals_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, id_ = one(tmp_path, kept(1))

    def failing(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(QuarantineError, match="got No space left on device"):
        reveal(archive, id_, "a complaint", ME, NOON)


FULL_DISK = """
import resource, sys
from pathlib import Path
from observer.errors import QuarantineError
from observer.quarantine.access import AccessLog, Who

resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
try:
    AccessLog(Path(sys.argv[1])).write("reveal", Who("operator"), 0.0, {})
except QuarantineError as error:
    print(error)
"""


def test_a_line_that_is_only_partly_written_reveals_nothing(tmp_path: Path) -> None:
    top = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / "access.log")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(top)},
    ).stdout
    assert "got File too large" in told
    AccessLog(tmp_path / "access.log").write("reveal", ME, NOON, {"id": "x"})
    assert json.loads((tmp_path / "access.log").read_text().splitlines()[-1])["id"] == "x"


def test_an_unknown_event_is_not_written_down_as_seen(tmp_path: Path) -> None:
    archive, _ = one(tmp_path, kept(1))
    with pytest.raises(QuarantineError, match="expected the id of a kept event"):
        reveal(archive, "0" * 16, "a complaint", ME, NOON)
    assert not archive.places.access_log.exists()


def test_retention_leaves_the_access_log_alone(tmp_path: Path) -> None:
    archive, id_ = one(tmp_path, kept(1))
    reveal(archive, id_, "a complaint", ME, NOON)
    before = archive.places.access_log.read_bytes()
    with Quarantine.open(tmp_path) as quarantine:
        assert quarantine.enforce(NOON * 2)["age"] == 1
    assert archive.places.access_log.read_bytes() == before
