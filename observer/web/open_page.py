"""A page on an address that others reach asks for a token."""

from observer.errors import Problem, SettingsError, literal
from observer.messages import Words
from observer.settings import Settings
from observer.web.view import LOCAL_HOSTS


def refuse_open_page(settings: Settings) -> None:
    """Raises SettingsError where the page would be open to others: another host than this one, and no token."""
    if settings.host in LOCAL_HOSTS or settings.page_token:
        return
    expected, mend = Words("cli.run.token"), Words("cli.run.token_mend")
    raise SettingsError(Problem("page_token", expected, literal(f"`host: {settings.host}`"), mend=mend))
