"""Forty kinds of personal value go in everywhere; in no output that needs no reason to be read is one of them found.

OUTPUTS lists the commands and routes whose answers are searched, NOT_FED those that no event can reach, and why.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import click
import pytest
from click.testing import CliRunner

from observer.app import Observer
from observer.cli.main import root
from observer.clock import SystemClock
from observer.loader import Holder, example_folder
from observer.settings import Settings
from observer.sources.keyring import Keys
from tests.running import KEYS, RunningObserver, observer_running
from tests.system.planted_values import VALUES, calls, undecodable, variants
from tests.system.test_privacy import AUTHORISED

HEADERS: Final = {"Authorization": AUTHORISED["Authorization"]}

COMMANDS: Final = {
    "check", "quarantine list", "quarantine show", "quarantine replay", "quarantine erase", "consent decode",
    "consent decide", "consent explain", "consent proof", "contract infer", "run",
}  # fmt: skip
"""Every command that an event or a signal can reach: its output is searched."""

NOT_FED: Final = {
    "demo": "sends its own seeded traffic, and shows the pages that are searched here",
    "catalog graph": "reads declarations alone",
    "catalog init": "writes an example",
    "catalog lint": "reads declarations alone",
    "contract diff": "reads contracts alone",
    "contract export": "reads contracts alone",
    "contract import": "reads tracking plans alone",
    "contract lint": "reads contracts alone",
    "deploy check": "reads declarations alone",
    "deploy generate": "reads declarations alone",
    "explain": "prints what codes mean",
}
"""Every command that no event reaches, and why."""

ON_KAFKA: Final = "stream "
"""The commands of the Kafka workers have their own tests, with a broker."""

ROUTES: Final = {"/", "/consent", "/api/summary", "/metrics", "/healthz", "/readyz"}
"""What can be read: each is searched. Every other route takes events or a token, or serves the page's own files."""
TAKING: Final = {"/sign-in", "/sign-out", "/static/{name}"}


def commands(command: click.Command = root, path: str = "") -> Iterator[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, f"{path} {name}".strip())
    else:
        yield path


def test_there_are_forty_kinds_and_none_holds_another() -> None:
    assert len(VALUES) >= 40
    listed = list(VALUES.values())
    assert not [(one, other) for one in listed for other in listed if one != other and one in other]


def test_every_command_is_searched_or_says_why_not() -> None:
    known = COMMANDS | NOT_FED.keys()
    assert {name for name in commands() if not name.startswith(ON_KAFKA)} == known


def test_every_route_is_searched_or_takes_events(tmp_path: Path) -> None:
    holder = Holder(example_folder(), SystemClock())
    observer = Observer(Settings(state=tmp_path / "state"), holder, lambda _: Keys({}), SystemClock())
    read = {
        resource.canonical
        for resource in observer._application().router.resources()
        for route in resource
        if route.method in {"GET", "*"}
    }
    taking = {path for path in read if path not in ROUTES | TAKING}
    # What answers a GET and is not in the lists is one of the collector's own addresses.
    assert all(path.startswith(("/v1", "/i", "/com.", "/collect", "/mp", "/2/", "/beacon", "/pixel", "/{", "/cloudevents", "/plain", "/b", "/r/", "/s/")) for path in taking), taking  # fmt: skip
    assert read >= ROUTES


def run(*arguments: str, given: bytes = b"") -> str:
    """Returns all that a command prints, whatever it thinks of what it was given."""
    done = CliRunner().invoke(root, [*arguments], input=given)
    # What the entry point prints of an error is the error's own words.
    error = done.exception
    told = getattr(error, "told", None)
    words = f"{told('en')}\n{told('fr')}" if told is not None else str(error or "")
    return f"{done.output}\n{words}"


def pasted(observer: RunningObserver, value: str) -> str:
    """Returns what the page answers to a signal that is pasted, and to a form filled in with it throughout."""
    answers = ""
    for form in (
        {"text": f'{{"categoryPreferences": {{"{value}": true}}}}', "source": "web-shop"},
        dict.fromkeys(("text", "source", "destination", "kind", "day", "event"), value),
    ):
        request = urllib.request.Request(f"{observer.address}/consent?lang=fr", urlencode(form).encode())
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                answers += answer.read().decode()
        except urllib.error.HTTPError as error:
            answers += error.read().decode()
    return answers


