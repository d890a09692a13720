"""What no setting can know alone: which of them do not go together."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from observer.errors import Problem, literal
from observer.messages import Words
from observer.settings.kafka import CLEAR_TEXT, Kafka, Registry, Sasl, Tls
from observer.settings.whole import Settings

_HIGHEST_PORT = 65_535


def disagreements(settings: Settings) -> list[Problem]:
    """Returns a problem for every setting that does not go with another; its path is the setting's name."""
    kafka = settings.kafka
    return [
        *_ports(settings),
        *_times(kafka),
        *_tls(kafka.tls),
        *_sasl(kafka.sasl, kafka.tls),
        *_registry(kafka.registry),
        *_store(settings),
    ]


def _problem(name: str, expected: Words, got: Words, mend: Words | None = None) -> Problem:
    return Problem("", expected, got, f"$.{name}", mend)


def _ports(settings: Settings) -> Iterator[Problem]:
    if settings.port + settings.kafka.workers - 1 > _HIGHEST_PORT:
        most = _HIGHEST_PORT - settings.port + 1
        yield _problem(
            "kafka.workers", Words("declaration.at_most", {"bound": most}), literal(settings.kafka.workers)
        )


def _times(kafka: Kafka) -> Iterator[Problem]:
    # A group's join is answered when all members have answered theirs, and a heartbeat counts only when it is
    # answered: a worker that gives up sooner than its session lasts would leave and join for ever.
    for short, long in (
        ("session_seconds", "request_seconds"),
        ("session_seconds", "rebalance_seconds"),
        ("rebalance_seconds", "request_seconds"),
        ("transaction_seconds", "session_seconds"),
    ):
        least, given = getattr(kafka, short), getattr(kafka, long)
        if least > given:
            expected = Words("settings.no_less", {"name": f"kafka.{short}", "bound": f"{least:g}"})
            yield _problem(f"kafka.{long}", expected, literal(f"{given:g}"))


def _tls(tls: Tls) -> Iterator[Problem]:
    given = [name for name in Tls.model_fields if name != "enabled" and getattr(tls, name) is not None]
    if given and not tls.enabled:
        yield _problem("kafka.tls.enabled", _since("true_for", "kafka.tls", given), literal("false"))
    needing = [name for name in ("key_file", "key_password") if getattr(tls, name) is not None]
    if needing and tls.certificate_file is None:
        yield _missing("kafka.tls.certificate_file", "kafka.tls", needing)


def _sasl(sasl: Sasl, tls: Tls) -> Iterator[Problem]:
    if sasl.mechanism is None:
        given = [name for name in Sasl.model_fields if getattr(sasl, name) is not None]
        if given:
            yield _missing("kafka.sasl.mechanism", "kafka.sasl", given)
        return
    accepted = sasl.without_tls is not None
    if not tls.enabled and not accepted:
        expected = _since("true_for", "kafka.sasl", ["mechanism"])
        yield _problem("kafka.tls.enabled", expected, literal("false"), _mend("kafka.sasl.without_tls"))
    needed = ("username", "password") if sasl.mechanism != "OAUTHBEARER" else _token_needs(sasl)
    for name in needed:
        if getattr(sasl, name) is None:
            yield _missing(f"kafka.sasl.{name}", "kafka.sasl", [f"mechanism: {sasl.mechanism}"])
    if sasl.token_file is not None and sasl.token_url is not None:
        one = Words("settings.one_place", {"name": "token"})
        yield _problem("kafka.sasl.token_file", one, literal("`token_url`, `token_file`"))
    yield from _clear("kafka.sasl.token_url", sasl.token_url, accepted, "kafka.sasl.without_tls")


def _token_needs(sasl: Sasl) -> tuple[str, ...]:
    return () if sasl.token_file is not None else ("token_url", "client_id", "client_secret")


def _registry(registry: Registry) -> Iterator[Problem]:
    for one, other in (("username", "password"), ("password", "username")):
        if getattr(registry, one) is not None and getattr(registry, other) is None:
            yield _missing(f"kafka.registry.{other}", "kafka.registry", [one])
    if registry.password is not None:
        accepted = registry.without_tls is not None
        yield from _clear("kafka.registry.url", registry.url, accepted, "kafka.registry.without_tls")


def _clear(name: str, url: str | None, accepted: bool, words: str) -> Iterator[Problem]:
    """A secret would go to `url`: yields a problem unless that is by TLS or accepted in words."""
    if url is not None and urlsplit(url).scheme == "http" and not accepted:
        yield _problem(name, Words("settings.https"), literal("http"), _mend(words))


def _store(settings: Settings) -> Iterator[Problem]:
    url = settings.store.url
    if url is not None and not url.get_secret_value().startswith(("postgresql://", "postgres://")):
        yield _problem("store.url", Words("settings.postgres"), Words("declaration.came.other_text"))


def _missing(name: str, section: str, given: list[str]) -> Problem:
    return _problem(name, _since("needed_by", section, given), Words("declaration.came.nothing"))


def _since(code: str, section: str, given: list[str]) -> Words:
    return Words(f"settings.{code}", {"given": ", ".join(f"`{section}.{name}`" for name in given)})


def _mend(name: str) -> Words:
    return Words("settings.clear_text_mend", {"words": CLEAR_TEXT, "name": name})
