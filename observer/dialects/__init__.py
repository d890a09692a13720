"""Wire formats: one file each, bytes in, events out.

A dialect reads nothing but the record it is given and raises nothing: what cannot be read becomes
`Undecodable`, one for each event that cannot be read, so that one bad event leaves its batch whole.
"""

from observer.dialects.base import Dialect
from observer.dialects.registry import DIALECTS, recognise

__all__ = ["DIALECTS", "Dialect", "recognise"]
