"""The quarantine: lists, reveals, erasures, replays."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_EXPECTED: Final[Mapping[str, Text]] = {
    "quarantine.expect_private_folder": Text(
        "a folder that can be made, and closed to everybody but its owner",
        "un dossier qu’on puisse créer et fermer à tous sauf à son propriétaire",
    ),
    "quarantine.expect_folder": Text("the folder of a quarantine", "le dossier d’une quarantaine"),
    "quarantine.expect_readable": Text("a file that can be read", "un fichier lisible"),
    "quarantine.expect_writable": Text("a file that can be written", "un fichier modifiable"),
    "quarantine.expect_lockable": Text(
        "a disk that can lock files", "un disque qui sache verrouiller des fichiers"
    ),
    "quarantine.expect_space": Text(
        "events that can be written to the disk", "des événements qu’on puisse écrire sur le disque"
    ),
    "quarantine.expect_whole_frame": Text(
        "events as they were written", "des événements tels qu’ils ont été écrits"
    ),
    "quarantine.expect_one_writer": Text(
        "a quarantine that no other process writes", "une quarantaine qu’aucun autre processus n’écrit"
    ),
    "quarantine.expect_free_lock": Text(
        "a quarantine at rest for a moment", "une quarantaine au repos pour un instant"
    ),
    "quarantine.expect_key": Text(
        "the key of the quarantine’s hashes, 32 bytes",
        "la clé des empreintes de la quarantaine, de 32 octets",
    ),
    "quarantine.expect_database": Text(
        "an index that can be read and written", "un index qu’on puisse lire et écrire"
    ),
    "quarantine.expect_journal": Text(
        "the journal of replays and erasures", "le journal des rejeux et des effacements"
    ),
    "quarantine.expect_decodable": Text(
        "an event that can be decoded today", "un événement qui se décode aujourd’hui"
    ),
    "quarantine.got_source_gone": Text(
        "one of a source that is no longer declared", "celui d’une source qui n’est plus déclarée"
    ),
    "quarantine.got_undecodable": Text("one that cannot be read", "un événement illisible"),
    "quarantine.expect_id": Text("the id of a kept event", "l’identifiant d’un événement conservé"),
    "quarantine.expect_access_log": Text(
        "an access log that can be written", "un registre des accès qu’on puisse écrire"
    ),
    "quarantine.expect_reason": Text(
        "a reason for the access log, of 1 to {longest} characters",
        "un motif pour le registre des accès, de 1 à {longest} caractères",
    ),
    "quarantine.expect_one_id": Text(
        "one id, of a person or of a message", "un seul identifiant, d’une personne ou d’un message"
    ),
    "quarantine.expect_none_left": Text(
        "no event left of that id", "plus aucun événement portant cet identifiant"
    ),
    "quarantine.expect_since": Text(
        "a duration (`30m`, `24h`, `7d`) or a moment in ISO 8601",
        "une durée (`30m`, `24h`, `7d`) ou un instant au format ISO 8601",
    ),
    "quarantine.expect_reveal": Text(
        "`--reveal` together with `--reason`", "`--reveal` accompagné de `--reason`"
    ),
}

_GOT: Final[Mapping[str, Text]] = {
    "quarantine.got_damage": Text("damaged bytes", "des octets abîmés"),
    "quarantine.got_writer": Text(
        "process {process}, which writes it", "le processus {process}, qui l’écrit"
    ),
    "quarantine.got_held_lock": Text(
        "one that another process holds, after {seconds} s",
        "une quarantaine qu’un autre processus retient, après {seconds} s",
    ),
    "quarantine.got_bytes": Text("{bytes} bytes", "{bytes} octets"),
    "quarantine.got_characters": Text("{characters} characters", "{characters} caractères"),
    "quarantine.got_nothing": Text("nothing", "rien"),
    "quarantine.got_unknown_id": Text("another word", "un autre mot"),
    "quarantine.got_erased": Text("one that was erased", "celui d’un événement effacé"),
    "quarantine.got_no_file": Text("something that is no file", "autre chose qu’un fichier"),
    "quarantine.got_other_ids": Text("none or both", "aucun ou les deux"),
    "quarantine.got_both": Text("both", "les deux"),
    "quarantine.got_left": Text("{events} events", "{events} événements"),
    "quarantine.got_another_word": Text("another word", "un autre mot"),
    "quarantine.got_one_alone": Text("one of them alone", "l’un sans l’autre"),
}

_MEND: Final[Mapping[str, Text]] = {
    "quarantine.mend_folder": Text(
        "`observer run` makes it; name its state folder with --state, or its settings with --config.",
        "`observer run` le crée ; indiquez son dossier d’état avec --state, ou ses réglages avec --config.",
    ),
    "quarantine.mend_space": Text(
        "Free space on the disk, or lower `quarantine.max_bytes`; senders are told to send again.",
        "Libérez de la place sur le disque, ou abaissez `quarantine.max_bytes` ; les émetteurs sont priés de "
        "renvoyer.",
    ),
    "quarantine.mend_writer": Text(
        "Stop that process, or give this one another folder. `list`, `show`, `replay` and `erase` work beside it.",
        "Arrêtez ce processus, ou donnez un autre dossier à celui-ci. `list`, `show`, `replay` et `erase` "
        "fonctionnent à ses côtés.",
    ),
    "quarantine.mend_lock": Text(
        "Another erasure may be at work: try again when it is done.",
        "Un autre effacement est peut-être en cours : recommencez quand il sera terminé.",
    ),
    "quarantine.mend_key": Text(
        "Remove the file: another key is made and the index is built again.",
        "Supprimez le fichier : une autre clé sera créée et l’index reconstruit.",
    ),
    "quarantine.mend_database": Text(
        "See that the disk has space and the file belongs to the observer’s account.",
        "Vérifiez que le disque a de la place et que le fichier appartient au compte de l’observateur.",
    ),
    "quarantine.mend_journal": Text(
        "Bring it back from a backup; if it is removed, replays are counted from nought again.",
        "Restaurez-le depuis une sauvegarde ; si on le supprime, les rejeux sont comptés de nouveau depuis zéro.",
    ),
    "quarantine.mend_id": Text(
        "`observer quarantine list` shows them. Events expire.",
        "`observer quarantine list` les montre. Les événements expirent.",
    ),
    "quarantine.mend_access_log": Text(
        "Nothing is shown or erased before it is written down.",
        "Rien n’est montré ni effacé avant d’y être inscrit.",
    ),
    "quarantine.mend_reason": Text(
        "Say why with --reason; it is kept for who audits the access.",
        "Dites pourquoi avec --reason ; le motif est conservé pour le contrôle des accès.",
    ),
    "quarantine.mend_since": Text(
        "Write `--since 24h`, or `--since 2026-11-22T08:00`.",
        "Écrivez `--since 24h`, ou `--since 2026-11-22T08:00`.",
    ),
    "quarantine.mend_one_id": Text(
        "Give either --user-id or --message-id; `-` reads it from standard input.",
        "Donnez soit --user-id, soit --message-id ; `-` le lit sur l’entrée standard.",
    ),
    "quarantine.mend_left": Text("Run the same command again.", "Exécutez de nouveau la même commande."),
}

_COMMANDS: Final[Mapping[str, Text]] = {
    "quarantine.help": Text(
        "List, show, judge again and erase the events that were kept.",
        "Lister, montrer, juger à nouveau et effacer les événements conservés.",
    ),
    "quarantine.list.help": Text(
        "List kept events, newest first, without a personal value.",
        "Lister les événements conservés, du plus récent au plus ancien, sans donnée personnelle.",
    ),
    "quarantine.show.help": Text(
        "Show one event, masked. With --reveal --reason TEXT, show it whole, once the access log says so.",
        "Montrer un événement, masqué. Avec --reveal --reason TEXTE, le montrer en entier, une fois l’accès "
        "inscrit au registre.",
    ),
    "quarantine.replay.help": Text(
        "Judge kept events again under today’s catalog. The first verdict stands; each event counts once for a "
        "catalog. Exits 1 where an event judged now is not valid.",
        "Juger à nouveau les événements conservés selon le catalogue du jour. Le premier verdict demeure ; chaque "
        "événement compte une fois par catalogue. Sort avec 1 si un événement jugé maintenant n’est pas valide.",
    ),
    "quarantine.erase.help": Text(
        "Erase every event of a person or a message, and every one that holds that id.",
        "Effacer tous les événements d’une personne ou d’un message, et tous ceux qui portent cet identifiant.",
    ),
    "quarantine.option.state": Text("State folder of the observer.", "Dossier d’état de l’observateur."),
    "quarantine.option.catalog": Text("Folder of the declarations.", "Dossier des déclarations."),
    "quarantine.option.source": Text("Only of this source.", "Seulement de cette source."),
    "quarantine.option.contract": Text("Only of this contract.", "Seulement de ce contrat."),
    "quarantine.option.verdict": Text("Only with this verdict.", "Seulement avec ce verdict."),
    "quarantine.option.since": Text(
        "Only since then: `30m`, `24h`, `7d`, or a moment in ISO 8601 (UTC unless it says otherwise).",
        "Seulement depuis : `30m`, `24h`, `7d`, ou un instant ISO 8601 (UTC sauf indication contraire).",
    ),
    "quarantine.option.limit": Text("How many at most.", "Combien au plus."),
    "quarantine.option.reveal": Text(
        "Show the event whole; written down first.",
        "Montrer l’événement en entier ; inscrit d’abord au registre.",
    ),
    "quarantine.option.reason": Text("Why it must be seen.", "Pourquoi il faut le voir."),
    "quarantine.option.who": Text(
        "Who asks, beside the account of the system.", "Qui demande, outre le compte du système."
    ),
    "quarantine.option.dry_run": Text("Say what would be done.", "Dire ce qui serait fait."),
    "quarantine.option.user_id": Text(
        "User id or anonymous id; `-` reads it from standard input.",
        "Identifiant d’utilisateur ou anonyme ; `-` le lit sur l’entrée standard.",
    ),
    "quarantine.option.message_id": Text(
        "Message id; `-` reads it from standard input.",
        "Identifiant de message ; `-` le lit sur l’entrée standard.",
    ),
}

_TOLD: Final[Mapping[str, Text]] = {
    "quarantine.list.none": Text("No event fits.", "Aucun événement ne correspond."),
    "quarantine.list.more": Text(
        "Only the newest {limit} are shown; --limit shows more.",
        "Seuls les {limit} plus récents sont montrés ; --limit en montre davantage.",
    ),
    "quarantine.list.damaged": Text(
        "{bytes} bytes of the quarantine are damaged and hold events that cannot be read.",
        "{bytes} octets de la quarantaine sont abîmés ; les événements qu’ils contiennent sont illisibles.",
    ),
    "quarantine.show.masked": Text(
        "Values are masked. --reveal --reason TEXT shows the event whole and is written down.",
        "Les valeurs sont masquées. --reveal --reason TEXTE montre l’événement en entier et l’inscrit au registre.",
    ),
    "quarantine.show.logged": Text("Written down in {path}.", "Inscrit dans {path}."),
    "quarantine.replay.done": Text(
        "Events: {events}; judged again: {replayed}; judged under this catalog before: {already}; of sources no "
        "longer declared: {unjudged}; not readable: {unreadable}.",
        "Événements : {events} ; jugés à nouveau : {replayed} ; déjà jugés selon ce catalogue : {already} ; de "
        "sources qui ne sont plus déclarées : {unjudged} ; illisibles : {unreadable}.",
    ),
    "quarantine.replay.dry": Text(
        "Nothing was written: this is what a replay would do.",
        "Rien n’a été écrit : voici ce que ferait un rejeu.",
    ),
    "quarantine.erase.done": Text(
        "Events erased: {events}; of that id: {by_id}; holding it elsewhere: {by_content}.",
        "Événements effacés : {events} ; de cet identifiant : {by_id} ; le portant ailleurs : {by_content}.",
    ),
    "quarantine.erase.dry": Text(
        "Nothing was erased. Events that would be: {events}; of that id: {by_id}; holding it elsewhere: {by_content}.",
        "Rien n’a été effacé. Événements qui le seraient : {events} ; de cet identifiant : {by_id} ; le portant "
        "ailleurs : {by_content}.",
    ),
    "quarantine.erase.damaged": Text(
        "{bytes} damaged bytes that nobody can read went too.",
        "{bytes} octets abîmés, illisibles pour quiconque, ont été effacés aussi.",
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_EXPECTED, **_GOT, **_MEND, **_COMMANDS, **_TOLD}
