"""The generated files for Prometheus and Grafana: as the code says, and speaking of what is declared alone."""

import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from observer.cli.main import root
from observer.deployment.dashboard import overview_dashboard
from observer.deployment.panels import overview
from observer.deployment.rules import slo_rules
from observer.deployment.worker_rules import worker_rules
from observer.messages import LANGUAGES, Lang
from tests.deployment.promql_names import labels_of, selectors, unknown

TOP = Path(__file__).parents[2]
UNITS = {"eps", "percentunit", "short", "s", "bytes"}


def _recorded() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule in _rules():
        if "record" in rule:
            found[rule["record"]] = labels_of(rule["expr"], found)
    return found


def _rules() -> list[dict[str, Any]]:
    files = [slo_rules(), worker_rules()]
    return [rule for text in files for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]


def _queries() -> list[str]:
    return [query.promql for row in overview() for panel in row.panels for query in panel.queries]


def _panels(lang: Lang) -> list[dict[str, Any]]:
    return [one for one in json.loads(overview_dashboard(lang))["panels"] if one["type"] != "row"]


def test_what_is_shipped_is_what_is_generated() -> None:
    checked = CliRunner().invoke(root, ["deploy", "check", str(TOP / "deploy")])
    assert (checked.exit_code or 0, checked.stdout) == (0, ""), checked.stderr


def test_a_file_that_is_missing_or_differs_is_told(tmp_path: Path) -> None:
    run = CliRunner()
    made = run.invoke(root, ["--lang", "fr", "deploy", "generate", str(tmp_path), "--format", "json"])
    assert len(json.loads(made.stdout)["written"]) == 3
    assert run.invoke(root, ["--lang", "fr", "deploy", "check", str(tmp_path)]).exit_code == 0
    assert run.invoke(root, ["deploy", "check", str(tmp_path)]).exit_code == 1, "the other language"
    (tmp_path / "grafana" / "overview.json").unlink()
    told = run.invoke(root, ["--lang", "fr", "deploy", "check", str(tmp_path), "--format", "json"])
    assert told.exit_code == 1
    assert [one["state"] for one in json.loads(told.stdout)["files"]] == ["same", "same", "missing"]


def test_rules_speak_of_declared_metrics_and_labels_alone() -> None:
    recorded: dict[str, set[str]] = {}
    for rule in _rules():
        assert unknown(rule["expr"], recorded) == [], rule
        if "record" in rule:
            recorded[rule["record"]] = labels_of(rule["expr"], recorded)


@pytest.mark.parametrize("query", _queries())
def test_panels_speak_of_declared_metrics_and_labels_alone(query: str) -> None:
    assert unknown(query, _recorded()) == []


WRONG = {
    "a metric that nobody declares": ("rate(martech_evnts_total[5m])", ["martech_evnts_total"]),
    "a label that it does not have": ('martech_events_total{chanel="web"}', ["martech_events_total.chanel"]),
    "a sum by a label that it does not have": ("sum by (channel) (martech_events_total)", ["by channel"]),
    "a histogram without its suffix": ("martech_event_latency_seconds", ["martech_event_latency_seconds"]),
    "a match on a label of one side": (
        "martech_events_total / on (contract, source) martech_slo_objective_ratio",
        ["on source"],
    ),
}


@pytest.mark.parametrize(("query", "found"), WRONG.values(), ids=WRONG)
def test_an_unknown_name_is_found(query: str, found: list[str]) -> None:
    assert unknown(query, {}) == found


@pytest.mark.parametrize("query", _queries())
def test_every_query_follows_the_variables_of_the_dashboard(query: str) -> None:
    for name, labels in selectors(query):
        assert {"job", "instance"} <= labels, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_has_a_title_a_description_a_unit_and_the_chosen_source(lang: Lang) -> None:
    panels = _panels(lang)
    assert (
        len({panel["title"] for panel in panels})
        == len(panels)
        == len([p for r in overview() for p in r.panels])
    )
    for panel in panels:
        assert len(panel["description"]) > 20
        assert panel["fieldConfig"]["defaults"]["unit"] in UNITS
        assert panel["datasource"]["uid"] == "${datasource}"
        assert all(target["datasource"]["uid"] == "${datasource}" for target in panel["targets"])
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])


def test_panels_lie_side_by_side_and_never_on_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in json.loads(overview_dashboard("en"))["panels"]:
        place = panel["gridPos"]
        cells = {
            (column, line)
            for column in range(place["x"], place["x"] + place["w"])
            for line in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(column for column, _ in cells) < 24
        taken |= cells


def test_the_dashboard_lets_its_reader_choose_among_sources_jobs_and_instances() -> None:
    dashboard = json.loads(overview_dashboard("en"))
    variables = {one["name"]: one for one in dashboard["templating"]["list"]}
    assert list(variables) == ["datasource", "job", "instance"]
    assert not dashboard["editable"]
    for name in ("job", "instance"):
        assert (variables[name]["multi"], variables[name]["includeAll"], variables[name]["allValue"]) == (
            True,
            True,
            ".+",
        )
        assert variables[name]["refresh"] == 2


@pytest.mark.prometheus
def test_rules_pass_promtool_in_both_languages(tmp_path: Path) -> None:
    for lang, made in itertools.product(LANGUAGES, (slo_rules, worker_rules)):
        path = tmp_path / f"{lang}.yml"
        path.write_text(made(lang), "utf-8")
        checked = subprocess.run(["promtool", "check", "rules", str(path)], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.prometheus
@pytest.mark.parametrize("name", ["martech-slo", "martech-workers"])
def test_rules_judge_known_traffic_rightly(name: str) -> None:
    cases = Path(__file__).parent / f"{name}.test.yml"
    tested = subprocess.run(["promtool", "test", "rules", str(cases)], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_every_alert_has_a_runbook() -> None:
    for rule in _rules():
        if "alert" in rule:
            page, _, part = rule["annotations"]["runbook"].partition("#")
            text = (TOP / page).read_text("utf-8")
            assert f"\n## {rule['alert']}\n" in text if part else text.startswith(f"# {rule['alert']}\n")
            assert part in {"", rule["alert"].lower()}
