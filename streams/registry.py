"""A Confluent Schema Registry: what the schemas are that framed payloads name by their ids.

Source: Confluent's Schema Registry API, `GET /schemas/ids/{id}`. A schema never changes under its id.
"""

import asyncio
import io
import ssl
from base64 import b64encode
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import aiohttp
import fastavro
import msgspec

from observer.errors import BrokerError, Problem, literal
from observer.messages import Words
from observer.model import Undecodable
from observer.settings import Registry as Settings
from streams.wire import payload, schema_id

_SECONDS: Final = 10.0
_MOST_SCHEMAS: Final = 1_000
_AT_ONCE: Final = 8
_UNKNOWN: Final = 404

UNKNOWN_SCHEMA: Final = Undecodable(
    "unknown_schema", "$", "a schema of the registry", "an id that it does not know"
)
OTHER_TYPE: Final = Undecodable("schema_type", "$", "JSON or Avro", "a payload of another schema type")
MISMATCH: Final = Undecodable("schema_mismatch", "$", "bytes that fit their schema", "other bytes")


class _Answer(msgspec.Struct):
    schema: str
    schemaType: str = "AVRO"  # noqa: N815  (the registry's word)
    references: tuple[dict[str, Any], ...] = ()


class Schema(NamedTuple):
    """kind: as the registry names it; avro: the parsed schema of Avro, or None."""

    kind: str
    avro: Any = None


class Registry:
    """Asks for each schema once. `learn` what a chunk names, then `unwrap` its values."""

    def __init__(self, settings: Settings) -> None:
        """Raises BrokerError where the file of certificates cannot be read."""
        assert settings.url is not None
        self._address = settings.url.rstrip("/")
        self._headers = _login(settings)
        self._tls = _context(settings)
        self._schemas: dict[int, Schema | None] = {}

    async def learn(self, values: Iterable[bytes]) -> None:
        """Returns once the schema of each framed value is known, or known not to be there.

        Raises BrokerError where the registry does not answer: then nothing can be said of these values.
        """
        wanted = {schema_id(value) for value in values} - self._schemas.keys()
        if not wanted:
            return
        if len(self._schemas) > _MOST_SCHEMAS:
            self._schemas.clear()
        limit = asyncio.Semaphore(_AT_ONCE)
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        async with aiohttp.ClientSession(headers=self._headers, timeout=timeout) as session:

            async def one(number: int) -> None:
                async with limit:
                    self._schemas[number] = await self._ask(session, number)

            await asyncio.gather(*map(one, wanted))

    def unwrap(self, _topic: str, value: bytes) -> bytes | Undecodable:
        """Returns the payload of a framed value as JSON, or why there is none."""
        schema = self._schemas.get(schema_id(value))
        if schema is None:
            return UNKNOWN_SCHEMA
        if schema.kind == "JSON":
            return payload(value)
        return OTHER_TYPE if schema.avro is None else _from_avro(payload(value), schema.avro)

    async def _ask(self, session: aiohttp.ClientSession, number: int) -> Schema | None:
        address = f"{self._address}/schemas/ids/{number}"
        try:
            async with session.get(address, ssl=self._tls) as answer:
                if answer.status == _UNKNOWN:
                    return None
                answer.raise_for_status()
                said = msgspec.json.decode(await answer.read(), type=_Answer)
        except (aiohttp.ClientError, TimeoutError, msgspec.DecodeError) as error:
            got = literal(
                error.status if isinstance(error, aiohttp.ClientResponseError) else type(error).__name__
            )
            raise BrokerError(Problem(self._address, Words("workers.registry"), got)) from None
        return _schema(said)


def _schema(said: _Answer) -> Schema:
    if said.schemaType != "AVRO" or said.references:
        # What refers to other schemas would need all of them.
        return Schema("JSON" if said.schemaType == "JSON" else "other")
    try:
        return Schema("AVRO", fastavro.parse_schema(msgspec.json.decode(said.schema)))
    except (msgspec.DecodeError, fastavro.schema.SchemaParseException, KeyError, TypeError, ValueError):
        return Schema("other")


def _from_avro(data: bytes, schema: Any) -> bytes | Undecodable:
    source = io.BytesIO(data)
    try:
        value = fastavro.schemaless_reader(source, schema, None)
        if source.read(1):
            return MISMATCH
        return msgspec.json.encode(value)
    except (
        Exception
    ):  # fastavro raises whatever its bytes lead it to: IndexError, EOFError, struct.error, ...
        return MISMATCH


def _login(settings: Settings) -> dict[str, str]:
    if settings.username is None:
        return {}
    password = settings.password.get_secret_value() if settings.password is not None else ""
    return {"Authorization": "Basic " + b64encode(f"{settings.username}:{password}".encode()).decode()}


def _context(settings: Settings) -> ssl.SSLContext | bool:
    if settings.ca_file is None:
        return True
    try:
        return ssl.create_default_context(cafile=str(settings.ca_file))
    except (OSError, ssl.SSLError):
        got = Words("streams.tls.no_pem")
        raise BrokerError(Problem(str(settings.ca_file), Words("streams.tls.authorities"), got)) from None
