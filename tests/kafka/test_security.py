"""TLS, mutual TLS and SASL on a real broker: what lets us in, and how every refusal is told."""

import asyncio
import os
import ssl
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth

from observer.errors import BrokerError, SettingsError, UnreachableError
from observer.settings import Kafka, load_settings
from streams.connection import client_arguments, faust_credentials
from streams.reaching import reach
from tests.kafka.broker import Broker, free_port
from tests.kafka.secured import PASSWORD, USER, Certificates, pkcs8, secured_broker, unsecured_token
from tests.kafka.topics import make_topic

pytestmark = pytest.mark.kafka

CLEAR = "I accept that passwords travel in clear text"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def secured(certificates: Certificates) -> Iterator[Broker]:
    with secured_broker(certificates) as broker:
        yield broker


def _login(mechanism: str, **other: Any) -> dict[str, Any]:
    return {"mechanism": mechanism, "username": USER, "password": PASSWORD, **other}


def _kafka(secured: Broker, listener: str, certificates: Certificates, **given: Any) -> Kafka:
    tls = {"enabled": True, "ca_file": certificates.authority_file} | given.pop("tls", {})
    address = secured.address(listener)
    return Kafka.model_validate({"bootstrap": address, "request_seconds": 40, "tls": tls, **given})


LET_IN: dict[str, tuple[str, dict[str, Any]]] = {
    "TLS": ("TLS", {}),
    "mutual TLS": ("MUTUAL", {"tls": {"certificate_file": "ours"}}),
    "PLAIN": ("SASL", {"sasl": _login("PLAIN")}),
    "SCRAM with SHA-256": ("SASL", {"sasl": _login("SCRAM-SHA-256")}),
    "SCRAM with SHA-512": ("SASL", {"sasl": _login("SCRAM-SHA-512")}),
    "a password in clear, accepted in words": (
        "CLEAR",
        {"tls": {"enabled": False, "ca_file": None}, "sasl": _login("PLAIN", without_tls=CLEAR)},
    ),
}


def _files(given: dict[str, Any], certificates: Certificates) -> dict[str, Any]:
    """Returns settings whose certificates are named by what they are."""
    tls = {
        key: getattr(certificates, value) if isinstance(value, str) else value
        for key, value in given.get("tls", {}).items()
    }
    return {**given, "tls": tls}


@pytest.mark.parametrize(("listener", "given"), LET_IN.values(), ids=LET_IN)
async def test_the_right_key_opens(
    listener: str, given: dict[str, Any], secured: Broker, certificates: Certificates
) -> None:
    kafka = _kafka(secured, listener, certificates, **_files(given, certificates))
    await reach(kafka, client_arguments(kafka))


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a wrong password by SCRAM": (
        "SASL",
        {"sasl": _login("SCRAM-SHA-512") | {"password": PASSWORD[:-1]}},
        "expected a broker that accepts our login by SCRAM-SHA-512, got one that refuses it. Check kafka.sasl.username",
    ),
    "a wrong password by PLAIN": (
        "SASL",
        {"sasl": _login("PLAIN") | {"password": PASSWORD[:-1]}},
        "expected a broker that accepts our login by PLAIN, got one that refuses it. Check kafka.sasl.username",
    ),
    "an unknown user": (
        "SASL",
        {"sasl": _login("SCRAM-SHA-256") | {"username": "nobody"}},
        "expected a broker that accepts our login by SCRAM-SHA-256, got one that refuses it",
    ),
    "a mechanism that the listener does not know": (
        "TOKEN",
        {"sasl": _login("PLAIN")},
        "expected a listener with SASL PLAIN, got one without. Choose a mechanism",
    ),
    "an authority that we do not trust": (
        "TLS",
        {"tls": {"ca_file": "stranger_file"}},
        "got one signed by an authority that we do not trust. Put the authority’s certificate into kafka.tls.ca_file.",
    ),
    "an expired certificate": (
        "EXPIRED",
        {},
        "got a certificate that has expired. Renew the broker’s certificate",
    ),
    "the certificate of another host": (
        "OTHERHOST",
        {},
        "got the certificate of another host. Name the broker as",
    ),
    "no certificate of ours": (
        "MUTUAL",
        {},
        "expected a broker that accepts us, got one that wants a certificate of ours. Set kafka.tls.certificate_file",
    ),
    "a certificate of ours that the broker does not trust": (
        "MUTUAL",
        {"tls": {"certificate_file": "strangers"}},
        "expected a broker that accepts us, got one that refuses our certificate. Use a certificate that is in date",
    ),
    "TLS where there is none": (
        "PLAINTEXT",
        {},
        "got a connection that was closed at the first request. The listener",
    ),
    "no TLS where there is": (
        "TLS",
        {"tls": {"enabled": False, "ca_file": None}},
        "got a connection that was closed at the first request. The listener at this port may want another use of TLS",
    ),
    "no SASL where there is": (
        "SASL",
        {},
        "got a connection that was closed at the first request. The listener at this port may want another use of TLS",
    ),
}


