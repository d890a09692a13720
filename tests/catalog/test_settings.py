"""Settings: a file, the environment on top of it, and what is refused."""

from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from observer.errors import SettingsError
from observer.settings import Settings, load_settings, settings_table

TOKEN = "a-token-of-twenty-one"


def from_file(tmp_path: Path, text: str, environ: dict[str, str] | None = None) -> Settings:
    path = tmp_path / "observer.yaml"
    path.write_text(text, "utf-8")
    return load_settings(path, environ or {})


def test_everything_has_a_default() -> None:
    loaded = load_settings(None, {"PATH": "/bin"})
    assert loaded == Settings()
    assert (loaded.host, loaded.port, loaded.page_token) == ("127.0.0.1", 8700, None)
    assert loaded.quarantine_folder == Path("var/quarantine")


def test_the_environment_outweighs_the_file(tmp_path: Path) -> None:
    loaded = from_file(
        tmp_path,
        "port: 9000\nlimits: {body_bytes: 10, batch_events: 20}\nquarantine: {folder: q}\n",
        {"MARTECH_LIMITS__BODY_BYTES": "30", "martech_host": "0.0.0.0", "MARTECH_KEY_APP": "x"},
    )
    assert (loaded.host, loaded.port) == ("0.0.0.0", 9000)
    assert (loaded.limits.body_bytes, loaded.limits.batch_events, loaded.limits.queue_requests) == (
        30,
        20,
        1000,
    )
    assert loaded.quarantine_folder == Path("q")


def test_options_of_the_command_line_outweigh_both(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("port: 9000\nhost: a.example\n", "utf-8")
    loaded = load_settings(path, {"MARTECH_PORT": "9001"}, {"port": 9002, "host": None})
    assert (loaded.port, loaded.host) == (9002, "a.example")


def test_a_wrong_option_is_told_by_its_name() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {}, {"host": ""})
    assert caught.value.told() == "--host: expected text that is not empty, got empty text"


def test_keys_of_sources_may_stand_in_the_file_and_are_never_shown(tmp_path: Path) -> None:
    loaded = from_file(tmp_path, "write_keys: {web-shop: a-key-of-its-own}\n")
    assert loaded.write_keys["web-shop"].get_secret_value() == "a-key-of-its-own"
    assert "a-key-of-its-own" not in repr(loaded)


WRONG_FILES = {
    "a short key": ("write_keys: {web-shop: abc}", "expected at least 8 characters, got 3 character(s)"),
    "an unknown setting": ("prot: 1", "1: expected a key among"),
    "the nearest right word": ("prot: 1", "Did you mean `port`?"),
    "an unknown setting of a section": ("limits: {body_byte: 1}", "Did you mean `body_bytes`?"),
    "a port beyond all ports": ("port: 65536", "1: expected 65535 or less, got 65536 - at `$.port`"),
    "a port as text": ('port: "8700"', "1: expected a whole number, got text - at `$.port`"),
    "a port as a switch": ("port: true", "1: expected a whole number, got true or false - at `$.port`"),
    "a limit of nothing": (
        "limits: {queue_requests: 0}",
        "expected 1 or more, got 0 - at `$.limits.queue_requests`",
    ),
    "an unknown language": ("language: de", "expected one of `en`, `fr`, got `de`"),
    "a list": ("[1]", "1: expected a mapping of keys to values, got a list - at `$`"),
    "a duplicate": ("port: 1\nport: 2", "2: expected each key once, got `port` again. Keep one of them."),
    "an empty file": ("", "expected a mapping of keys to values, got nothing"),
    "a short token": ("page_token: abc", "expected at least 16 characters, got 3 character(s)"),
}


@pytest.mark.parametrize(("text", "told"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_wrong_file_is_refused(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        from_file(tmp_path, text)
    assert told in caught.value.told()
    assert "observer.yaml" in caught.value.told()


WRONG_VARIABLES = {
    "an unknown one": (
        {"MARTECH_PROT": "1"},
        "$MARTECH_PROT: expected the variable of a setting, got one that no setting has. "
        "Did you mean `MARTECH_PORT`?",
    ),
    "one that is near nothing": (
        {"MARTECH_XYZZY": "1"},
        "$MARTECH_XYZZY: expected the variable of a setting, got one that no setting has. "
        "The key of a source stands in a variable that begins with MARTECH_KEY_.",
    ),
    "a section as a whole": (
        {"MARTECH_LIMITS": "{}"},
        "$MARTECH_LIMITS: expected the variable of a setting, got one that no setting has. "
        "Did you mean `MARTECH_LIMITS__BODY_BYTES`?",
    ),
    "a number that is none": ({"MARTECH_PORT": "x"}, "$MARTECH_PORT: expected a whole number, got text"),
    "a number out of bounds": (
        {"MARTECH_LIMITS__BATCH_EVENTS": "0"},
        "$MARTECH_LIMITS__BATCH_EVENTS: expected 1 or more, got 0",
    ),
    "a short token": (
        {"MARTECH_PAGE_TOKEN": "abc"},
        "$MARTECH_PAGE_TOKEN: expected at least 16 characters, got 3 character(s)",
    ),
}


@pytest.mark.parametrize(("environ", "told"), WRONG_VARIABLES.values(), ids=WRONG_VARIABLES)
def test_a_wrong_variable_is_refused(environ: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(None, environ)
    assert caught.value.told() == told


def test_mistakes_of_the_file_and_of_the_environment_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        from_file(tmp_path, "prot: 1\nlanguage: de\n", {"MARTECH_PORT": "x", "MARTECH_HOTS": "y"})
    assert len(caught.value.problems) == 4


def test_the_token_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", "utf-8")
    loaded = load_settings(None, {"MARTECH_PAGE_TOKEN_FILE": str(tmp_path / "token")})
    assert loaded.page_token is not None
    assert loaded.page_token.get_secret_value() == TOKEN
    assert TOKEN not in repr(loaded)


TOKEN_FILES = {
    "missing": (None, {}, "expected a file that holds `page_token`, got No such file or directory"),
    "empty": ("\n", {}, "expected text that is not empty, got empty text"),
    "too short": ("abc", {}, "expected at least 16 characters, got 3 character(s)"),
    "beside a token": (TOKEN, {"MARTECH_PAGE_TOKEN": TOKEN}, "expected `page_token` in one place only"),
}


@pytest.mark.parametrize(("content", "environ", "told"), TOKEN_FILES.values(), ids=TOKEN_FILES)
def test_a_wrong_token_file(content: str | None, environ: dict[str, str], told: str, tmp_path: Path) -> None:
    path = tmp_path / "token"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {"MARTECH_PAGE_TOKEN_FILE": str(path), **environ})
    assert caught.value.told().startswith(f"{path}: {told}")
    assert TOKEN not in caught.value.told()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="expected a settings file that can be read"):
        load_settings(tmp_path / "nothing.yaml", {})


@given(st.text("apotlimshn_:{}[] 0123\n\"'", max_size=60))
@examples(max_examples=200, deadline=None)
def test_any_file_gives_settings_or_a_settings_error(text: str) -> None:
    with NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        try:
            load_settings(Path(file.name), {})
        except SettingsError as error:
            assert error.problems


def test_every_setting_stands_in_the_table() -> None:
    table = settings_table()
    for line in (
        "| `port` | `MARTECH_PORT` | `8700` |",
        "| `limits.body_bytes` | `MARTECH_LIMITS__BODY_BYTES` |",
    ):
        assert line in table
    # Seven columns marks a row that holds a stray bar.
    assert {line.count("|") for line in table.split("\n") if line.startswith("|")} == {5}
    assert "None" not in table
