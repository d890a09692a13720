"""Routes of the page: what is asked, whether it may be seen, what is answered."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias
from urllib.parse import parse_qsl, urlencode

import msgspec
from aiohttp import web

from observer.errors import InputError, ObserverError, Problem, StoreError
from observer.messages import Lang, Words
from observer.web import assets
from observer.web.api import as_plain
from observer.web.consent_form import FORM_BYTES as CONSENT_FORM_BYTES
from observer.web.consent_form import answered_page, empty_page
from observer.web.desk import Desk
from observer.web.guard import COOKIE, Guard, RefusedError
from observer.web.question import ask, language
from observer.web.rendering import Renderer
from observer.web.view import PageView

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_NOT_KEPT: Final = {"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"}
_KEPT: Final = {"Cache-Control": "public, max-age=31536000, immutable"}

FORM_BYTES: Final = 4096


def add_page(app: web.Application, view: PageView) -> None:
    """Adds the page, its API and its files to an application."""
    app.add_routes(page_routes(view))


def page_routes(view: PageView) -> list[web.RouteDef]:
    """Returns the routes `/`, `/api/summary`, `/consent`, `/sign-in`, `/sign-out` and `/static/{name}`."""
    site = _Site(view)
    return [
        web.get("/", site.guarded(site.page)),
        web.get("/api/summary", site.guarded(site.api)),
        web.get("/consent", site.guarded(site.consent)),
        web.post("/consent", site.guarded(site.explain)),
        web.post("/sign-in", site.guarded(site.sign_in)),
        web.post("/sign-out", site.guarded(site.sign_out)),
        web.get("/static/{name}", site.guarded(site.static)),
    ]


class _Site:
    def __init__(self, view: PageView) -> None:
        self._view = view
        self._guard = Guard(view)
        self._desk = Desk(view)
        self._assets = assets.load()
        self._renderer = Renderer(self._assets, asks=self._guard.asks)

    def guarded(self, handler: Handler) -> Handler:
        """Returns the handler behind the Host check, its refusals in words, its answers with our headers."""

        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                self._guard.check_host(request)
                response = await handler(request)
            except ObserverError as error:
                response = self._refusal(request, error)
            for name, value in SECURITY_HEADERS.items():
                response.headers[name] = value
            return response

        return answer

    async def page(self, request: web.Request) -> web.StreamResponse:
        fragment = "fragment" in request.query
        if not self._guard.admits(request):
            if fragment:
                return web.Response(status=401, headers=_NOT_KEPT)
            return self._form(request, wrong=False)
        catalog = self._view.catalog()
        question = ask(
            request.query, request.headers.get("Accept-Language", ""), self._view.language, catalog
        )
        origin = f"{request.scheme}://{request.host}"

        def rendered() -> str:
            summary = self._desk.summary(catalog, question.choice)
            return self._renderer.page(summary, catalog, question, origin, fragment=fragment)

        return _html(await asyncio.to_thread(rendered), question.lang)

    async def api(self, request: web.Request) -> web.StreamResponse:
        self._guard.check_token(request)
        catalog = self._view.catalog()
        question = ask(request.query, "", "en", catalog)
        summary = await asyncio.to_thread(self._desk.summary, catalog, question.choice)
        return _json(as_plain(summary))

    async def consent(self, request: web.Request) -> web.StreamResponse:
        if not self._guard.admits(request):
            return self._form(request, wrong=False)
        lang, catalog = self._language(request), self._view.catalog()
        page = await asyncio.to_thread(empty_page, self._view, catalog, lang)
        return _html(self._renderer.consent(page, lang), lang)

    async def explain(self, request: web.Request) -> web.StreamResponse:
        self._guard.check_same_site(request)
        if not self._guard.admits(request):
            return self._form(request, wrong=False)
        lang, catalog = self._language(request), self._view.catalog()
        form = await _form_of(request, CONSENT_FORM_BYTES)
        page = await asyncio.to_thread(answered_page, self._view, catalog, form, lang)
        return _html(self._renderer.consent(page, lang), lang, 400 if page.problem else 200)

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        form = await _form_of(request)
        if self._guard.asks and not self._guard.fits(form.get("token", "")):
            return self._form(request, wrong=True, address=form.get("address", ""))
        response = _see_other(_own_path(form.get("address", "")))
        if self._guard.asks:
            self._guard.begin_session(request, response)
        return response

    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        response = _see_other("/")
        response.del_cookie(COOKIE)
        return response

    async def static(self, request: web.Request) -> web.StreamResponse:
        found = self._assets.get(request.match_info["name"])
        if found is None:
            raise RefusedError(
                404, Problem("/static", Words("page.refused.file"), Words("page.refused.host.got"))
            )
        return web.Response(body=found.body, content_type=found.content_type, charset="utf-8", headers=_KEPT)

    def _form(self, request: web.Request, *, wrong: bool, address: str | None = None) -> web.Response:
        lang = self._language(request)
        if address is None:
            query = urlencode([(name, value) for name, value in request.query.items() if name != "fragment"])
            path = "/consent" if request.path == "/consent" else "/"
            address = f"{path}?{query}" if query else path
        return _html(self._renderer.sign_in(lang, _own_path(address), wrong=wrong), lang, 401)

    def _refusal(self, request: web.Request, error: ObserverError) -> web.Response:
        status = _status(error)
        if request.path.startswith("/api/"):
            return _json({"error": error.told("en")}, status)
        lang = self._language(request)
        return _html(self._renderer.refusal(error, lang), lang, status)

    def _language(self, request: web.Request) -> Lang:
        return language(request.query, request.headers.get("Accept-Language", ""), self._view.language)[0]


async def _form_of(request: web.Request, most: int = FORM_BYTES) -> dict[str, str]:
    """A form of a few fields. Its size is bounded by what is read, not by what the client says."""
    body = b""
    if request.content_type == "application/x-www-form-urlencoded":
        async for piece in request.content.iter_chunked(most):
            body += piece
            if len(body) > most:
                break
        else:
            return dict(parse_qsl(body.decode("utf-8", "replace")))
    raise RefusedError(400, Problem(request.path, Words("page.refused.form"), Words("page.refused.form.got")))


def _own_path(address: str) -> str:
    """The address where it is a path of this page, else `/`: nobody is sent to another site."""
    return address if address in {"/", "/consent"} or address.startswith(("/?", "/consent?")) else "/"


def _status(error: ObserverError) -> int:
    if isinstance(error, RefusedError):
        return error.status
    return {InputError: 400, StoreError: 503}.get(type(error), 500)


def _see_other(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address, **_NOT_KEPT})


def _html(text: str, lang: Lang, status: int = 200) -> web.Response:
    headers = {**_NOT_KEPT, "Content-Language": lang}
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def _json(content: object, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(content),
        status=status,
        content_type="application/json",
        headers=_NOT_KEPT,
    )
