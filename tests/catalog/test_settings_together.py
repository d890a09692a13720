"""Settings of the Kafka workers and the store: secrets in files, and what does not go together."""

from pathlib import Path

import pytest

from observer.errors import SettingsError
from observer.settings import Settings, load_settings

WORDS = "I accept that passwords travel in clear text"
TLS = "tls: {enabled: true}"
SECRET = "the-secret-of-a-broker"


def from_file(tmp_path: Path, text: str, environ: dict[str, str] | None = None) -> Settings:
    path = tmp_path / "observer.yaml"
    path.write_text(text, "utf-8")
    return load_settings(path, environ or {})


def test_a_section_within_a_section_stands_in_the_environment_too(tmp_path: Path) -> None:
    loaded = from_file(
        tmp_path,
        "kafka:\n  bootstrap: a.example:9092,b.example:9092\n  tls: {enabled: true, ca_file: ca.pem}\n",
        {"MARTECH_KAFKA__TLS__CA_FILE": "other.pem", "MARTECH_KAFKA__WORKERS": "2"},
    )
    assert (loaded.kafka.bootstrap, loaded.kafka.workers) == ("a.example:9092,b.example:9092", 2)
    assert (loaded.kafka.tls.enabled, loaded.kafka.tls.ca_file) == (True, Path("other.pem"))


TOGETHER = {
    "a password by TLS": f"{TLS}, sasl: {{mechanism: PLAIN, username: u, password: p}}",
    "a password in clear, accepted in words": f"sasl: {{mechanism: PLAIN, username: u, password: p, without_tls: {WORDS}}}",
    "a token out of a file": f"{TLS}, sasl: {{mechanism: OAUTHBEARER, token_file: t}}",
    "a certificate that holds its key": "tls: {enabled: true, certificate_file: c.pem}",
    "a registry without a password": "registry: {url: 'http://registry.example'}",
    "a session as long as a request": "session_seconds: 40, rebalance_seconds: 40",
}


@pytest.mark.parametrize("text", TOGETHER.values(), ids=TOGETHER)
def test_settings_that_go_together(text: str, tmp_path: Path) -> None:
    from_file(tmp_path, f"kafka: {{{text}}}")


APART = {
    "a session longer than a request": (
        "session_seconds: 50, rebalance_seconds: 50",
        "1: expected no less than the 50 of `kafka.session_seconds`, got 40 - at `$.kafka.request_seconds`",
    ),
    "a session longer than a rebalance": (
        "session_seconds: 30, rebalance_seconds: 20",
        "expected no less than the 30 of `kafka.session_seconds`, got 20 - at `$.kafka.rebalance_seconds`",
    ),
    "a rebalance longer than a request": (
        "rebalance_seconds: 41",
        "1: expected no less than the 41 of `kafka.rebalance_seconds`, got 40 - at `$.kafka.request_seconds`",
    ),
    "a transaction longer than a session": (
        "transaction_seconds: 31",
        "expected no less than the 31 of `kafka.transaction_seconds`, got 30 - at `$.kafka.session_seconds`",
    ),
    "a password without TLS": (
        "sasl: {mechanism: PLAIN, username: u, password: p}",
        "expected true, since `kafka.sasl.mechanism` is set, got false - at `$.kafka.tls.enabled`. Encrypt the "
        f"connection, or set `kafka.sasl.without_tls` to the words: {WORDS}.",
    ),
    "other words than those": (
        "sasl: {mechanism: PLAIN, username: u, password: p, without_tls: yes please}",
        f"expected one of `{WORDS}`, got `yes please` - at `$.kafka.sasl.without_tls`",
    ),
    "a user without a password": (
        f"{TLS}, sasl: {{mechanism: SCRAM-SHA-256, username: u}}",
        "expected a value, since `kafka.sasl.mechanism: SCRAM-SHA-256` is set, got nothing - at `$.kafka.sasl.password`",
    ),
    "a password without a mechanism": (
        f"{TLS}, sasl: {{username: u, password: p}}",
        "expected a value, since `kafka.sasl.username`, `kafka.sasl.password` is set, got nothing - at `$.kafka.sasl.mechanism`",
    ),
    "a token from nowhere": (
        f"{TLS}, sasl: {{mechanism: OAUTHBEARER}}",
        "expected a value, since `kafka.sasl.mechanism: OAUTHBEARER` is set, got nothing - at `$.kafka.sasl.token_url`",
    ),
    "a token from two places": (
        f"{TLS}, sasl: {{mechanism: OAUTHBEARER, token_file: t, token_url: 'https://a.example', client_id: c, client_secret: s}}",
        "expected `token` in one place only, got `token_url`, `token_file` - at `$.kafka.sasl.token_file`",
    ),
    "a client's secret in clear": (
        f"{TLS}, sasl: {{mechanism: OAUTHBEARER, token_url: 'http://a.example', client_id: c, client_secret: s}}",
        "expected an address that begins with https, got http - at `$.kafka.sasl.token_url`",
    ),
    "certificates without TLS": (
        "tls: {ca_file: ca.pem}",
        "expected true, since `kafka.tls.ca_file` is set, got false - at `$.kafka.tls.enabled`",
    ),
    "a key without its certificate": (
        "tls: {enabled: true, key_file: k.pem}",
        "expected a value, since `kafka.tls.key_file` is set, got nothing - at `$.kafka.tls.certificate_file`",
    ),
    "a registry's user without a password": (
        "registry: {url: 'https://r.example', username: u}",
        "expected a value, since `kafka.registry.username` is set, got nothing - at `$.kafka.registry.password`",
    ),
    "a registry's password in clear": (
        "registry: {url: 'http://r.example', username: u, password: p}",
        "expected an address that begins with https, got http - at `$.kafka.registry.url`",
    ),
    "more workers than ports": (
        "workers: 60000",
        "expected 56836 or less, got 60000 - at `$.kafka.workers`",
    ),
    "a broker without its port": ("bootstrap: a.example", "- at `$.kafka.bootstrap`"),
}


