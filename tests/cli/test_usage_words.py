"""A command line that cannot be understood is told in our grammar, in the reader's language, and exits with 2."""

import pytest

from tests.cli.command_line import Shell

REFUSED = {
    "an unknown command, and the nearest": (
        ["demoo"],
        "observer: expected a command that `observer --help` lists, got `demoo`. Did you mean `demo`?",
        "observer : attendu : une commande que liste `observer --help` ; reçu : `demoo`. Vouliez-vous dire `demo` ?",
    ),
    "an unknown command, like no other": (
        ["frob"],
        "observer: expected a command that `observer --help` lists, got `frob`. `observer --help` says more.",
        "observer : attendu : une commande que liste `observer --help` ; reçu : `frob`. `observer --help` en dit plus.",
    ),
    "an unknown command of a group": (
        ["catalog", "lnt"],
        "observer catalog: expected a command that `observer catalog --help` lists, got `lnt`. Did you mean `lint`?",
        "observer catalog : attendu : une commande que liste `observer catalog --help` ; reçu : `lnt`. "
        "Vouliez-vous dire `lint` ?",
    ),
    "an unknown option": (
        ["quarantine", "list", "--limt", "3"],
        "observer quarantine list: expected an option that `observer quarantine list --help` lists, got `--limt`. "
        "Did you mean `--limit`?",
        "observer quarantine list : attendu : une option que liste `observer quarantine list --help` ; reçu : "
        "`--limt`. Vouliez-vous dire `--limit` ?",
    ),
    "an option for all commands behind the command": (
        ["explain", "--lang"],
        "observer explain: expected an option that `observer explain --help` lists, got `--lang`. Put it before the "
        "command: `observer --lang … explain`.",
        "observer explain : attendu : une option que liste `observer explain --help` ; reçu : `--lang`. Placez-la "
        "avant la commande : `observer --lang … explain`.",
    ),
    "a word out of a choice": (
        ["explain", "--format=tex"],
        "observer explain --format: expected one of `text`, `json`, got `tex`. Did you mean `text`?",
        "observer explain --format : attendu : un mot parmi `text`, `json` ; reçu : `tex`. Vouliez-vous dire `text` ?",
    ),
    "a number out of bounds": (
        ["quarantine", "list", "--limit", "0"],
        "observer quarantine list --limit: expected a whole number of at least 1, got `0`. "
        "`observer quarantine list --help` says more.",
        "observer quarantine list --limit : attendu : un nombre entier d’au moins 1 ; reçu : `0`. "
        "`observer quarantine list --help` en dit plus.",
    ),
    "a file for a folder": (
        ["quarantine", "list", "--state", __file__],
        "observer quarantine list --state: expected a folder, got `" + __file__ + "`. "
        "`observer quarantine list --help` says more.",
        "observer quarantine list --state : attendu : un dossier ; reçu : `" + __file__ + "`. "
        "`observer quarantine list --help` en dit plus.",
    ),
    "an option without its value": (
        ["quarantine", "list", "--limit"],
        "observer quarantine list --limit: expected a whole number of at least 1, got nothing. "
        "`observer quarantine list --help` says more.",
        "observer quarantine list --limit : attendu : un nombre entier d’au moins 1 ; reçu : rien. "
        "`observer quarantine list --help` en dit plus.",
    ),
    "a value for an option that takes none": (
        ["quarantine", "erase", "--dry-run=3"],
        "observer quarantine erase --dry-run: expected no value, got one. `observer quarantine erase --help` says more.",
        "observer quarantine erase --dry-run : attendu : aucune valeur ; reçu : une valeur. "
        "`observer quarantine erase --help` en dit plus.",
    ),
    "a missing argument": (
        ["quarantine", "show"],
        "observer quarantine show ID: expected a value, got nothing. `observer quarantine show --help` says more.",
        "observer quarantine show ID : attendu : une valeur ; reçu : rien. `observer quarantine show --help` en dit plus.",
    ),
    "a missing option": (
        ["consent", "decode"],
        "observer consent decode --kind: expected one of `tcf`, `gpp`, `gcm`, got nothing. "
        "`observer consent decode --help` says more.",
        "observer consent decode --kind : attendu : un mot parmi `tcf`, `gpp`, `gcm` ; reçu : rien. "
        "`observer consent decode --help` en dit plus.",
    ),
    "one argument too many": (
        ["explain", "valid", "invalid"],
        "observer explain: expected no further argument, got one more. `observer explain --help` says more.",
        "observer explain : attendu : aucun autre argument ; reçu : un de plus. `observer explain --help` en dit plus.",
    ),
    "a language that we do not speak": (
        ["--lang", "de", "explain"],
        "observer --lang: expected one of `en`, `fr`, got `de`. `observer --help` says more.",
        "observer --lang : attendu : un mot parmi `en`, `fr` ; reçu : `de`. `observer --help` en dit plus.",
    ),
}


@pytest.mark.parametrize(("arguments", "english", "french"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_understood(arguments: list[str], english: str, french: str, shell: Shell) -> None:
    assert shell(*arguments) == (2, "", f"{english}\n")
    assert shell(*arguments, lang="fr") == (2, "", f"{french}\n")


def test_no_command_at_all(shell: Shell) -> None:
    assert shell("--lang", "fr").err == (
        "observer : attendu : une commande que liste `observer --help` ; reçu : rien. `observer --help` en dit plus.\n"
    )
    bare = shell(lang="fr")
    assert bare.code == 2
    assert bare.err.startswith("Utilisation : observer")


def test_lang_outweighs_the_locale(shell: Shell) -> None:
    assert shell("--lang", "en", "frob", lang="fr").err.startswith("observer: expected a command")
    assert shell("--lang=fr", "frob").err.startswith("observer : attendu : une commande")
