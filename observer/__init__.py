"""Martech Observer: checks marketing tracking events against contracts and consent, and measures them."""

from typing import Final

__version__: Final = "0.1.0"
