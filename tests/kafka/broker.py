"""A real Apache Kafka (KRaft) on free ports, in a folder of its own: started, stopped, killed, restarted."""

import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

JARS = Path(__file__).parents[2] / ".cache" / "kafka" / "jars"
START_SECONDS = 90.0
STOP_SECONDS = 30.0

_LOG4J = """\
status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{HH:mm:ss,SSS} %p %c{1} %m%n
rootLogger.level = info
rootLogger.appenderRef.out.ref = out
"""


class Listener(NamedTuple):
    """A way in for clients, beside the plain one. Its name is upper case; `properties` stand below its name."""

    name: str
    protocol: str  # SSL, SASL_SSL, SASL_PLAINTEXT
    properties: Mapping[str, str] = {}


def free_port() -> int:
    """Returns a port that is free now, and that no outgoing connection will take while a broker is down.

    A client that connects again and again to a port of the system's own range may be given that very port, and
    then holds it against the broker.
    """
    while True:
        port = random.randint(15_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Broker:
    """One node: broker and controller. Use as a context, or call `start` and `close`.

    `properties` are server.properties' own and outweigh the defaults; `scram` holds users with their passwords;
    `voters` and `node` are for a Cluster.
    """

    def __init__(
        self,
        properties: Mapping[str, str] | None = None,
        *,
        listeners: Sequence[Listener] = (),
        scram: Mapping[str, str] | None = None,
        heap: str = "512m",
        node: int = 1,
        voters: Mapping[int, int] | None = None,
        cluster_id: str = "",
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kafka-"))
        self.node = node
        self.ports = {name: free_port() for name in ("PLAINTEXT", *(one.name for one in listeners))}
        self._voters = dict(voters or {node: free_port()})
        self._cluster_id = cluster_id or new_cluster_id()
        self._listeners = tuple(listeners)
        self._scram = dict(scram or {})
        self._heap = heap
        self._asked = dict(properties or {})
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """The address of the plain listener."""
        return self.address("PLAINTEXT")

    def address(self, listener: str) -> str:
        """Returns host and port of a listener."""
        return f"127.0.0.1:{self.ports[listener]}"

    @property
    def log(self) -> str:
        """What the broker has said so far."""
        path = self.folder / "broker.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def start(self, *, wait: bool = True) -> None:
        """Starts the node, formatting its folder the first time; returns once it serves."""
        assert self.process is None, "the broker runs"
        if not (self.folder / "data" / "meta.properties").exists():
            self._format()
        said = len(self.log)
        with (self.folder / "broker.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self._java(), "kafka.Kafka", str(self.folder / "server.properties")],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that a Ctrl-C ends the tests first
            )
        if wait:
            self.wait(said)

    def wait(self, said: int = 0) -> None:
        """Returns once the node says, after its first `said` characters, that it has started."""
        until = time.monotonic() + START_SECONDS
        while "Kafka Server started" not in self.log[said:]:
            assert self.process is not None and self.process.poll() is None, (
                f"the broker ended:\n{self._complaints()}"
            )
            assert time.monotonic() < until, f"the broker did not start in time:\n{self._complaints()}"
            time.sleep(0.05)

    def stop(self) -> None:
        """SIGTERM, and waits; SIGKILL when it takes too long."""
        process = self._taken()
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self) -> None:
        """SIGKILL, and waits until the process is gone. What was not yet written by the broker is lost."""
        process = self._taken()
        process.kill()
        process.wait()

    def freeze(self) -> None:
        """SIGSTOP: the broker holds its connections and answers nothing."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def restart(self) -> None:
        """Stops the node if it runs, and starts it with the same data and ports."""
        if self.process is not None:
            self.stop()
        self.start()

    def close(self) -> None:
        """Kills the node if it runs, and removes its folder."""
        if self.process is not None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Broker":
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _complaints(self) -> str:
        lines = self.log.split("\n")
        return "\n".join(line for line in lines if " INFO " not in line and not line.startswith("\t"))[
            -5_000:
        ]

    def _taken(self) -> "subprocess.Popen[bytes]":
        assert self.process is not None, "the broker does not run"
        process, self.process = self.process, None
        return process

    def _java(self) -> list[str]:
        # Little memory, and no files of the JVM's own outside the folder.
        return [
            "java",
            f"-Xmx{self._heap}",
            "-Xms128m",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            f"-Djava.io.tmpdir={self.folder}",
            f"-Dlog4j2.configurationFile={self.folder / 'log4j2.properties'}",
            "-cp",
            f"{JARS}/*",
        ]

    def _format(self) -> None:
        (self.folder / "log4j2.properties").write_text(_LOG4J, encoding="utf-8")
        path = self.folder / "server.properties"
        path.write_text("".join(f"{key}={value}\n" for key, value in self._properties().items()), "utf-8")
        command = [
            *self._java(),
            "kafka.tools.StorageTool",
            "format",
            "-t",
            self._cluster_id,
            "-c",
            str(path),
        ]
        for user, password in self._scram.items():
            for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512"):
                command += ["--add-scram", f"{mechanism}=[name={user},password={password}]"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=START_SECONDS)
        assert done.returncode == 0, f"the broker's folder cannot be formatted:\n{done.stdout}\n{done.stderr}"

    def _properties(self) -> dict[str, str]:
        plain = [("PLAINTEXT", self.ports["PLAINTEXT"])]
        ours = [(one.name, self.ports[one.name]) for one in self._listeners]
        controller = ("CONTROLLER", self._voters[self.node])
        protocols = {"PLAINTEXT": "PLAINTEXT", "CONTROLLER": "PLAINTEXT"}
        protocols |= {one.name: one.protocol for one in self._listeners}
        nodes = str(min(len(self._voters), 3))
        properties = {
            "process.roles": "broker,controller",
            "node.id": str(self.node),
            "controller.quorum.voters": _joined(f"{n}@127.0.0.1:{p}" for n, p in self._voters.items()),
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "listeners": _joined(f"{name}://127.0.0.1:{port}" for name, port in [*plain, *ours, controller]),
            "advertised.listeners": _joined(f"{name}://127.0.0.1:{port}" for name, port in [*plain, *ours]),
            "listener.security.protocol.map": _joined(f"{name}:{kind}" for name, kind in protocols.items()),
            "log.dirs": str(self.folder / "data"),
            "auto.create.topics.enable": "false",
            "num.partitions": "1",
            "default.replication.factor": nodes,
            "min.insync.replicas": "2" if nodes == "3" else "1",
            "offsets.topic.replication.factor": nodes,
            "offsets.topic.num.partitions": "4",
            "transaction.state.log.replication.factor": nodes,
            "transaction.state.log.min.isr": "2" if nodes == "3" else "1",
            "transaction.state.log.num.partitions": "4",
            "share.coordinator.state.topic.replication.factor": nodes,
            "share.coordinator.state.topic.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
            "log.cleaner.dedupe.buffer.size": str(4 << 20),
            "num.recovery.threads.per.data.dir": "2",
        }
        for one in self._listeners:
            below = f"listener.name.{one.name.lower()}."
            properties |= {below + key: value for key, value in one.properties.items()}
        return properties | self._asked


class Cluster:
    """Three nodes, each broker and controller, so that any one may die. Use as a context."""

    def __init__(self, properties: Mapping[str, str] | None = None) -> None:
        voters = {node: free_port() for node in (1, 2, 3)}
        cluster_id = new_cluster_id()
        self.nodes = {
            node: Broker(properties, heap="384m", node=node, voters=voters, cluster_id=cluster_id)
            for node in voters
        }

    @property
    def bootstrap(self) -> str:
        """The addresses of all nodes."""
        return _joined(node.bootstrap for node in self.nodes.values())

    def close(self) -> None:
        """Kills all nodes, and removes their folders."""
        for node in self.nodes.values():
            node.close()

    def __enter__(self) -> "Cluster":
        try:
            for node in self.nodes.values():
                node.start(wait=False)
            for node in self.nodes.values():
                node.wait()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def new_cluster_id() -> str:
    """Returns an id as Kafka writes them: 16 bytes in base 64 that begin with no dash."""
    while (text := urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")).startswith("-"):
        pass
    return text


def _joined(parts: Iterable[str]) -> str:
    return ",".join(parts)
