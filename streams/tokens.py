"""Tokens for SASL/OAUTHBEARER: asked for with the client's credentials, or read from a file at every login."""

import asyncio
import ssl
import time
from base64 import b64encode
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_plus

import aiohttp
import msgspec
from aiokafka.abc import AbstractTokenProvider
from aiokafka.errors import KafkaError

from observer.errors import Problem, literal
from observer.messages import Words
from observer.settings import Sasl

SECONDS: Final = 10.0
"""That an answer with a token may take."""
_FRESH: Final = 0.8
"""Part of its life for which a token is handed out again."""
_LARGEST: Final = 1 << 20


class TokenError(KafkaError):  # type: ignore[misc]  # aiokafka's own errors are Any
    """No token is to be had. A KafkaError, since aiokafka's tasks die of any other.

    passing: whether one may be had later.
    """

    retriable = True

    def __init__(self, problem: Problem, *, passing: bool = False) -> None:
        super().__init__(problem.told())
        self.problem = problem
        self.passing = passing


class _Answer(msgspec.Struct):
    access_token: str
    expires_in: float = 0.0


def token_provider(sasl: Sasl) -> "AbstractTokenProvider":
    """Returns what gives aiokafka a token whenever it logs in."""
    if sasl.token_file is not None:
        return FileTokens(sasl.token_file)
    return AskedTokens(sasl)


class FileTokens(AbstractTokenProvider):  # type: ignore[misc]
    """A token in a file that something else keeps fresh."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def token(self) -> str:
        """Returns the file's token. Raises TokenError."""
        place, expected = str(self._path), Words("streams.token.in_file")
        try:
            token = (await asyncio.to_thread(self._path.read_text, "ascii")).strip()
        except OSError as error:
            raise TokenError(Problem(place, expected, literal(error.strerror or "?"))) from None
        except UnicodeDecodeError:
            raise TokenError(Problem(place, expected, Words("declaration.came.other_text"))) from None
        if not token or not token.isprintable():
            came = "declaration.came.other_text" if token else "declaration.came.empty"
            raise TokenError(Problem(place, expected, Words(came)))
        return token


class AskedTokens(AbstractTokenProvider):  # type: ignore[misc]
    """Tokens by the client credentials grant (RFC 6749, section 4.4), each used for most of its life."""

    def __init__(self, sasl: Sasl) -> None:
        assert sasl.token_url is not None and sasl.client_id is not None and sasl.client_secret is not None
        self._url = sasl.token_url
        # Section 2.3.1: both are form-encoded before they become a user and a password.
        login = f"{quote_plus(sasl.client_id)}:{quote_plus(sasl.client_secret.get_secret_value())}"
        self._headers = {"Authorization": f"Basic {b64encode(login.encode()).decode()}"}
        self._scope = sasl.scope
        self._ca_file = sasl.token_ca_file
        self._lock = asyncio.Lock()
        self._token = ""
        self._until = 0.0

    async def token(self) -> str:
        """Returns a token that is fresh. Raises TokenError."""
        async with self._lock:
            if time.monotonic() >= self._until:
                asked = time.monotonic()
                answer = await self._ask()
                self._token, self._until = answer.access_token, asked + answer.expires_in * _FRESH
            return self._token

    async def _ask(self) -> _Answer:
        form = {"grant_type": "client_credentials", **({"scope": self._scope} if self._scope else {})}
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, headers=self._headers) as session,
                session.post(self._url, data=form, ssl=self._tls(), allow_redirects=False) as response,
            ):
                if response.status != 200:
                    status = Words("streams.token.status", {"status": response.status})
                    raise self._error(status, passing=response.status >= 500)
                body = await response.content.read(_LARGEST)
        except TimeoutError:
            raise self._error(Words("streams.no_answer", {"seconds": f"{SECONDS:g}"}), passing=True) from None
        except (aiohttp.ClientError, OSError) as error:
            # The name of the error alone: its text can hold the address with what somebody wrote into it.
            raise self._error(literal(type(error).__name__), passing=True) from None
        try:
            answer = msgspec.json.decode(body, type=_Answer)
        except (msgspec.DecodeError, msgspec.ValidationError):
            raise self._error(Words("streams.token.no_answer")) from None
        if not answer.access_token or not answer.access_token.isprintable():
            raise self._error(Words("streams.token.no_answer"))
        return answer

    def _tls(self) -> Any:
        if self._ca_file is None:
            return True
        try:
            return ssl.create_default_context(cafile=str(self._ca_file))
        except OSError as error:
            expected = Words("streams.tls.authorities")
            raise TokenError(Problem(str(self._ca_file), expected, literal(error.strerror or "?"))) from None

    def _error(self, got: Words, *, passing: bool = False) -> TokenError:
        mend = Words("streams.token.mend")
        problem = Problem("kafka.sasl.token_url", Words("streams.token.answer"), got, mend=mend)
        return TokenError(problem, passing=passing)
