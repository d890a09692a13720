"""A broker with every kind of door: TLS, mutual TLS, SASL, and certificates that nobody should trust."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography.hazmat.primitives import serialization

from tests.kafka.broker import Broker, Listener

USER = "observer"
PASSWORD = "a-password-that-nobody-may-read"
_JAAS = "org.apache.kafka.common.security"


class Certificates:
    """An authority, one that nobody trusts, and what they signed, as PEM files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.authority = trustme.CA()
        self._stranger = trustme.CA()
        self.authority_file = self._file("authority.pem", self.authority.cert_pem.bytes())
        self.stranger_file = self._file("stranger.pem", self._stranger.cert_pem.bytes())
        past = datetime.now(UTC) - timedelta(days=1)
        self.broker = self._pair("broker", self.authority.issue_cert("127.0.0.1", "localhost"))
        self.expired = self._pair("expired", self.authority.issue_cert("127.0.0.1", not_after=past))
        self.other_host = self._pair("other-host", self.authority.issue_cert("other.example"))
        self.ours = self._pair("ours", self.authority.issue_cert("observer.example"))
        self.strangers = self._pair("strangers", self._stranger.issue_cert("observer.example"))

    def _pair(self, name: str, issued: trustme.LeafCert) -> Path:
        chain = b"".join(blob.bytes() for blob in issued.cert_chain_pems)
        return self._file(f"{name}.pem", pkcs8(issued.private_key_pem.bytes()) + chain)

    def _file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


def pkcs8(key: bytes, password: bytes = b"") -> bytes:
    """Returns a private key in the form that Java reads, locked where there is a password."""
    locked = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    read = serialization.load_pem_private_key(key, None)
    return read.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)


def secured_broker(certificates: Certificates) -> Broker:
    """Returns a broker with a listener for each case; its plain listener stays open for the tests themselves."""
    good = _tls(certificates, certificates.broker)
    plain = {"plain.sasl.jaas.config": f'{_JAAS}.plain.PlainLoginModule required user_{USER}="{PASSWORD}";'}
    scram = {
        f"{mechanism}.sasl.jaas.config": f"{_JAAS}.scram.ScramLoginModule required;"
        for mechanism in ("scram-sha-256", "scram-sha-512")
    }
    login = f'{_JAAS}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";'
    oauth = {"sasl.enabled.mechanisms": "OAUTHBEARER", "oauthbearer.sasl.jaas.config": login}
    every = {"sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512", **plain, **scram}
    listeners = [
        Listener("TLS", "SSL", good),
        Listener("MUTUAL", "SSL", {**good, "ssl.client.auth": "required"}),
        Listener("EXPIRED", "SSL", _tls(certificates, certificates.expired)),
        Listener("OTHERHOST", "SSL", _tls(certificates, certificates.other_host)),
        Listener("SASL", "SASL_SSL", {**good, **every}),
        Listener("CLEAR", "SASL_PLAINTEXT", {"sasl.enabled.mechanisms": "PLAIN", **plain}),
        Listener("TOKEN", "SASL_SSL", {**good, **oauth}),
    ]
    return Broker(listeners=listeners, scram={USER: PASSWORD})


def unsecured_token(**claims: object) -> str:
    """Returns a token that Kafka's unsecured validator takes: without a signature, valid for an hour."""
    now = int(datetime.now(UTC).timestamp())
    body = {"sub": USER, "iat": now, "exp": now + 3_600, **claims}
    return f"{_segment({'alg': 'none'})}.{_segment(body)}."


def _segment(value: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _tls(certificates: Certificates, keys: Path) -> dict[str, str]:
    return {
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(keys),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(certificates.authority_file),
    }
