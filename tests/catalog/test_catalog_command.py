"""`observer catalog`: what it prints, where, and how it exits."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from observer.cli.catalog import catalog
from observer.cli.language import Chosen, current_language, language_of
from observer.errors import InputError
from observer.messages import Lang


def run(*arguments: str, lang: Lang = "en", environ: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(
        catalog, arguments, obj=Chosen(lang), env={"MARTECH_CATALOG": None, **(environ or {})}
    )


def broken(schemas: Path) -> None:
    (schemas / "company.yaml").write_text("name: Maison\ncountry: FR\ncurency: EUR\n", "utf-8")


def test_a_clean_catalog(schemas: Path) -> None:
    result = run("lint", str(schemas))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(
        "schemas: clean. Sources: 2, contracts: 2, destinations: 2, tools: 2, flows: 1, time series: at most "
    )


def test_a_clean_catalog_for_machines(schemas: Path) -> None:
    result = run("lint", str(schemas), "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    assert (told["clean"], told["problems"], told["sources"], len(told["digest"])) == (True, [], 2, 64)


def test_findings(schemas: Path) -> None:
    broken(schemas)
    result = run("lint", str(schemas))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.split("\n") == [
        "schemas/company.yaml:1: expected the key `currency`, got nothing - at `$`",
        "schemas/company.yaml:3: expected a key among `name`, `country`, `currency`, `note`, got `curency` - at "
        "`$.curency`. Did you mean `currency`?",
        "schemas: problems: 2.",
        "",
    ]


def test_findings_in_french(schemas: Path) -> None:
    broken(schemas)
    assert "Vouliez-vous dire `currency` ?" in run("lint", str(schemas), lang="fr").stderr


def test_findings_for_machines(schemas: Path) -> None:
    broken(schemas)
    result = run("lint", str(schemas), "--format", "json", lang="fr")
    assert (result.exit_code, result.stderr) == (1, "")
    told = json.loads(result.stdout)
    assert (told["folder"], told["clean"]) == ("schemas", False)
    message = told["problems"][1].pop("message")
    assert told["problems"][1] == {
        "file": "schemas/company.yaml",
        "line": 3,
        "path": "$.curency",
        "code": "declaration.key_known",
        "expected": "a key among `name`, `country`, `currency`, `note`",
        "got": "`curency`",
        "mend": "Did you mean `currency`?",
    }
    assert "une clé parmi" in message


@pytest.mark.parametrize("command", ["lint", "graph"])
def test_no_folder_is_no_finding(command: str, schemas: Path) -> None:
    result = run(command, "nowhere")
    assert isinstance(result.exception, InputError)
    assert "expected a folder with a catalog, got nothing" in str(result.exception)


def test_the_folder_is_that_of_the_environment_else_here(schemas: Path, tmp_path: Path) -> None:
    assert run("lint").exit_code == 0
    schemas.rename("elsewhere")
    assert isinstance(run("lint").exception, InputError)
    assert run("lint", environ={"MARTECH_CATALOG": str(tmp_path / "elsewhere")}).exit_code == 0


def test_the_series_are_bounded_by_the_settings(schemas: Path) -> None:
    result = run("lint", environ={"MARTECH_METRICS__SERIES": "10"})
    assert result.exit_code == 1
    assert "expected at most 10 time series" in result.stderr


def test_the_starter_is_clean_and_is_written_once(tmp_path: Path) -> None:
    folder = str(tmp_path / "mine")
    first = run("init", folder)
    assert (first.exit_code, first.stdout) == (0, "")
    assert "a catalog to begin with" in first.stderr
    result = run("lint", folder)
    assert (result.exit_code, result.stderr[: len(folder) + 7]) == (0, f"{folder}: clean")
    assert isinstance(run("init", folder).exception, InputError)


def test_the_graph_leads_from_sources_to_data_products(schemas: Path) -> None:
    (schemas / "sources/crm.yaml").write_text(
        (schemas / "sources/crm.yaml").read_text().replace("Customer database", "'The \"CRM\" <b>'")
    )
    result = run("graph")
    assert result.exit_code == 0
    assert result.stdout.split("\n") == [
        "flowchart LR",
        '  source-crm(["The #quot;CRM#quot; #lt;b#gt;"])',
        '  source-web-shop(["Web shop"])',
        '  tool-mixpanel["Mixpanel"]',
        '  tool-google-ads["Google Ads"]',
        '  hop-orders-to-revenue-loaded["The order stands in the warehouse"]',
        '  product-revenue[("Revenue")]',
        "  source-web-shop --> tool-mixpanel",
        "  source-crm --> tool-mixpanel",
        "  source-web-shop --> tool-google-ads",
        "  tool-mixpanel --> hop-orders-to-revenue-loaded",
        "  hop-orders-to-revenue-loaded --> product-revenue",
        "",
    ]


LOCALES: dict[str, tuple[str | None, dict[str, str], Lang]] = {
    "what is asked for decides": ("en", {"LANG": "fr_FR.UTF-8"}, "en"),
    "then LC_ALL": (None, {"LANG": "en_GB.UTF-8", "LC_ALL": "fr_CA"}, "fr"),
    "then LANG": (None, {"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
    "a locale that we do not speak": (None, {"LANG": "de_DE"}, "en"),
    "none": (None, {}, "en"),
}


@pytest.mark.parametrize(("asked", "environment", "lang"), LOCALES.values(), ids=LOCALES)
def test_the_language(asked: str | None, environment: dict[str, str], lang: Lang) -> None:
    assert language_of(asked, environment) == lang


def test_outside_of_a_command_the_language_is_english() -> None:
    assert current_language() == "en"


def test_what_should_have_been_read_again_is_told_and_stays(schemas: Path) -> None:
    policy = schemas / "consent" / "policy.yaml"
    rule = "regions:\n  - {region: FR, channels: [web], justification: ours, reviewBy: 2020-01-31}\n"
    policy.write_text(policy.read_text("utf-8") + rule, "utf-8")
    said = run("lint", str(schemas))
    assert said.exit_code == 0
    assert said.stderr.splitlines()[-1] == (
        "schemas/consent/policy.yaml: to be read again since 2020-01-31 - at `$.regions[0]`. What it justifies stays in "
        "force."
    )
    told = json.loads(run("lint", str(schemas), "--format", "json").stdout)
    assert told["overdue"] == [{"path": "$.regions[0]", "reviewBy": "2020-01-31"}]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "source web-shop: lacks a day still to come"),
        ("fr", "source web-shop : il manque un jour à venir"),
    ],
)
def test_what_nobody_looks_at_again_is_listed_and_no_fault(schemas: Path, lang: Lang, words: str) -> None:
    said = run("lint", str(schemas), lang=lang)
    assert said.exit_code == 0
    assert words in said.stderr
    told = json.loads(run("lint", str(schemas), "--format", "json").stdout)
    assert {"kind": "source", "id": "web-shop", "part": "review"} in told["ownership"]
    assert told["coverage"]["source"] == {
        "marketing_owner": 1.0, "technical_owner": 1.0, "marketing_channel": 1.0, "technical_channel": 1.0, "review": 0.0,
    }  # fmt: skip
