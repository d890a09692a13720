"""The embedded run as its users run it: a process, real requests, signals."""

import base64
import json
from pathlib import Path

from observer.quarantine import Archive
from tests.running import KEYS, RunningObserver, observer_running

WEB = {"Authorization": "Basic " + base64.b64encode(f"{KEYS['MARTECH_KEY_WEB_SHOP']}:".encode()).decode()}


def batch(first: int, size: int, name: str = "Nobody Knows") -> bytes:
    calls = [
        {"type": "track", "event": name, "messageId": f"m-{first + n}", "userId": "u"} for n in range(size)
    ]
    return json.dumps({"batch": calls}).encode()


def send(observer: RunningObserver, first: int, size: int = 10) -> int:
    return observer.post("/v1/batch", batch(first, size), **WEB)


def test_a_stop_loses_nothing_of_what_was_accepted(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with observer_running(state) as observer:
        assert [send(observer, first * 10) for first in range(20)] == [200] * 20
        assert observer.stop() == 0
    with observer_running(state) as observer:
        counted = observer.summary()
    assert counted["events"] == 200
    assert counted["verdicts"]["unknown_contract"] == 200
    assert len(list(Archive(state / "quarantine").entries())) == 200


def test_a_sigkill_loses_no_quarantined_event(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with observer_running(state) as observer:
        accepted = sum(10 for first in range(30) if send(observer, first * 10) == 200)
        observer.kill()
    assert accepted == 300
    assert len(list(Archive(state / "quarantine").entries())) == 300


def test_one_bad_event_of_fifty_leaves_the_others_accepted(tmp_path: Path) -> None:
    with observer_running(tmp_path / "state") as observer:
        calls = json.loads(batch(0, 50, "Product Viewed"))["batch"]
        calls[17] = {"type": "track", "messageId": "bad"}
        assert observer.post("/v1/batch", json.dumps({"batch": calls}).encode(), **WEB) == 200
        observer.wait_for("martech_events_received_total", 50, source="web-shop")
        assert observer.value("martech_events_total", source="web-shop", outcome="undecodable") == 1


def test_a_second_observer_on_one_state_folder_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with observer_running(state):
        try:
            with observer_running(state):
                raise AssertionError("two processes fold into one store")
        except AssertionError as error:
            assert "the observer ended" in str(error)


def test_a_wrong_catalog_at_reload_leaves_the_old_one_in_force_and_says_so(tmp_path: Path) -> None:
    import shutil
    import signal

    from tests.running import EXAMPLE

    schemas = tmp_path / "schemas"
    shutil.copytree(EXAMPLE, schemas)
    with observer_running(tmp_path / "state", "--catalog", str(schemas)) as observer:
        assert observer.value("martech_contract_info", contract="order-completed") == 1
        declared = schemas / "sources" / "web-shop.yaml"
        good = declared.read_text()
        declared.write_text(good + "unheardOf: 1\n")
        observer.process.send_signal(signal.SIGHUP)
        _wait_for_gauge(observer, 0)
        assert send(observer, 0) == 200, "the old catalog still judges"
        declared.write_text(good)
        observer.process.send_signal(signal.SIGHUP)
        _wait_for_gauge(observer, 1)


def _wait_for_gauge(observer: RunningObserver, expected: float) -> None:
    import time

    until = time.monotonic() + 15
    while time.monotonic() < until:
        [line] = [
            x for x in observer.get("/metrics").splitlines() if x.startswith("martech_catalog_load_success ")
        ]
        if float(line.split()[1]) == expected:
            return
        time.sleep(0.1)
    raise AssertionError(f"martech_catalog_load_success: expected {expected}")
