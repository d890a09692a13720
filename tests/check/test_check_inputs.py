"""What is read: files, folders, requests; and what is said of what is not there."""

import os
from pathlib import Path

import pytest

from observer.check import Input, find_inputs
from observer.check.inputs import Request, read_request
from observer.errors import InputError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of traffic, and of what is none."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "traffic/b.ndjson", "traffic/a.json", "traffic/a.expected.json", "traffic/a.request.json",
        "traffic/get.request.json", "traffic/deeper/c.TSV", "traffic/deeper/d.jsonl.gz", "traffic/deeper/export",
        "traffic/.hidden.json", "traffic/.git/e.json", "traffic/notes.md", "traffic/shop.yaml",
    ):  # fmt: skip
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    return tmp_path


READ = {
    "a folder is walked in order, without what is hidden, expected or no traffic": (
        ["traffic"],
        [
            "traffic/a.json", "traffic/b.ndjson", "traffic/deeper/c.TSV", "traffic/deeper/d.jsonl.gz",
            "traffic/deeper/export", "traffic/get.request.json",
        ],
    ),
    "a file that is named is read whatever it is called": (
        ["traffic/notes.md", "traffic/.hidden.json"], ["traffic/notes.md", "traffic/.hidden.json"],
    ),
    "what is named twice is read once": (["traffic/b.ndjson", "./traffic/b.ndjson", "traffic"], [
        "traffic/b.ndjson", "traffic/a.json", "traffic/deeper/c.TSV", "traffic/deeper/d.jsonl.gz",
        "traffic/deeper/export", "traffic/get.request.json",
    ]),
    "a hidden folder that is named is walked": (["traffic/.git"], ["traffic/.git/e.json"]),
    "a request stands for its body": (["traffic/a.request.json"], ["traffic/a.json"]),
    "standard input": (["-", "-"], ["<stdin>"]),
}  # fmt: skip


@pytest.mark.parametrize(("named", "names"), READ.values(), ids=READ)
@pytest.mark.usefixtures("folder")
def test_what_is_read(named: list[str], names: list[str]) -> None:
    assert [one.name for one in find_inputs(named)] == names


@pytest.mark.usefixtures("folder")
def test_a_body_has_its_request_and_a_request_without_body_has_itself() -> None:
    found = {one.name: one for one in find_inputs(["traffic"])}
    assert found["traffic/a.json"] == Input(
        "traffic/a.json", Path("traffic/a.json"), 2, Path("traffic/a.request.json")
    )
    assert found["traffic/get.request.json"] == Input(
        "traffic/get.request.json", None, 0, Path("traffic/get.request.json")
    )
    assert found["traffic/b.ndjson"].request is None


def test_a_name_is_shown_without_signs_that_a_terminal_would_obey(tmp_path: Path) -> None:
    (tmp_path / "\x1b[2J\n.json").write_text("{}")
    (tmp_path / os.fsdecode(b"caf\xe9.json")).write_text("{}")
    (tmp_path / "café.json").write_text("{}")
    names = [one.name.removeprefix(f"{tmp_path}/") for one in find_inputs([str(tmp_path)])]
    assert sorted(names) == ["\\x1b[2J\\n.json", "caf\\xe9.json", "café.json"]


REFUSED = {
    "nothing is there": ("missing.json", "missing.json: expected a file or a folder, got nothing. `-` reads"),
    "a folder without traffic": (
        "empty",
        "empty: expected a folder with files to check (`.json`, `.ndjson`,",
    ),
}


@pytest.mark.parametrize(("named", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(named: str, said: str, folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "empty/notes.md").write_text("x")
    with pytest.raises(InputError) as refused:
        find_inputs([named])
    assert str(refused.value).startswith(said)


def test_headers_are_in_lower_case(tmp_path: Path) -> None:
    file = tmp_path / "x.request.json"
    file.write_text('{"path": "/v1/t", "headers": {"Content-Type": "text/plain"}}')
    assert read_request(Input("x", None, 0, file)) == Request("/v1/t", {"content-type": "text/plain"})


BROKEN_REQUESTS = {
    "no JSON": "{",
    "no text": b"\xff",
    "a header that is no text": '{"headers": {"a": 1}}',
    "a member that is not known": '{"pfad": "/v1/t"}',
}


@pytest.mark.parametrize("text", BROKEN_REQUESTS.values(), ids=BROKEN_REQUESTS)
def test_a_broken_request_is_refused(text: str | bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.request.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match="expected the `path` and `headers` of an HTTP request"):
        read_request(Input("x", None, 0, file))
