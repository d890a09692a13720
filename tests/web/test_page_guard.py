"""Who may see the page, and what a browser may do with it."""

import asyncio
import re

import pytest
from fabricated_company import NOW
from page_client import view, visiting

from observer.web.guard import COOKIE, SESSION_SECONDS
from observer.web.pages import FORM_BYTES, SECURITY_HEADERS

TOKEN = "a-token-só-long-that-nobody-guesses"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

HOSTS = {
    "its name": ("localhost:8080", 200),
    "its address": ("127.0.0.1:8080", 200),
    "its address of the newer kind": ("[::1]:8080", 200),
    "in capitals": ("LOCALHOST", 200),
    "a name that someone pointed here": ("evil.example:8080", 403),
    "a name that begins like ours": ("localhost.evil.example", 403),
    "a name in front of ours": ("evil.example@localhost.evil.example", 403),
    "none": ("", 403),
    "what is no host": ("[::1", 403),
}


@pytest.mark.parametrize(("host", "status"), HOSTS.values(), ids=HOSTS)
async def test_without_a_token_only_this_machine_may_be_asked_for(host: str, status: int) -> None:
    async with visiting(view()) as client:
        for path in ("/", "/api/summary", "/static/page.css"):
            assert (await client.get(path, headers={"Host": host})).status == status


async def test_a_configured_name_is_as_good_and_a_token_makes_any_name_good() -> None:
    elsewhere = {"Host": "observer.maison-lumiere.example"}
    named = view(hosts=frozenset({"observer.maison-lumiere.example"}))
    async with visiting(named) as client:
        assert (await client.get("/", headers=elsewhere)).status == 200
    async with visiting(view(token=TOKEN)) as client:
        assert (await client.get("/", headers=elsewhere | BEARER)).status == 200


