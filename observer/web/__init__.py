"""The page and its API: one period in numbers, for marketing and for IT, in English and French."""

from observer.web.pages import add_page, page_routes
from observer.web.view import LOCAL_HOSTS, PageView

__all__ = ["LOCAL_HOSTS", "PageView", "add_page", "page_routes"]