@pytest.mark.parametrize(("listener", "given", "told"), REFUSED.values(), ids=REFUSED)
async def test_every_refusal_says_what_to_mend(
    listener: str, given: dict[str, Any], told: str, secured: Broker, certificates: Certificates
) -> None:
    kafka = _kafka(secured, listener, certificates, **_files(given, certificates))
    begun = time.monotonic()
    with pytest.raises(BrokerError) as caught:
        await reach(kafka, client_arguments(kafka), seconds=5)
    assert time.monotonic() - begun < 10
    assert caught.value.told().startswith(f"{secured.address(listener)}: ")
    assert told in caught.value.told()
    assert PASSWORD[:-1] not in caught.value.told()
    assert caught.value.told("fr") != caught.value.told()


def test_a_wrong_password_ends_the_command_with_2_and_is_written_nowhere(
    secured: Broker, certificates: Certificates, tmp_path: Path
) -> None:
    wrong = "a-wrong-password-that-nobody-may-read"
    settings = tmp_path / "observer.yaml"
    settings.write_text(
        f"kafka: {{bootstrap: '{secured.address('SASL')}', tls: {{enabled: true, ca_file: {certificates.authority_file}}}, "
        f"sasl: {{mechanism: SCRAM-SHA-256, username: {USER}}}}}\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "observer", "stream", "topics", "check", "--config", str(settings)]
    done = subprocess.run(
        command,
        env={**os.environ, "MARTECH_KAFKA__SASL__PASSWORD": wrong},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "expected a broker that accepts our login by SCRAM-SHA-256" in done.stderr
    assert wrong not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


async def test_a_password_is_in_no_log_and_in_nothing_that_is_shown(
    secured: Broker, certificates: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    kafka = _kafka(secured, "SASL", certificates, sasl=_login("PLAIN"))
    arguments = client_arguments(kafka)
    await reach(kafka, arguments)
    shown = [repr(kafka), repr(arguments), str(arguments), repr(faust_credentials(arguments))]
    for text in [*shown, *(f"{record.getMessage()} {record.args!r}" for record in caplog.records)]:
        assert PASSWORD not in text


async def test_nobody_there_is_told_in_time() -> None:
    kafka = Kafka(bootstrap=f"127.0.0.1:{free_port()}")
    with pytest.raises(
        UnreachableError, match=r"got Connection refused\. Start the broker, or correct kafka\.bootstrap"
    ):
        await reach(kafka, client_arguments(kafka))


async def test_a_host_that_does_not_exist_is_told() -> None:
    kafka = Kafka(bootstrap="no-such-host.invalid:9092")
    with pytest.raises(UnreachableError, match="got a host that no name server knows"):
        await reach(kafka, client_arguments(kafka))


async def test_a_listener_that_answers_nothing_is_given_up() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    kafka = Kafka(bootstrap=f"127.0.0.1:{server.sockets[0].getsockname()[1]}")
    with pytest.raises(UnreachableError, match=r"got no answer within 0\.5 s"):
        await reach(kafka, client_arguments(kafka), seconds=0.5)
    server.close()
    await server.wait_closed()


async def test_one_broker_of_several_is_enough(secured: Broker, certificates: Certificates) -> None:
    kafka = _kafka(secured, "TLS", certificates)
    both = kafka.model_copy(update={"bootstrap": f"127.0.0.1:{free_port()},{kafka.bootstrap}"})
    await reach(both, client_arguments(both))


async def test_an_address_that_the_brokers_advertise_and_nobody_reaches_is_told(prefix: str) -> None:
    nowhere = free_port()
    with Broker() as broker:
        # The broker itself talks to its controller alone, so that a wrong address hurts none but clients.
        path = broker.folder / "server.properties"
        broker.stop()
        text = path.read_text("utf-8")
        path.write_text(
            "".join(
                f"advertised.listeners=PLAINTEXT://127.0.0.1:{nowhere}\n"
                if line.startswith("advertised.")
                else line
                for line in text.splitlines(keepends=True)
            ),
            "utf-8",
        )
        broker.start()
        kafka = Kafka(bootstrap=broker.bootstrap)
        with pytest.raises(UnreachableError) as caught:
            await reach(kafka, client_arguments(kafka))
    assert (
        f"127.0.0.1:{nowhere}: expected a Kafka broker that answers, got Connection refused"
        in caught.value.told()
    )
    assert "advertised.listeners" in caught.value.told()


async def test_a_transaction_goes_through_every_secured_door(
    secured: Broker, certificates: Certificates, prefix: str
) -> None:
    topic = f"{prefix}events"
    await make_topic(secured.bootstrap, topic)
    for number, mechanism in enumerate(("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")):
        arguments = client_arguments(_kafka(secured, "SASL", certificates, sasl=_login(mechanism)))
        producer = AIOKafkaProducer(**arguments, transactional_id=f"{prefix}{mechanism}")
        async with producer, producer.transaction():
            await (await producer.send(topic, mechanism.encode()))
        async with AIOKafkaConsumer(
            **arguments, auto_offset_reset="earliest", isolation_level="read_committed"
        ) as consumer:
            consumer.assign([TopicPartition(topic, 0)])
            values = [(await consumer.getone()).value for _ in range(number + 1)]
        assert values[-1] == mechanism.encode()


@pytest.mark.parametrize("given", [{}, {"sasl": _login("SCRAM-SHA-512")}, {"sasl": _login("PLAIN")}], ids=str)
async def test_faust_is_let_in_by_the_same_settings(
    given: dict[str, Any], secured: Broker, certificates: Certificates
) -> None:
    arguments = client_arguments(_kafka(secured, "SASL", certificates, **given))
    of_faust = credentials_to_aiokafka_auth(faust_credentials(arguments))
    ours = {name: arguments[name] for name in of_faust}
    assert of_faust == ours
    assert faust_credentials(client_arguments(Kafka())) is None


class _Issuer:
    """A server that gives tokens to one client, over TLS."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.status = 200
        self.body: dict[str, Any] = {}

    async def token(self, request: web.Request) -> web.Response:
        login, _, secret = b64decode(request.headers["Authorization"].split()[1]).decode().partition(":")
        form = await request.post()
        self.asked.append({"client": login, **{key: str(value) for key, value in form.items()}})
        right = secret == "%3Fa%2Bsecret"
        status = self.status if right else 401
        return web.json_response(
            self.body or {"access_token": unsecured_token(), "expires_in": 3600}, status=status
        )


@pytest.fixture
async def issuer(certificates: Certificates) -> AsyncIterator[tuple[_Issuer, str]]:
    issuer = _Issuer()
    application = web.Application()
    application.router.add_post("/token", issuer.token)
    runner = web.AppRunner(application)
    await runner.setup()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates.broker)
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    yield issuer, f"https://127.0.0.1:{port}/token"
    await runner.cleanup()


def _client(url: str, certificates: Certificates, **other: str) -> dict[str, Any]:
    secret = {"client_id": "observer/1", "client_secret": "?a+secret", **other}
    return {
        "mechanism": "OAUTHBEARER",
        "token_url": url,
        "token_ca_file": certificates.authority_file,
        **secret,
    }


async def test_a_token_is_asked_for_once_and_used_for_its_life(
    secured: Broker, certificates: Certificates, issuer: tuple[_Issuer, str]
) -> None:
    server, url = issuer
    kafka = _kafka(secured, "TOKEN", certificates, sasl=_client(url, certificates, scope="kafka"))
    arguments = client_arguments(kafka)
    await reach(kafka, arguments)
    await reach(kafka, arguments)
    assert server.asked == [{"client": "observer%2F1", "grant_type": "client_credentials", "scope": "kafka"}]


NO_TOKEN: dict[str, tuple[dict[str, Any], dict[str, Any], str, type[BrokerError]]] = {
    "a wrong secret": ({}, {"client_secret": "other-secret"}, "got status 401. Check token_url", BrokerError),
    "a server that is ill": ({"status": 503}, {}, "got status 503", UnreachableError),
    "an answer without a token": ({"body": {"token": "x"}}, {}, "got one without", BrokerError),
    "an authority that we do not trust": (
        {},
        {"token_ca_file": None},
        "got ClientConnectorCertificateError",
        UnreachableError,
    ),
}


@pytest.mark.parametrize(("served", "given", "told", "kind"), NO_TOKEN.values(), ids=NO_TOKEN)
async def test_no_token_is_told(
    served: dict[str, Any],
    given: dict[str, Any],
    told: str,
    kind: type[BrokerError],
    secured: Broker,
    certificates: Certificates,
    issuer: tuple[_Issuer, str],
) -> None:
    server, url = issuer
    for name, value in served.items():
        setattr(server, name, value)
    kafka = _kafka(secured, "TOKEN", certificates, sasl=_client(url, certificates) | given)
    with pytest.raises(BrokerError) as caught:
        await reach(kafka, client_arguments(kafka))
    assert type(caught.value) is kind
    assert told in caught.value.told()
    assert "secret" not in caught.value.told().replace("client_secret", "")


async def test_a_token_in_a_file_is_read_again_at_every_login(
    secured: Broker, certificates: Certificates, tmp_path: Path
) -> None:
    path = tmp_path / "token"
    kafka = _kafka(secured, "TOKEN", certificates, sasl={"mechanism": "OAUTHBEARER", "token_file": path})
    arguments = client_arguments(kafka)
    with pytest.raises(
        BrokerError, match="expected a file that holds a token, got No such file or directory"
    ):
        await reach(kafka, arguments)
    path.write_text(unsecured_token(exp=1) + "\n", "ascii")
    with pytest.raises(BrokerError, match=r"by OAUTHBEARER, got one that refuses it\. Check the token"):
        await reach(kafka, arguments)
    path.write_text(unsecured_token() + "\n", "ascii")
    await reach(kafka, arguments)


FILES = {
    "an authority's file that is missing": ({"ca_file": "none.pem"}, "none.pem: expected a PEM file of certificates"),
    "an authority's file without one": ({"ca_file": "text.pem"}, "text.pem: expected a PEM file of certificates to trust, got a file without a certificate"),
    "a certificate that is missing": ({"certificate_file": "none.pem"}, "none.pem: expected a PEM file of our own"),
    "a key of another certificate": (
        {"certificate_file": "ours.pem", "key_file": "strangers.pem"},
        "expected the private key of",
    ),
    "a key with another password": (
        {"certificate_file": "ours.pem", "key_file": "locked.pem", "key_password": "wrong"},
        "got no such key, or one with another password",
    ),
    "a locked key without a password": (
        {"certificate_file": "ours.pem", "key_file": "locked.pem"},
        "got no such key, or one with another password",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "told"), FILES.values(), ids=FILES)
def test_a_file_of_tls_that_is_wrong(given: dict[str, str], told: str, certificates: Certificates) -> None:
    (certificates.folder / "text.pem").write_text("no certificate", "utf-8")
    _locked(certificates)
    files = {
        key: value if key == "key_password" else str(certificates.folder / value)
        for key, value in given.items()
    }
    kafka = Kafka.model_validate({"tls": {"enabled": True, **files}})
    with pytest.raises(BrokerError) as caught:
        client_arguments(kafka)
    assert told in caught.value.told()
    assert "wrong" not in caught.value.told()


async def test_a_locked_key_opens_with_its_password(secured: Broker, certificates: Certificates) -> None:
    tls = {
        "certificate_file": certificates.ours,
        "key_file": _locked(certificates),
        "key_password": "of-the-key",
    }
    kafka = _kafka(secured, "MUTUAL", certificates, tls=tls)
    await reach(kafka, client_arguments(kafka))


def _locked(certificates: Certificates) -> Path:
    path = certificates.folder / "locked.pem"
    path.write_bytes(pkcs8(certificates.ours.read_bytes(), b"of-the-key"))
    return path


def test_a_password_without_tls_is_refused_when_settings_are_read(secured: Broker) -> None:
    environ = {
        "MARTECH_KAFKA__BOOTSTRAP": secured.address("CLEAR"),
        "MARTECH_KAFKA__SASL__MECHANISM": "PLAIN",
        "MARTECH_KAFKA__SASL__USERNAME": USER,
        "MARTECH_KAFKA__SASL__PASSWORD": PASSWORD,
    }
    with pytest.raises(SettingsError, match="MARTECH_KAFKA__TLS__ENABLED: expected true"):
        load_settings(None, environ)
    load_settings(None, {**environ, "MARTECH_KAFKA__SASL__WITHOUT_TLS": CLEAR})