@pytest.mark.parametrize(("text", "told"), APART.values(), ids=APART)
def test_settings_that_do_not_go_together(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        from_file(tmp_path, f"kafka: {{{text}}}")
    assert told in caught.value.told()
    assert caught.value.told("fr") != caught.value.told()


def test_what_does_not_go_together_is_told_where_it_was_given() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {"MARTECH_KAFKA__REQUEST_SECONDS": "5"})
    assert caught.value.told().startswith("$MARTECH_KAFKA__REQUEST_SECONDS: expected no less than the 30")


def test_a_store_that_is_no_postgresql_is_refused_without_its_address() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {"MARTECH_STORE__URL": f"mysql://u:{SECRET}@host"})
    assert caught.value.told().startswith(
        "$MARTECH_STORE__URL: expected the address of a PostgreSQL database"
    )
    assert SECRET not in caught.value.told()


SECRETS = {
    "the key's password": ("KAFKA__TLS__KEY_PASSWORD", "tls: {enabled: true, certificate_file: c.pem}"),
    "the user's password": ("KAFKA__SASL__PASSWORD", f"{TLS}, sasl: {{mechanism: PLAIN, username: u}}"),
    "the client's secret": (
        "KAFKA__SASL__CLIENT_SECRET",
        f"{TLS}, sasl: {{mechanism: OAUTHBEARER, token_url: 'https://a.example', client_id: c}}",
    ),
    "the registry's password": (
        "KAFKA__REGISTRY__PASSWORD",
        "registry: {url: 'https://r.example', username: u}",
    ),
}


@pytest.mark.parametrize(("variable", "text"), SECRETS.values(), ids=SECRETS)
def test_a_secret_stands_in_the_environment_or_in_a_file_and_is_never_shown(
    variable: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n", "utf-8")
    for environ in ({variable: SECRET}, {f"{variable}_FILE": str(tmp_path / "secret")}):
        named = {f"MARTECH_{name}": value for name, value in environ.items()}
        loaded = from_file(tmp_path, f"kafka: {{{text}}}", named)
        *above, field = variable.lower().split("__")
        section: object = loaded
        for part in above:
            section = getattr(section, part)
        assert getattr(section, field).get_secret_value() == SECRET
        assert SECRET not in repr(loaded)
        assert SECRET not in str(loaded.model_dump())


def test_the_stores_address_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://host/base\n", "utf-8")
    loaded = load_settings(None, {"MARTECH_STORE__URL_FILE": str(tmp_path / "url")})
    assert loaded.store.url is not None
    assert loaded.store.url.get_secret_value() == "postgresql://host/base"


def test_every_file_of_a_secret_that_is_wrong_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n", "utf-8")
    environ = {
        "MARTECH_STORE__URL_FILE": str(tmp_path / "none"),
        "MARTECH_KAFKA__REGISTRY__PASSWORD_FILE": str(tmp_path / "empty"),
    }
    with pytest.raises(SettingsError) as caught:
        load_settings(None, environ)
    assert sorted(problem.told().removeprefix(f"{tmp_path}/") for problem in caught.value.problems) == [
        "empty: expected text that is not empty, got empty text",
        "none: expected a file that holds `store.url`, got No such file or directory",
    ]
