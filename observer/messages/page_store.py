"""What the store that feeds the page reports."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
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
    "store.there.mend": Text(
        "Run `observer run` with this state folder first.",
        "Lancez d’abord `observer run` avec ce dossier d’état.",
    ),
}
