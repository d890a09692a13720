"""Who may see the page: the Host that was asked for, the token, the session that stands for it."""

import hashlib
import hmac
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from observer.errors import ObserverError, Problem
from observer.messages import Words
from observer.web.view import PageView

COOKIE: Final = "observer_session"
SESSION_SECONDS: Final = 12 * 3600


class RefusedError(ObserverError):
    """A request that is not answered: its status and why."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(problem)
        self.status = status


class Guard:
    """Decides by one view's token and hosts. Every comparison with a secret takes constant time."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._secret = _bytes(view.token)

    @property
    def asks(self) -> bool:
        """Whether a token is asked for."""
        return bool(self._secret)

    def check_host(self, request: web.Request) -> None:
        """Raises RefusedError where no token is asked and the Host header names another machine."""
        if self.asks or _host_name(request.headers.get("Host", "")) in self._view.hosts:
            return
        raise RefusedError(
            403,
            Problem(
                "Host",
                Words("page.refused.host"),
                Words("page.refused.host.got"),
                mend=Words("page.refused.host.mend"),
            ),
        )

    def admits(self, request: web.Request) -> bool:
        """Returns whether the request carries the token as Bearer, or a session that began with it, or none is
        asked. A token in the address is no token: addresses end up in logs."""
        if not self.asks:
            return True
        scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self.fits(credentials.strip())
        return self._session_holds(request.cookies.get(COOKIE, ""))

    def check_token(self, request: web.Request) -> None:
        """Raises RefusedError where `admits` says no."""
        if not self.admits(request):
            raise RefusedError(
                401, Problem("Authorization", Words("page.refused.token"), Words("page.refused.token.got"))
            )

    def check_same_site(self, request: web.Request) -> None:
        """Raises RefusedError where a browser says that another site's page sends this form."""
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        origin = request.headers.get("Origin", "")
        if site in {"same-origin", "none"} and (not origin or urlsplit(origin).netloc == request.host):
            return
        raise RefusedError(
            403, Problem("Origin", Words("page.refused.origin"), Words("page.refused.origin.got"))
        )

    def fits(self, token: str) -> bool:
        """Returns whether this is the token."""
        return hmac.compare_digest(_digest(b"token", _bytes(token)), _digest(b"token", self._secret))

    def begin_session(self, request: web.Request, response: web.StreamResponse) -> None:
        """Sets the cookie that stands for the token until it expires, and from which it cannot be learned."""
        ends = str(int(self._view.now()) + SESSION_SECONDS)
        response.set_cookie(
            COOKIE,
            f"{ends}.{self._sign(ends)}",
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="Strict",
            secure=self._view.secure or request.secure,
        )

    def _session_holds(self, cookie: str) -> bool:
        ends, _, signature = cookie.partition(".")
        signed = hmac.compare_digest(_bytes(signature), _bytes(self._sign(ends)))
        return signed and int(ends) > self._view.now()

    def _sign(self, ends: str) -> str:
        return _digest(self._secret, b"page session until " + _bytes(ends)).hex()


def _digest(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _bytes(text: str) -> bytes:
    # What a client sent need not be UTF-8: its bytes come as lone surrogates and go back to what they were.
    return text.encode("utf-8", "surrogateescape")


def _host_name(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
