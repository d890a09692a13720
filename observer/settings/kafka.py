"""The settings of the workers on Kafka. Plain data: what speaks to a broker is not here."""

from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field, SecretStr

from observer.settings.sections import Positive, Section

CLEAR_TEXT: Final = "I accept that passwords travel in clear text"
"""What an operator must write who wants a password to travel without TLS."""

Name: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,100}$")]
"""Part of the name of a topic, a group or a transactional id, as Kafka takes them."""

Seconds: TypeAlias = Annotated[float, Field(gt=0)]
Mechanism: TypeAlias = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"]


class Tls(Section):
    """How the brokers prove who they are, and how we do."""

    enabled: bool = Field(default=False, description="Whether connections to the brokers are encrypted.")
    ca_file: Path | None = Field(
        default=None,
        description="Certificates (PEM) of those who may vouch for a broker. Without one: the system's own.",
    )
    certificate_file: Path | None = Field(
        default=None, description="Our own certificate (PEM), for brokers that ask for one."
    )
    key_file: Path | None = Field(
        default=None,
        description="The private key (PEM) of that certificate. Without one: in the certificate's file.",
    )
    key_password: SecretStr | None = Field(
        default=None, description="The password of that key. Better set by the environment."
    )
    key_password_file: Path | None = Field(default=None, description="A file that holds that password.")


class Sasl(Section):
    """Who we are to the brokers."""

    mechanism: Mechanism | None = Field(
        default=None,
        description="`PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` or `OAUTHBEARER`. Without one: no SASL.",
    )
    username: Annotated[str, Field(min_length=1)] | None = Field(
        default=None, description="The user's name, for PLAIN and SCRAM."
    )
    password: SecretStr | None = Field(
        default=None, description="The user's password. Better set by the environment."
    )
    password_file: Path | None = Field(default=None, description="A file that holds that password.")
    token_url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = Field(
        default=None, description="For OAUTHBEARER: where a token is asked for with the client's credentials."
    )
    client_id: Annotated[str, Field(min_length=1)] | None = Field(
        default=None, description="The client's id at that address."
    )
    client_secret: SecretStr | None = Field(
        default=None, description="The client's secret there. Better set by the environment."
    )
    client_secret_file: Path | None = Field(default=None, description="A file that holds that secret.")
    scope: Annotated[str, Field(min_length=1)] | None = Field(
        default=None, description="The scope that is asked for there, where one is needed."
    )
    token_ca_file: Path | None = Field(
        default=None,
        description="Certificates (PEM) of those who may vouch for that address. Without one: the system's own.",
    )
    token_file: Path | None = Field(
        default=None,
        description="For OAUTHBEARER, instead of an address: a file that holds the token, read at every login.",
    )
    without_tls: Literal["I accept that passwords travel in clear text"] | None = Field(
        default=None,
        description=f"`{CLEAR_TEXT}`, in these words, where SASL is wanted without TLS.",
    )


class Registry(Section):
    """The schema registry of payloads in Avro and Protobuf."""

    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = Field(
        default=None, description="Address. Without one: such payloads are `undecodable`."
    )
    username: Annotated[str, Field(min_length=1)] | None = Field(
        default=None, description="The user's name there."
    )
    password: SecretStr | None = Field(
        default=None, description="The user's password there. Better set by the environment."
    )
    password_file: Path | None = Field(default=None, description="A file that holds that password.")
    ca_file: Path | None = Field(
        default=None,
        description="Certificates (PEM) of those who may vouch for it. Without one: the system's own.",
    )
    without_tls: Literal["I accept that passwords travel in clear text"] | None = Field(
        default=None, description=f"`{CLEAR_TEXT}`, where a password is wanted without TLS."
    )


class Kafka(Section):
    """The workers of `observer stream`: where the brokers are, what is written, and how much at a time."""

    bootstrap: Annotated[str, Field(pattern=r"^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$")] = Field(
        default="localhost:9092", description="Brokers to begin with, as `host:port,host:port`."
    )
    application: Name = Field(
        default="martech-observer",
        description="What the names of our consumer groups and transactional ids begin with.",
    )
    prefix: Name = Field(
        default="martech.", description="What the names of the topics that we write begin with."
    )
    workers: Positive = Field(
        default=1,
        description="Processes on this machine: one a core at most. "
        "Worker i listens on `port` + i, counted from 0.",
    )
    start: Literal["earliest", "latest"] = Field(
        default="earliest", description="Where a partition is begun that nobody has read before."
    )
    chunk_records: Positive = Field(
        default=5_000, description="Records of one partition that are judged and committed at once."
    )
    chunk_bytes: Positive = Field(
        default=8_000_000, description="Bytes of one partition that are fetched at once."
    )
    transaction_seconds: Seconds = Field(
        default=10.0, description="Seconds after which the brokers end a transaction that hangs."
    )
    session_seconds: Seconds = Field(
        default=30.0, description="Seconds without a heartbeat after which a worker counts as gone."
    )
    rebalance_seconds: Seconds = Field(
        default=35.0,
        description="Seconds that a worker has to hand its partitions over. No more than `request_seconds`.",
    )
    request_seconds: Seconds = Field(
        default=40.0, description="Seconds that a broker has to answer. No fewer than `session_seconds`."
    )
    produce_seconds: Seconds = Field(
        default=10.0,
        description="Seconds that the collector of `observer run --kafka` waits for the brokers before it answers 503.",
    )
    stop_seconds: Seconds = Field(
        default=20.0, description="Seconds in which the workers end when they are told to."
    )
    idle_watermark_seconds: Seconds = Field(
        default=5.0, description="Seconds between two watermarks of a partition to which nothing comes."
    )
    partitions: Positive = Field(
        default=4, description="Partitions of the topics `quarantine`, `hops` and `replayed`."
    )
    rollup_partitions: Positive = Field(
        default=4, description="Partitions of the topics `rollups` and `ledger`. Not to be changed later."
    )
    replication: Positive = Field(default=3, description="Copies of each partition that we make.")
    rollup_retention_days: Positive = Field(
        default=7, description="Days that rollups and ledger are kept: how long the fold may be down."
    )
    fold: bool = Field(default=True, description="Whether the workers fold rollups into the store.")
    tls: Tls = Field(default=Tls(), description="")
    sasl: Sasl = Field(default=Sasl(), description="")
    registry: Registry = Field(default=Registry(), description="")
