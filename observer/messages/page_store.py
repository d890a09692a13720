"""What the store that feeds the page reports."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "page.caption.leaks": Text(
        "Personal data where no contract expects it {period}, all channels",
        "Données personnelles qu’aucun contrat n’attend {period}, tous canaux",
    ),
    "page.note.leaks": Text(
        "Events drawn from all traffic and looked into: {drawn}; share with personal data: {drawn_share}. Looked into because they are quarantined: {quarantined}; share: {quarantined_share}. What is found is named by its kind and place alone.",
        "Événements tirés de tout le trafic et examinés : {drawn} ; part contenant des données personnelles : {drawn_share}. Examinés parce qu’ils sont en quarantaine : {quarantined} ; part : {quarantined_share}. Ce qui est trouvé n’est nommé que par sa nature et sa place.",
    ),
    "page.column.personal_kind": Text("Personal data", "Donnée personnelle"),
    "page.column.personal_kind.why": Text(
        "E-mail address, telephone or card number, social security number, precise location.",
        "Adresse électronique, numéro de téléphone ou de carte, numéro de sécurité sociale, position précise.",
    ),
    "page.column.where": Text("Where", "Où"),
    "page.column.where.why": Text(
        "The property that holds it; a name that the contract does not declare is *.",
        "La propriété qui la contient ; un nom que le contrat ne déclare pas est *.",
    ),
    "page.column.leaking": Text("Events", "Événements"),
    "page.column.leaking.why": Text(
        "Events found so among those looked into. A contract may expect it: give the property a classification.",
        "Événements ainsi trouvés parmi ceux examinés. Un contrat peut s’y attendre : donnez à la propriété une classification.",
    ),
    "store.alone": Text(
        "to be the one observer that keeps its figures in this folder",
        "un seul observateur conservant ses chiffres dans ce dossier",
    ),
    "store.held": Text(
        "the observer with process id {process} at work in it",
        "l’observateur de processus {process} déjà à l’œuvre",
    ),
    "store.held.mend": Text(
        "Stop that one, or give this one a state folder of its own in its settings.",
        "Arrêtez-le, ou donnez à celui-ci son propre dossier d’état dans ses réglages.",
    ),
    "store.version": Text(
        "a store of version {version} or older", "un magasin de données de version {version} ou antérieure"
    ),
    "store.version.mend": Text(
        "It was written by a newer observer: run that one, or set another state folder.",
        "Il a été écrit par un observateur plus récent : lancez celui-ci, ou indiquez un autre dossier d’état.",
    ),
    "store.usable": Text(
        "a store that can be read and written", "un magasin de données lisible et modifiable"
    ),
    "store.usable.mend": Text(
        "Check free space and rights of the folder. If the file is damaged, move it away: a new one is made at the next start.",
        "Vérifiez l’espace libre et les droits du dossier. Si le fichier est abîmé, déplacez-le : un nouveau est créé au démarrage suivant.",
    ),
    "store.there": Text(
        "the figures of an observer that ran here", "les chiffres d’un observateur qui a tourné ici"
    ),
    "store.nothing": Text("no such file", "aucun fichier de ce nom"),
    "store.no_tables": Text("a database without its tables", "une base sans ses tables"),
    "store.there.mend": Text(
        "Run `observer run` or `observer stream` with these settings first.",
        "Lancez d’abord `observer run` ou `observer stream` avec ces réglages.",
    ),
    "store.server.mend": Text(
        "Check that PostgreSQL runs, that its address and password in the settings are right and that its disk has room. Until then nothing is lost: what is not stored is read again.",
        "Vérifiez que PostgreSQL tourne, que son adresse et son mot de passe dans les réglages sont justes et que son disque a de la place. D’ici là rien ne se perd : ce qui n’est pas conservé est relu.",
    ),
    "store.url": Text("the address of a PostgreSQL database", "l’adresse d’une base PostgreSQL"),
    "store.url.other": Text("another text", "un autre texte"),
    "store.url.mend": Text(
        "Write it as `postgresql://user:password@host:5432/database`.",
        "Écrivez-la ainsi : `postgresql://utilisateur:mot-de-passe@serveur:5432/base`.",
    ),
    "store.number": Text("a finite number", "un nombre fini"),
    "store.number.none": Text("none", "autre chose"),
    "store.client": Text("a client of PostgreSQL", "un client de PostgreSQL"),
    "store.client.none": Text("none installed", "aucun d’installé"),
    "store.client.mend": Text(
        "Install it: `pip install 'martech-observer[postgres]'`.",
        "Installez-le : `pip install 'martech-observer[postgres]'`.",
    ),
    "store.offset": Text(
        "the store to hold it up to offset {offset}", "un magasin de données arrivé au décalage {offset}"
    ),
    "store.offset.moved": Text("another offset", "un autre décalage"),
    "store.offset.mend": Text(
        "Another process folded it meanwhile; this one reads anew where to go on.",
        "Un autre processus l’a traité entre-temps ; celui-ci relit où reprendre.",
    ),
}