def sent(observer: RunningObserver) -> list[str]:
    """Sends everything and returns what was answered."""
    answers = []
    for number, value in enumerate(VALUES.values()):
        batch = json.dumps({"batch": list(calls(number, value)), "sentAt": "2026-11-22T10:00:00Z"})
        bodies = [batch.encode(), *undecodable(value)]
        answers += [str(observer.post("/v1/batch", body, **HEADERS)) for body in bodies]
        quiet = value.encode("ascii", "ignore").decode()
        planted = {"User-Agent": quiet, "Referer": f"https://x.example/?{quiet}", "Cookie": f"a={quiet}", "X-Forwarded-For": quiet}  # fmt: skip
        answers.append(str(observer.post(f"/v1/track?writeKey={number}", bodies[1], **HEADERS, **planted)))
        answers.append(str(observer.post("/v1/track", bodies[2], Authorization=f"Bearer {quiet}")))
    return answers


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that can be read without giving a reason, by what shows it."""
    folder = tmp_path_factory.mktemp("forty")
    state, traffic = folder / "state", folder / "traffic.jsonl"
    with observer_running(state) as observer:
        found = {"answers": "\n".join(sent(observer))}
        expected = observer.value("martech_events_received_total", source="web-shop")
        assert expected > 1_000
        for path in sorted(ROUTES):
            for language in ("en", "fr"):
                found[f"{path} {language}"] = observer.get(f"{path}?lang={language}")
        found["/consent pasted"] = "".join(pasted(observer, value) for value in VALUES.values())
    found["run"] = (folder / "state.log").read_text()
    found["store"] = (state / "observer.sqlite3").read_bytes().decode("latin-1")
    found |= quarantine(state)
    events = [
        json.dumps(call) for number, value in enumerate(VALUES.values()) for call in calls(number, value)
    ]
    traffic.write_text("\n".join([*events, *VALUES.values()]), encoding="utf-8")
    for form in ("text", "json", "junit", "sarif"):
        found[f"check {form}"] = run("check", str(traffic), "--source", "web-shop", "--format", form)
    found |= consent(state)
    found |= inferred(folder)
    return found


def quarantine(state: Path) -> dict[str, str]:
    where = ("--state", str(state))
    listed = run("quarantine", "list", *where, "--format", "json", "--limit", "5000")
    ids = [json.loads(line)["id"] for line in listed.splitlines() if line.startswith("{")]
    assert len(ids) > 1_000
    return {
        "quarantine list": listed,
        "quarantine list text": run("quarantine", "list", *where),
        "quarantine show": "\n".join(run("quarantine", "show", id_, *where) for id_ in ids[::9]),
        "quarantine show json": "\n".join(
            run("quarantine", "show", id_, *where, "--format", "json") for id_ in ids[4::9]
        ),
        "quarantine replay": run("quarantine", "replay", *where, "--dry-run"),
        "quarantine erase": "\n".join(
            run("quarantine", "erase", *where, "--user-id", "-", "--dry-run", given=value.encode())
            for value in list(VALUES.values())[:4]
        ),
        "consent explain kept": "\n".join(
            run("consent", "explain", "--event", id_, *where) for id_ in ids[::40]
        ),
    }


def consent(state: Path) -> dict[str, str]:
    lists = str(Path(__file__).parents[1] / "vectors" / "gvl_synthetic.json")
    signals = [
        call.get("context", {}).get("consent") for value in VALUES.values() for call in calls(0, value)
    ]
    lines = "\n".join([*VALUES.values(), *(json.dumps(signal) for signal in signals if signal)]).encode()
    questions = "\n".join(
        json.dumps({"tcString": value, "vendorId": value, "purposeId": 1}) for value in VALUES.values()
    ).encode()
    found: dict[str, str] = {
        "consent decide": run("consent", "decide", "--vendor-list", lists, given=questions)
    }
    for kind in ("tcf", "gpp", "gcm"):
        found[f"consent decode {kind}"] = run("consent", "decode", "--kind", kind, given=lines)
    for line in lines.splitlines():
        for name, command in {
            "consent explain": ("consent", "explain", "--source", "web-shop"),
            "consent proof": ("consent", "proof", "--string-file", "-", "--state", str(state)),
        }.items():
            found[name] = found.get(name, "") + run(*command, given=line)
    return found


def inferred(folder: Path) -> dict[str, str]:
    """Values alone: the names that traffic has are what a contract is made of, so they are meant to be shown."""
    file = folder / "values.jsonl"
    events: list[Any] = [
        {"type": "track", "event": "Order Completed", "messageId": f"{number}", "properties": {"note": value}}
        for number, value in enumerate(VALUES.values())
    ]
    file.write_text("\n".join(map(json.dumps, events)), encoding="utf-8")
    out = folder / "inferred"
    said = run("contract", "infer", str(file), "--dialect", "segment", "--out", str(out), "--minimum", "1")
    written = (
        "".join(one.read_text("utf-8") for one in out.rglob("*") if one.is_file()) if out.exists() else ""
    )
    return {"contract infer": said + written}


@pytest.mark.parametrize("kind", VALUES)
def test_none_is_found_in_any_output(outputs: dict[str, str], kind: str) -> None:
    sought = variants(VALUES[kind])
    assert [name for name, text in outputs.items() if any(variant in text for variant in sought)] == []


def test_every_command_and_route_was_searched(outputs: dict[str, str]) -> None:
    for name in COMMANDS:
        assert any(output.startswith(name) and text.strip() for output, text in outputs.items()), name
    for path in ROUTES:
        assert outputs[f"{path} en"]


def test_the_search_finds_what_is_there(outputs: dict[str, str]) -> None:
    """A reveal, for a reason, shows the originals: the search would have seen them."""
    value = VALUES["a customer number"]
    assert any(variant in json.dumps(list(calls(0, value))) for variant in variants(value))
    assert set(KEYS.values()) & set(outputs["run"].split()) == set()
