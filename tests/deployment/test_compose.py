"""docker-compose.yml and what it mounts: valid, closed to others, without a secret, and made of parts that exist."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from observer.cli.main import root
from observer.loader import load
from observer.settings import load_settings
from observer.sources.keyring import read_keys

pytestmark = pytest.mark.compose

TOP = Path(__file__).parents[2]
COMPOSE = TOP / "docker-compose.yml"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The services as docker-compose reads them, with secrets made as its first lines say."""
    folder = tmp_path_factory.mktemp("compose")
    shutil.copy(COMPOSE, folder)
    made = subprocess.run([TOP / "deploy/docker/make-env"], capture_output=True, text=True, check=True)
    (folder / ".env").write_text(made.stdout, "utf-8")
    read = subprocess.run(
        ["docker-compose", "config"], cwd=folder, capture_output=True, text=True, env=_clean()
    )
    assert read.returncode == 0, read.stderr
    found: dict[str, Any] = yaml.safe_load(read.stdout.replace(str(folder), str(TOP)))["services"]
    return found


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}


def _environment(service: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in service.get("environment", {}).items()}


def _ours(services: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: one for name, one in services.items() if one["image"] == "martech-observer"}


def test_without_secrets_it_says_how_to_make_them(tmp_path: Path) -> None:
    shutil.copy(COMPOSE, tmp_path)
    read = subprocess.run(
        ["docker-compose", "config"], cwd=tmp_path, capture_output=True, text=True, env=_clean()
    )
    assert read.returncode != 0
    assert "deploy/docker/make-env > .env" in read.stderr


def test_no_secret_stands_in_the_file() -> None:
    for line in COMPOSE.read_text("utf-8").splitlines():
        if re.search(r"PASSWORD|TOKEN|SECRET|URL:", line):
            assert "${" in line or line.startswith("#"), line


def test_secrets_are_made_anew_every_time() -> None:
    first, second = (
        subprocess.run([TOP / "deploy/docker/make-env"], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )
    pairs = [dict(line.split("=", 1) for line in text.splitlines()) for text in (first, second)]
    assert pairs[0].keys() == pairs[1].keys()
    assert not set(pairs[0].values()) & set(pairs[1].values())
    assert all(len(value) == 48 for value in pairs[0].values())


def test_every_port_is_open_to_this_machine_alone(services: dict[str, Any]) -> None:
    ports = [port for one in services.values() for port in one.get("ports", [])]
    assert ports
    assert all(str(port).startswith("127.0.0.1:") for port in ports), ports


def test_our_processes_may_do_nothing_but_their_work(services: dict[str, Any]) -> None:
    for name, service in _ours(services).items():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        own = [volume for volume in service["volumes"] if volume.startswith("/")]
        assert all(volume.endswith(":ro") for volume in own), name


def test_what_is_mounted_is_there(services: dict[str, Any]) -> None:
    for name, service in services.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert not source.startswith("/") or Path(source).exists(), f"{name}: {volume}"


def test_our_settings_exist_and_go_together(services: dict[str, Any], tmp_path: Path) -> None:
    for service in _ours(services).values():
        environment = _environment(service)
        settings = load_settings(None, environment)
        assert settings.catalog == Path("/catalog")
        if settings.host == "0.0.0.0":
            assert settings.page_token is not None


def test_the_collector_has_the_key_of_every_source(services: dict[str, Any]) -> None:
    assert (
        read_keys(load(TOP / "schemas"), _environment(services["collector"]), {}, generate=False).problems
        == ()
    )


def test_our_commands_exist(services: dict[str, Any]) -> None:
    for name, service in _ours(services).items():
        asked = CliRunner().invoke(root, [*service["command"], "--help"])
        assert asked.exit_code == 0, f"{name}: {service['command']}"


def test_there_are_two_workers_and_nothing_twice(services: dict[str, Any]) -> None:
    workers = [one for one in _ours(services).values() if one["command"] == ["stream"]]
    assert len(workers) == 2
    states = [
        volume for one in _ours(services).values() for volume in one["volumes"] if not volume.startswith("/")
    ]
    assert len(states) == len(set(states)) == 2


def test_prometheus_scrapes_services_that_exist_and_tells_alertmanager(services: dict[str, Any]) -> None:
    configuration = yaml.safe_load((TOP / "deploy/prometheus/compose.yml").read_text("utf-8"))
    targets = {
        t for job in configuration["scrape_configs"] for one in job["static_configs"] for t in one["targets"]
    }
    assert targets == {f"{name}:8700" for name, one in _ours(services).items() if name != "topics"}
    (told,) = configuration["alerting"]["alertmanagers"]
    assert told["static_configs"] == [{"targets": ["alertmanager:9093"]}]
    assert "alertmanager" in services


CHECKED = {
    "prometheus": ["promtool", "check", "config", "deploy/prometheus/compose.yml"],
    "alertmanager": ["amtool", "check-config", "deploy/alertmanager/alertmanager.yml"],
}


@pytest.mark.parametrize("command", CHECKED.values(), ids=CHECKED)
def test_their_own_tools_find_nothing_wrong(command: list[str]) -> None:
    checked = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_grafana_is_provisioned_with_the_overview_and_its_source(services: dict[str, Any]) -> None:
    provisioning = TOP / "deploy/grafana/provisioning"
    source = yaml.safe_load((provisioning / "datasources/prometheus.yml").read_text("utf-8"))["datasources"][
        0
    ]
    assert source["url"] == "http://prometheus:9090"
    assert "prometheus" in services
    (provider,) = yaml.safe_load((provisioning / "dashboards/overview.yml").read_text("utf-8"))["providers"]
    mounted = [volume.split(":")[:2] for volume in services["grafana"]["volumes"]]
    assert [
        str(TOP / "deploy/grafana/overview.json"),
        f"{provider['options']['path']}/overview.json",
    ] in mounted
    home = _environment(services["grafana"])["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert home == f"{provider['options']['path']}/overview.json"
    assert json.loads((TOP / "deploy/grafana/overview.json").read_text("utf-8"))["uid"]


def test_the_image_is_made_of_what_is_there_and_let_in() -> None:
    let_in = [
        line[1:] for line in (TOP / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    ]
    lines = (TOP / "deploy/docker/Dockerfile").read_text("utf-8").splitlines()
    copied = [
        word
        for line in lines
        if line.startswith("COPY") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    assert sorted(copied) == sorted(let_in)
    assert all((TOP / one).exists() for one in copied)
    assert "USER observer" in lines
