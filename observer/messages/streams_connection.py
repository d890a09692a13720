"""The way to the Kafka brokers: what was expected of it, what came, what to do."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_REACHING: Final[Mapping[str, Text]] = {
    "streams.expect_broker": Text("a Kafka broker that answers", "un broker Kafka qui réponde"),
    "streams.expect_accepted": Text("a broker that accepts us", "un broker qui nous accepte"),
    "streams.no_answer": Text("no answer within {seconds} s", "aucune réponse en {seconds} s"),
    "streams.got_no_such_host": Text(
        "a host that no name server knows", "un hôte inconnu des serveurs de noms"
    ),
    "streams.got_hung_up": Text(
        "a connection that was closed at the first request", "une connexion fermée dès la première requête"
    ),
    "streams.got_false_proof": Text(
        "one that does not know our password", "un broker qui ne connaît pas notre mot de passe"
    ),
    "streams.mend_unreachable": Text(
        "Start the broker, or correct kafka.bootstrap in the settings.",
        "Démarrez le broker, ou corrigez kafka.bootstrap dans les réglages.",
    ),
    "streams.mend_advertised": Text(
        "The brokers advertise this address: make it reachable from here, or correct their advertised.listeners.",
        "Les brokers annoncent cette adresse : rendez-la joignable d’ici, ou corrigez leur advertised.listeners.",
    ),
    "streams.mend_hung_up": Text(
        "The listener at this port may want another use of TLS or SASL than kafka.tls and kafka.sasl say.",
        "Ce port attend peut-être un autre usage de TLS ou de SASL que kafka.tls et kafka.sasl.",
    ),
}

_TLS: Final[Mapping[str, Text]] = {
    "streams.tls.authorities": Text(
        "a PEM file of certificates to trust", "un fichier PEM de certificats de confiance"
    ),
    "streams.tls.no_pem": Text("a file without a certificate", "un fichier sans certificat"),
    "streams.tls.certificate": Text(
        "a PEM file of our own certificate", "un fichier PEM de notre certificat"
    ),
    "streams.tls.key": Text("a PEM file of its private key", "un fichier PEM de sa clé privée"),
    "streams.tls.key_of": Text(
        "the private key of {certificate}, and its password where it has one",
        "la clé privée de {certificate}, et son mot de passe si elle en a un",
    ),
    "streams.tls.other_key": Text("the key of another certificate", "la clé d’un autre certificat"),
    "streams.tls.no_key": Text(
        "no such key, or one with another password",
        "aucune clé de ce genre, ou une clé d’un autre mot de passe",
    ),
    "streams.tls.password": Text(
        "a password of 1,023 bytes at most", "un mot de passe de 1 023 octets au plus"
    ),
    "streams.tls.long_password": Text("a longer one", "un mot de passe plus long"),
    "streams.tls.expect_trusted": Text(
        "a broker whose certificate can be trusted", "un broker dont le certificat inspire confiance"
    ),
    "streams.tls.got_expired": Text("a certificate that has expired", "un certificat expiré"),
    "streams.tls.mend_expired": Text(
        "Renew the broker’s certificate, or correct the clock of this machine.",
        "Renouvelez le certificat du broker, ou mettez cette machine à l’heure.",
    ),
    "streams.tls.got_other_host": Text("the certificate of another host", "le certificat d’un autre hôte"),
    "streams.tls.mend_other_host": Text(
        "Name the broker as its certificate does, or have this name put into the certificate.",
        "Nommez le broker comme le fait son certificat, ou faites inscrire ce nom dans le certificat.",
    ),
    "streams.tls.got_unknown_issuer": Text(
        "one signed by an authority that we do not trust",
        "un certificat signé par une autorité inconnue de nous",
    ),
    "streams.tls.mend_unknown_issuer": Text(
        "Put the authority’s certificate into kafka.tls.ca_file.",
        "Ajoutez le certificat de l’autorité à kafka.tls.ca_file.",
    ),
    "streams.tls.got_wants_ours": Text(
        "one that wants a certificate of ours", "un broker qui exige notre certificat"
    ),
    "streams.tls.mend_wants_ours": Text(
        "Set kafka.tls.certificate_file and key_file.", "Renseignez kafka.tls.certificate_file et key_file."
    ),
    "streams.tls.got_refused_ours": Text(
        "one that refuses our certificate", "un broker qui refuse notre certificat"
    ),
    "streams.tls.mend_refused_ours": Text(
        "Use a certificate that is in date and signed by an authority that the broker trusts.",
        "Utilisez un certificat en cours de validité, signé par une autorité que le broker reconnaît.",
    ),
    "streams.tls.expect_tls": Text("a listener that speaks TLS", "un port qui parle TLS"),
    "streams.tls.mend_no_tls": Text(
        "Name the port of the TLS listener in kafka.bootstrap.",
        "Indiquez le port TLS dans kafka.bootstrap.",
    ),
}

_SASL: Final[Mapping[str, Text]] = {
    "streams.sasl.expect_login": Text(
        "a broker that accepts our login by {mechanism}",
        "un broker qui accepte notre connexion par {mechanism}",
    ),
    "streams.sasl.got_no_login": Text("one that refuses it", "un refus"),
    "streams.sasl.mend_login": Text(
        "Check kafka.sasl.username and the password, and that the user was made for {mechanism}.",
        "Vérifiez kafka.sasl.username et le mot de passe, et que l’utilisateur a été créé pour {mechanism}.",
    ),
    "streams.sasl.mend_token": Text(
        "Check the token: its issuer, its audience, its scope, and until when it holds.",
        "Vérifiez le jeton : son émetteur, son audience, sa portée et sa durée de validité.",
    ),
    "streams.sasl.expect_mechanism": Text(
        "a listener with SASL {mechanism}", "un port avec SASL {mechanism}"
    ),
    "streams.sasl.got_no_mechanism": Text("one without", "un port sans"),
    "streams.sasl.mend_mechanism": Text(
        "Choose a mechanism that the broker’s listener enables in kafka.sasl.mechanism, or another port.",
        "Choisissez dans kafka.sasl.mechanism un mécanisme que ce port accepte, ou un autre port.",
    ),
}

_TOKEN: Final[Mapping[str, Text]] = {
    "streams.token.in_file": Text("a file that holds a token", "un fichier qui contient un jeton"),
    "streams.token.answer": Text("an answer with an access token", "une réponse avec un jeton d’accès"),
    "streams.token.no_answer": Text("one without", "une réponse sans jeton"),
    "streams.token.status": Text("status {status}", "le statut {status}"),
    "streams.token.mend": Text(
        "Check token_url, client_id, client_secret and scope in kafka.sasl.",
        "Vérifiez token_url, client_id, client_secret et scope dans kafka.sasl.",
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_REACHING, **_TLS, **_SASL, **_TOKEN}
