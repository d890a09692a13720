"""The page behind a test client, and its HTML taken apart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import Any, NamedTuple

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from fabricated_company import NOW, budgets, busy_hour, catalog, found, newest, readings

from observer.web import PageView, add_page
from observer.windows.readings import Readings

Client = TestClient[web.Request, web.Application]


def busy(since: float, until: float, step: int) -> Readings:
    return readings(busy_hour(), [found(9), found(5)], newest(), round(until - since), step)


def view(**changes: Any) -> PageView:
    return PageView(catalog=catalog, readings=busy, now=lambda: NOW, budgets=budgets)._replace(**changes)


@asynccontextmanager
async def visiting(shown: PageView) -> AsyncIterator[Client]:
    """A browser without a window at `shown`, under the name localhost."""
    app = web.Application()
    add_page(app, shown)
    async with TestClient(TestServer(app, host="localhost")) as client:
        yield client


class Element(NamedTuple):
    tag: str
    attributes: dict[str, str]


class Outline(HTMLParser):
    """Every element of a page in its order, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [element.attributes for element in self.elements if element.tag == tag]
