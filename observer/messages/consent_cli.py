"""`observer consent`: help and refusals."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "consent_cli.help.group": Text(
        "Decode consent strings, and decide what they allow.",
        "Décoder des textes de consentement et décider de ce qu’ils permettent.",
    ),
    "consent_cli.help.decode": Text(
        "Read strings on standard input, one a line, and write each as one JSON object a line, in the same order. A "
        'malformed one becomes {{"error": {{"reason": …}}}}.',
        "Lire des textes sur l’entrée standard, un par ligne, et écrire pour chacun un objet JSON par ligne, dans le "
        'même ordre. Un texte mal formé devient {{"error": {{"reason": …}}}}.',
    ),
    "consent_cli.help.kind": Text(
        "tcf: TC strings; gpp: GPP strings; gcm: the gcd parameter of Google’s Consent Mode.",
        "tcf : chaînes TC ; gpp : textes GPP ; gcm : le paramètre gcd du Consent Mode de Google.",
    ),
    "consent_cli.help.decide": Text(
        'Read lines {{"tcString", "vendorId", "purposeId"}} on standard input and write {{"basis", "reason"}} for '
        "each: consent, li (legitimate interest), or null where there is none.",
        'Lire des lignes {{"tcString", "vendorId", "purposeId"}} sur l’entrée standard et écrire pour chacune '
        '{{"basis", "reason"}} : consent, li (intérêt légitime), ou null s’il n’y en a pas.',
    ),
    "consent_cli.help.explain": Text(
        "Read consent signals on standard input, one a line (or take a kept event’s), and say step by step what each "
        "destination may do, and by which rule. What is read is not stored.",
        "Lire des signaux de consentement sur l’entrée standard, un par ligne (ou prendre ceux d’un événement conservé), "
        "et dire étape par étape ce que peut chaque destination, et selon quelle règle. Rien de ce qui est lu n’est conservé.",
    ),
    "consent_cli.help.source": Text(
        "Declared source whose event carries the signals.",
        "Source déclarée dont l’événement porte les signaux.",
    ),
    "consent_cli.help.destination": Text(
        "One destination; by default all that the source feeds.",
        "Une destination ; par défaut toutes celles que la source alimente.",
    ),
    "consent_cli.help.shape": Text(
        "Format of every line; by default told by its shape.",
        "Format de chaque ligne ; par défaut d’après sa forme.",
    ),
    "consent_cli.help.day": Text(
        "Day of the event; by default today.", "Jour de l’événement ; par défaut aujourd’hui."
    ),
    "consent_cli.help.event": Text(
        "Explain this event of the quarantine instead.", "Expliquer plutôt cet événement de la quarantaine."
    ),
    "consent_cli.help.catalog": Text(
        "Folder of the catalog; by default the one in the settings.",
        "Dossier du catalogue ; par défaut celui des réglages.",
    ),
    "consent_cli.help.proof": Text(
        "Say whether and when events were seen that carry a consent signal of the same meaning, and what was decided on "
        "them. The signal is hashed with the keys of proof and not kept.",
        "Dire si et quand ont été vus des événements portant un signal de consentement de même sens, et ce qui en a été "
        "décidé. Le signal est haché avec les clés de preuve, et n’est pas conservé.",
    ),
    "consent_cli.help.string_file": Text(
        "File with the signal, one a line; - for standard input.",
        "Fichier contenant le signal, un par ligne ; - pour l’entrée standard.",
    ),
    "consent_cli.proof.none": Text(
        "No event with a signal of this meaning is remembered.",
        "Aucun événement portant un signal de ce sens n’est en mémoire.",
    ),
    "consent_cli.proof.no_keys": Text("no keys of proof", "aucune clé de preuve"),
    "consent_cli.proof.keys_mend": Text(
        "Set proof.keys as the observer that wrote the proof has them.",
        "Définissez proof.keys comme dans l’observateur qui a écrit la preuve.",
    ),
    "consent_cli.proof.silent": Text(
        "a signal that says nothing or cannot be read", "un signal qui ne dit rien ou qui est illisible"
    ),
    "consent_cli.proof.seen": Text(
        "{source}: seen {events} ×, first on {first}, last on {last}",
        "{source} : vu {events} fois, d’abord le {first}, en dernier le {last}",
    ),
    "consent_cli.proof.allowed": Text(
        "  {destination}: allowed {events} × ({reason}), from {first} to {last}",
        "  {destination} : autorisé {events} fois ({reason}), du {first} au {last}",
    ),
    "consent_cli.proof.refused": Text(
        "  {destination}: refused {events} × ({reason}), from {first} to {last}",
        "  {destination} : refusé {events} fois ({reason}), du {first} au {last}",
    ),
    "consent_cli.help.vendor_list": Text(
        "Vendor list (JSON), or a folder of its versions. May be given several times.",
        "Liste de fournisseurs (JSON), ou dossier de ses versions. Peut être donné plusieurs fois.",
    ),
    "consent_cli.help.lenient": Text(
        "Allow vendors that the string does not name as disclosed.",
        "Admettre les fournisseurs que la chaîne ne compte pas parmi les présentés.",
    ),
    "consent_cli.vendor_list": Text("a vendor list in JSON", "une liste de fournisseurs en JSON"),
    "consent_cli.vendor_lists": Text("vendor lists in JSON", "des listes de fournisseurs en JSON"),
    "consent_cli.no_json_file": Text("a folder without a .json file", "un dossier sans fichier .json"),
}
