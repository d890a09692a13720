"""The engine: a chunk of records in, everything that is known about them out. Pure."""

from observer.engine.memory import Memory
from observer.engine.observe import observe
from observer.engine.remember import remember
from observer.engine.result import Chunk, Result
from observer.engine.tally import Limits

__all__ = ["Chunk", "Limits", "Memory", "Result", "observe", "remember"]
