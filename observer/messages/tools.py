"""Tools, vendors and capabilities; and what the observer calls a personal value that it masks."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    # The states of martech_tools
    "tools.state.declared": Text("declared", "déclarés"),
    "tools.state.observed": Text("seen in traffic", "vus dans le trafic"),
    "tools.state.undeclared": Text("seen but not declared", "vus mais non déclarés"),
    "tools.state.idle": Text("declared but not seen", "déclarés mais jamais vus"),
    # How one tool stands
    "tools.use.observed": Text("seen", "vu"),
    "tools.use.undeclared": Text("seen, not declared", "vu, non déclaré"),
    "tools.use.idle": Text("not seen", "jamais vu"),
    "tools.use.unseen": Text("not declared, not seen", "ni déclaré ni vu"),
    "tools.use.unseeable": Text("leaves no trace in events", "ne laisse pas de trace dans les événements"),
    "tools.other": Text("Unknown tool", "Outil inconnu"),
    "tools.capability_other": Text("Unknown capability", "Capacité inconnue"),
    # What is wrong with schemas/tools
    "tools.expected.capability": Text(
        "the id of a capability in {file}", "un identifiant de capacité présent dans {file}"
    ),
    "tools.expected.tool": Text(
        "a tool declared in {file} or named under `tools` here",
        "un outil déclaré dans {file} ou nommé ici sous `tools`",
    ),
    "tools.expected.own_id": Text("an id that no other entry has", "un identifiant propre à cette entrée"),
    "tools.expected.owner.marketing": Text("a marketing owner", "un responsable marketing"),
    "tools.expected.owner.technical": Text("a technical owner", "un responsable technique"),
    "tools.expected.one_claim": Text("one tool for each trace", "un seul outil par indice"),
    "tools.got.no_owner": Text("none", "aucun"),
    "tools.got.two_claims": Text(
        "`{evidence}` for `{first}` and again for `{second}`",
        "`{evidence}` pour `{first}` puis de nouveau pour `{second}`",
    ),
    "tools.mend.own_id": Text(
        "Give it an id of its own, or join the two entries",
        "Donnez-lui un identifiant propre ou réunissez les deux entrées",
    ),
    "tools.mend.owner": Text(
        "Add `owners.{side}` with a name and a contact to `{tool}`: each tool answers to both sides of the house",
        "Ajoutez à `{tool}` une clé `owners.{side}` avec un nom et un contact : chaque outil répond devant les "
        "deux côtés de la maison",
    ),
    "tools.mend.one_claim": Text(
        "Keep the entry of the tool that really leaves this trace. Case does not tell names apart, and among "
        "integrations neither do spaces and punctuation",
        "Gardez l’entrée de l’outil qui laisse vraiment cet indice. La casse ne distingue pas les noms, et parmi "
        "les intégrations les espaces et la ponctuation non plus",
    ),
    # observer explain
    "explain.tool_undeclared.what": Text(
        "Events show a tool that schemas/tools/tools.yaml does not declare: somebody feeds it, and nobody "
        "answers for its cost, its contract or the consent it needs.",
        "Des événements révèlent un outil que schemas/tools/tools.yaml ne déclare pas : quelqu’un l’alimente, et "
        "personne ne répond de son coût, de son contrat ni du consentement qu’il exige.",
    ),
    "explain.tool_undeclared.example": Text(
        'An event with `"integrations": {{"TikTok Ads": true}}`, or a page opened from a link with `ttclid`, '
        "while no tool `tiktok-ads` is declared.",
        'Un événement avec `"integrations": {{"TikTok Ads": true}}`, ou une page ouverte depuis un lien avec '
        "`ttclid`, alors qu’aucun outil `tiktok-ads` n’est déclaré.",
    ),
    "explain.tool_undeclared.mend": Text(
        "Find who added it. Either declare it in schemas/tools/tools.yaml, with both owners, and each place that "
        "receives personal data in schemas/consent/destinations.yaml; or switch it off at the source.",
        "Cherchez qui l’a ajouté. Soit vous le déclarez dans schemas/tools/tools.yaml, avec ses deux "
        "responsables, et chaque destinataire de données personnelles dans schemas/consent/destinations.yaml ; "
        "soit vous le coupez à la source.",
    ),
    "explain.tool_idle.what": Text(
        "A tool is declared, and a fingerprint could show it, yet no event did in the period.",
        "Un outil est déclaré et un indice pourrait le révéler, mais aucun événement ne l’a fait sur la période.",
    ),
    "explain.tool_idle.example": Text(
        "`ab-tasty` has a contract and two owners, and no event of the last thirty days names it.",
        "`ab-tasty` a un contrat et deux responsables, et aucun événement des trente derniers jours ne le cite.",
    ),
    "explain.tool_idle.mend": Text(
        "Ask its owners whether it is still used. If so, its events pass the observer by: connect that source. If "
        "not, plan its end before the date in `contractEnds`.",
        "Demandez à ses responsables s’il sert encore. Si oui, ses événements échappent à l’observateur : "
        "raccordez cette source. Sinon, préparez son arrêt avant la date de `contractEnds`.",
    ),
    "explain.tool_unrecognised.what": Text(
        "Events name an SDK or a destination that no fingerprint knows. All of them count together as `_other`.",
        "Des événements citent un SDK ou une destination qu’aucun indice ne connaît. Tous comptent ensemble sous "
        "`_other`.",
    ),
    "explain.tool_unrecognised.example": Text(
        'An event whose `context.library.name` is an in-house name, or with `"integrations": {{"Spotlight": true}}`.',
        "Un événement dont `context.library.name` est un nom maison, ou avec "
        '`"integrations": {{"Spotlight": true}}`.',
    ),
    "explain.tool_unrecognised.mend": Text(
        "Look at an event of that source, then add the name to schemas/tools/fingerprints.yaml under `libraries` "
        "or `integrations`.",
        "Regardez un événement de cette source, puis ajoutez le nom à schemas/tools/fingerprints.yaml sous "
        "`libraries` ou `integrations`.",
    ),
    # Kinds of personal value
    "privacy.kind.email": Text("e-mail address", "adresse électronique"),
    "privacy.kind.iban": Text("bank account (IBAN)", "compte bancaire (IBAN)"),
    "privacy.kind.card": Text("payment card number", "numéro de carte bancaire"),
    "privacy.kind.nir": Text("French social security number", "numéro de sécurité sociale"),
    "privacy.kind.phone": Text("telephone number", "numéro de téléphone"),
    "privacy.kind.location": Text("precise location", "position précise"),
    "privacy.kind.ip": Text("IP address", "adresse IP"),
    "privacy.expected.key": Text("a key of at least {least} bytes", "une clé d’au moins {least} octets"),
    "privacy.got.key": Text("one of {length} bytes", "une clé de {length} octets"),
    "privacy.mend.key": Text(
        "Generate one: `openssl rand -hex 32`", "Générez-en une : `openssl rand -hex 32`"
    ),
}
