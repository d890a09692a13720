"""Whether the settings lead to a broker: one try, bounded in time, each way that it fails told with its mend.

aiokafka's own clients log what goes wrong and then say only that they could not begin.
"""

import asyncio
import os
import socket
import ssl
from collections.abc import Sequence
from typing import Any, Final

from aiokafka.conn import AIOKafkaConnection
from aiokafka.errors import (
    IllegalSaslStateError,
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.protocol.metadata import MetadataRequest

from observer.errors import BrokerError, Problem, UnreachableError, literal
from observer.messages import Words
from observer.settings import Kafka
from streams.connection import ClientArguments
from streams.tokens import TokenError

SECONDS: Final = 10.0
"""That one broker may take to answer."""

_EXPIRED: Final = 10
_OTHER_HOST: Final = frozenset({62, 64})
_UNKNOWN_ISSUER: Final = frozenset({2, 18, 19, 20, 21})
"""OpenSSL's codes of why a certificate is refused: `openssl-verify`, X509_V_ERR_*."""


async def reach(kafka: Kafka, arguments: ClientArguments, seconds: float = SECONDS) -> None:
    """Returns once a broker has answered by its bootstrap address, and one by the address that it advertises.

    Raises UnreachableError where no broker answers, which may pass; BrokerError where one refuses us or we refuse
    it, which will not. Either comes within twice `seconds`.
    """
    hosts = [_host_and_port(address) for address in arguments["bootstrap_servers"]]
    advertised = await _first(hosts, kafka, arguments, seconds)
    await _first(advertised, kafka, arguments, seconds, advertised=True)


async def _first(
    hosts: Sequence[tuple[str, int]],
    kafka: Kafka,
    arguments: ClientArguments,
    seconds: float,
    *,
    advertised: bool = False,
) -> Sequence[tuple[str, int]]:
    """Returns the addresses that the brokers advertise, as the first that answers tells them."""
    tries = [
        asyncio.create_task(_one(host, port, kafka, arguments, seconds, advertised)) for host, port in hosts
    ]
    errors: list[BrokerError] = []
    try:
        for one in asyncio.as_completed(tries):
            try:
                return await one
            except BrokerError as error:
                errors.append(error)
    finally:
        for task in tries:
            task.cancel()
        await asyncio.wait(tries)
    raise _worst(errors)


def _worst(errors: Sequence[BrokerError]) -> BrokerError:
    """Returns what no patience mends, where there is such a thing, else that nobody answers."""
    lasting = [error for error in errors if not isinstance(error, UnreachableError)]
    kind = BrokerError if lasting else UnreachableError
    return kind(problem for error in lasting or errors for problem in error.problems)


async def _one(
    host: str, port: int, kafka: Kafka, arguments: ClientArguments, seconds: float, advertised: bool
) -> Sequence[tuple[str, int]]:
    given = {name: value for name, value in arguments.items() if name != "bootstrap_servers"}
    place = f"{host}:{port}"
    connection = AIOKafkaConnection(host, port, **given)
    try:
        async with asyncio.timeout(seconds):
            await connection.connect()
            answer = await connection.send(MetadataRequest([]))
    except TokenError as error:
        kind = UnreachableError if error.passing else BrokerError
        raise kind(error.problem) from None
    except TimeoutError:
        got = Words("streams.no_answer", {"seconds": f"{seconds:g}"})
        raise _unreachable(place, got, advertised) from None
    except (OSError, KafkaError, ValueError) as error:
        raise _told(place, error, kafka, advertised) from None
    finally:
        await _closed(connection)
    if not answer.brokers:
        # A broker refuses a token inside the login's last answer, which aiokafka takes for a yes. What is asked next
        # it then answers with nothing.
        raise _refused(place, "login", kafka)
    return [(broker[1], broker[2]) for broker in answer.brokers]


async def _closed(connection: AIOKafkaConnection) -> None:
    """Returns once the socket is closed, or after a second."""
    closed = connection.close()
    if connection._protocol is not None:
        await asyncio.wait({closed}, timeout=1)


def _told(place: str, error: Exception, kafka: Kafka, advertised: bool) -> BrokerError:
    """Returns what a try ended with, in the words of the house."""
    cause: BaseException = error.__cause__ or error
    if isinstance(cause, ssl.SSLError):
        return _of_tls(place, cause, kafka)
    if isinstance(error, SaslAuthenticationFailed):
        return _refused(place, "login", kafka)
    if isinstance(error, UnsupportedSaslMechanismError | IllegalSaslStateError):
        return _refused(place, "mechanism", kafka)
    if isinstance(error, ValueError):
        # SCRAM proves the broker to us as well; only one that knows the password can.
        return BrokerError(_problem(place, "streams.expect_broker", Words("streams.got_false_proof")))
    if isinstance(error, socket.gaierror):
        return _unreachable(place, Words("streams.got_no_such_host"), advertised)
    if isinstance(error, KafkaConnectionError | ConnectionResetError):
        return _unreachable(place, Words("streams.got_hung_up"), advertised, "streams.mend_hung_up")
    if isinstance(error, OSError):
        told = os.strerror(error.errno) if error.errno else type(error).__name__
        return _unreachable(place, literal(told), advertised)
    return BrokerError(_problem(place, "streams.expect_broker", literal(type(error).__name__)))


def _of_tls(place: str, error: ssl.SSLError, kafka: Kafka) -> BrokerError:
    own = kafka.tls.certificate_file is not None
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code == _EXPIRED:
            code = "expired"
        elif error.verify_code in _OTHER_HOST:
            code = "other_host"
        elif error.verify_code in _UNKNOWN_ISSUER:
            code = "unknown_issuer"
        else:
            got = literal(error.verify_message)
            return BrokerError(_problem(place, "streams.tls.expect_trusted", got))
        return BrokerError(
            _problem(
                place,
                "streams.tls.expect_trusted",
                Words(f"streams.tls.got_{code}"),
                f"streams.tls.mend_{code}",
            )
        )
    reason = error.reason or ""
    if "ALERT" in reason:
        # The broker says in an alert that it does not take our certificate, or that it wants one.
        code = "refused_ours" if own else "wants_ours"
        return BrokerError(
            _problem(
                place, "streams.expect_accepted", Words(f"streams.tls.got_{code}"), f"streams.tls.mend_{code}"
            )
        )
    return BrokerError(
        _problem(
            place,
            "streams.tls.expect_tls",
            literal(reason or type(error).__name__),
            "streams.tls.mend_no_tls",
        )
    )


def _refused(place: str, what: str, kafka: Kafka) -> BrokerError:
    mechanism = kafka.sasl.mechanism
    token = what == "login" and mechanism == "OAUTHBEARER"
    values: dict[str, Any] = {"mechanism": mechanism}
    return BrokerError(
        Problem(
            place,
            Words(f"streams.sasl.expect_{what}", values),
            Words(f"streams.sasl.got_no_{what}"),
            mend=Words(f"streams.sasl.mend_{'token' if token else what}", values),
        )
    )


def _unreachable(place: str, got: Words, advertised: bool, mend: str = "") -> UnreachableError:
    mend = mend or ("streams.mend_advertised" if advertised else "streams.mend_unreachable")
    return UnreachableError(_problem(place, "streams.expect_broker", got, mend))


def _problem(place: str, expected: str, got: Words, mend: str = "") -> Problem:
    return Problem(place, Words(expected), got, mend=Words(mend) if mend else None)


def _host_and_port(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host, int(port)