PATHS = ("/", "/?fragment=1", "/api/summary", "/static/page.css", "/static/none", "/?period=oops")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", ["", TOKEN])
async def test_every_answer_binds_the_browser(path: str, token: str) -> None:
    async with visiting(view(token=token)) as client:
        answer = await client.get(path)
    assert {name: answer.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "Access-Control-Allow-Origin" not in answer.headers
    if "/static/page" not in path:
        assert answer.headers.get("Cache-Control", "no-store") == "no-store"


async def test_without_the_token_nothing_is_shown_but_the_door() -> None:
    async with visiting(view(token=TOKEN)) as client:
        page = await client.get("/?lang=fr")
        assert page.status == 401
        assert "Se connecter" in await page.text()
        assert "Maison" not in await page.text()
        assert (await client.get("/?fragment=1")).status == 401
        assert await (await client.get("/?fragment=1")).text() == ""
        api = await client.get("/api/summary")
        assert api.status == 401
        assert list(await api.json()) == ["error"]


CREDENTIALS = {
    "the token": (f"Bearer {TOKEN}", 200),
    "the scheme in another case": (f"bearer {TOKEN}", 200),
    "another token": ("Bearer other", 401),
    "a beginning of it": (f"Bearer {TOKEN[:-1]}", 401),
    "nothing": ("Bearer ", 401),
    "another scheme": (f"Basic {TOKEN}", 401),
}


@pytest.mark.parametrize(("credentials", "status"), CREDENTIALS.values(), ids=CREDENTIALS)
async def test_bearer(credentials: str, status: int) -> None:
    headers = {"Authorization": credentials}
    async with visiting(view(token=TOKEN)) as client:
        assert (await client.get("/api/summary", headers=headers)).status == status
        assert (await client.get("/", headers=headers)).status == status


@pytest.mark.parametrize("header", [b"Authorization: Bearer \xff\xfe", b"Cookie: observer_session=1.\xff"])
async def test_credentials_that_are_no_text_are_refused_like_others(header: bytes) -> None:
    async with visiting(view(token=TOKEN)) as client:
        reader, writer = await asyncio.open_connection(client.host, client.port)
        writer.write(
            b"GET /api/summary HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + b"\r\n\r\n"
        )
        assert (await reader.readline()).split()[1] == b"401"
        writer.close()
        await writer.wait_closed()


async def test_a_token_in_the_address_is_none() -> None:
    async with visiting(view(token=TOKEN)) as client:
        assert (await client.get("/", params={"token": TOKEN})).status == 401
        assert (
            await client.get("/api/summary", params={"token": TOKEN, "access_token": TOKEN})
        ).status == 401


async def test_the_form_begins_a_session_that_ends() -> None:
    clock = [NOW]
    async with visiting(view(token=TOKEN, now=lambda: clock[0])) as client:
        form = {"token": TOKEN, "address": "/?lang=fr&period=24h"}
        answer = await client.post("/sign-in", data=form, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/?lang=fr&period=24h")
        cookie = answer.headers["Set-Cookie"]
        assert {"HttpOnly", "SameSite=Strict", "Path=/", f"Max-Age={SESSION_SECONDS}"} <= set(
            cookie.split("; ")
        )
        assert TOKEN not in cookie
        assert "Secure" not in cookie
        assert (await client.get("/")).status == 200
        assert (await client.get("/api/summary")).status == 200
        clock[0] += SESSION_SECONDS + 1
        assert (await client.get("/")).status == 401


async def test_behind_a_proxy_with_tls_the_cookie_goes_by_tls_only() -> None:
    async with visiting(view(token=TOKEN, secure=True)) as client:
        answer = await client.post("/sign-in", data={"token": TOKEN}, allow_redirects=False)
        assert "Secure" in answer.headers["Set-Cookie"]


async def test_a_session_cannot_be_made_up_or_made_longer() -> None:
    async with visiting(view(token=TOKEN)) as client:
        answer = await client.post("/sign-in", data={"token": TOKEN}, allow_redirects=False)
        found = re.match(rf"{COOKIE}=(\d+)\.(\w+);", answer.headers["Set-Cookie"])
        assert found
        client.session.cookie_jar.clear()
        for forged in (
            f"{int(found[1]) + 1}.{found[2]}", f"{found[1]}.{'0' * 64}", f"{found[1]}.", "", "x", f".{found[2]}",
            f"{found[1]}.é",
        ):  # fmt: skip
            headers = {"Cookie": f"{COOKIE}={forged}"}
            assert (await client.get("/", headers=headers)).status == 401
        whole = {"Cookie": f"{COOKIE}={found[1]}.{found[2]}"}
        assert (await client.get("/", headers=whole)).status == 200


async def test_a_wrong_token_is_told_and_begins_nothing() -> None:
    async with visiting(view(token=TOKEN)) as client:
        answer = await client.post("/sign-in?lang=en", data={"token": "guess"})
        assert answer.status == 401
        assert "That is not the token" in await answer.text()
        assert "guess" not in await answer.text()
        assert "Set-Cookie" not in answer.headers


async def test_signing_out_ends_the_session() -> None:
    async with visiting(view(token=TOKEN)) as client:
        await client.post("/sign-in", data={"token": TOKEN})
        assert (await client.get("/")).status == 200
        await client.post("/sign-out", allow_redirects=False)
        assert (await client.get("/")).status == 401


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "/other", ""]
)
async def test_nobody_is_sent_to_another_site(address: str) -> None:
    async with visiting(view(token=TOKEN)) as client:
        form = {"token": TOKEN, "address": address}
        answer = await client.post("/sign-in", data=form, allow_redirects=False)
        assert answer.headers["Location"] == "/"


async def test_a_form_that_is_none_is_refused() -> None:
    async with visiting(view(token=TOKEN)) as client:
        for body, headers in (
            (b"token=" + b"a" * FORM_BYTES, FORM),
            (b'{"token": "a"}', {"Content-Type": "application/json"}),
        ):
            assert (await client.post("/sign-in", data=body, headers=headers)).status == 400
        assert (await client.post("/sign-in", data=b"\xff\xfe", headers=FORM)).status == 401


async def test_only_the_pages_own_files_are_served_and_may_be_kept() -> None:
    async with visiting(view()) as client:
        style = await client.get("/static/page.css")
        assert style.content_type == "text/css"
        assert "immutable" in style.headers["Cache-Control"]
        for name in ("..%2fview.py", "page.html", "nothing"):
            assert (await client.get(f"/static/{name}")).status == 404
