"""Cross-origin requests: declared origins only, with credentials, since trackers send cookies.

Source: Fetch standard, "HTTP-network-or-cache fetch" and "CORS protocol and credentials": with credentials an
origin must be echoed, never `*`.
"""

from collections.abc import Callable
from typing import Final

from aiohttp import web

_HEADERS: Final = "Content-Type, Content-Encoding, Authorization, AnonymousId, SP-Anonymous, X-Retry-Count"
_SECONDS: Final = "600"


class Cors:
    """Adds the headers that let a browser read an answer, where its page's origin is declared."""

    def __init__(self, declared: Callable[[str], bool]) -> None:
        self._declared = declared

    def allow(self, request: web.Request, response: web.Response) -> None:
        """Echoes the request's origin where it is declared; always tells caches that the origin matters."""
        response.headers["Vary"] = "Origin"
        origin = request.headers.get("Origin", "")
        if origin and self._declared(origin):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Credentials"] = "true"

    async def preflight(self, request: web.Request) -> web.Response:
        """Answers OPTIONS: 204, with the permissions where the origin is declared, without them where not."""
        response = web.Response(status=204)
        self.allow(request, response)
        if "Access-Control-Allow-Origin" in response.headers:
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Allow-Headers"] = _HEADERS
            response.headers["Access-Control-Max-Age"] = _SECONDS
        return response
