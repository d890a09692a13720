"""Settings → what a Kafka client is given: addresses, TLS, who we are. Whether that leads to a broker: reaching.py."""

import logging
import ssl
from pathlib import Path
from typing import Any, Final

from faust.auth import Credentials, OAuthCredentials, SASLCredentials, SSLCredentials

from observer.errors import BrokerError, Problem, literal
from observer.messages import Words
from observer.settings import Kafka, Tls
from streams.tokens import token_provider

_CONNECTION_LOG: Final = "aiokafka.conn"


class ClientArguments(dict[str, Any]):
    """Arguments that every client of aiokafka takes. Shown, they hold no secret."""

    def __repr__(self) -> str:
        return f"<arguments of a Kafka client: {self['security_protocol']} to {self['bootstrap_servers']}>"

    __str__ = __repr__


def client_arguments(kafka: Kafka) -> ClientArguments:
    """Returns the arguments for a consumer, a producer or an admin client. Connects to nothing.

    Raises BrokerError where a file of TLS cannot be read, or its parts do not belong together.
    """
    arguments = ClientArguments(
        bootstrap_servers=kafka.bootstrap.split(","),
        request_timeout_ms=int(kafka.request_seconds * 1000),
        security_protocol=_protocol(kafka),
    )
    if kafka.tls.enabled:
        arguments["ssl_context"] = tls_context(kafka.tls)
    sasl = kafka.sasl
    if sasl.mechanism is None:
        return arguments
    # At its lowest level that log repeats requests, and with them passwords.
    log = logging.getLogger(_CONNECTION_LOG)
    log.setLevel(max(log.level, logging.INFO))
    arguments["sasl_mechanism"] = sasl.mechanism
    if sasl.mechanism == "OAUTHBEARER":
        arguments["sasl_oauth_token_provider"] = token_provider(sasl)
    else:
        assert sasl.username is not None and sasl.password is not None, "settings refuse a mechanism without"
        arguments["sasl_plain_username"] = sasl.username
        arguments["sasl_plain_password"] = sasl.password.get_secret_value()
    return arguments


def faust_credentials(arguments: ClientArguments) -> Credentials | None:
    """Returns the same for Faust's own clients: its `broker_credentials`, None where none are needed."""
    context = arguments.get("ssl_context")
    mechanism = arguments.get("sasl_mechanism")
    if mechanism == "OAUTHBEARER":
        return OAuthCredentials(oauth_cb=arguments["sasl_oauth_token_provider"], ssl_context=context)
    if mechanism is not None:
        return SASLCredentials(
            username=arguments["sasl_plain_username"],
            password=arguments["sasl_plain_password"],
            mechanism=mechanism,
            ssl_context=context,
        )
    return None if context is None else SSLCredentials(context)


def tls_context(tls: Tls) -> ssl.SSLContext:
    """Returns the context that proves the brokers, and us to them where we have a certificate.

    Host names and expiry are always checked, from TLS 1.2 on. Raises BrokerError.
    """
    if tls.ca_file is None:
        context = ssl.create_default_context()
    else:
        expected = Words("streams.tls.authorities")
        _read(tls.ca_file, expected)
        try:
            context = ssl.create_default_context(cafile=str(tls.ca_file))
        except ssl.SSLError:
            raise BrokerError(_problem(tls.ca_file, expected, Words("streams.tls.no_pem"))) from None
    if tls.certificate_file is not None:
        _own(context, tls, tls.certificate_file)
    return context


def _own(context: ssl.SSLContext, tls: Tls, certificate: Path) -> None:
    key = tls.key_file or certificate
    _read(certificate, Words("streams.tls.certificate"))
    _read(key, Words("streams.tls.key"))
    password = tls.key_password.get_secret_value() if tls.key_password is not None else ""
    try:
        # A password is always given: without one, OpenSSL would ask the terminal.
        context.load_cert_chain(certificate, key, password=password)
    except ssl.SSLError as error:
        mismatch = error.reason == "KEY_VALUES_MISMATCH"
        got = Words("streams.tls.other_key" if mismatch else "streams.tls.no_key")
        raise BrokerError(
            _problem(key, Words("streams.tls.key_of", {"certificate": certificate}), got)
        ) from None
    except ValueError:
        raise BrokerError(
            _problem(key, Words("streams.tls.password"), Words("streams.tls.long_password"))
        ) from None


def _read(path: Path, expected: Words) -> None:
    try:
        path.read_bytes()
    except OSError as error:
        raise BrokerError(_problem(path, expected, literal(error.strerror or "?"))) from None


def _problem(path: Path, expected: Words, got: Words) -> Problem:
    return Problem(str(path), expected, got)


def _protocol(kafka: Kafka) -> str:
    encrypted = kafka.tls.enabled
    if kafka.sasl.mechanism is not None:
        return "SASL_SSL" if encrypted else "SASL_PLAINTEXT"
    return "SSL" if encrypted else "PLAINTEXT"
