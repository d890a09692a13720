"""The keys of proof: from the settings, else from a file in the state folder that the first run makes."""

import os
import secrets
from pathlib import Path
from typing import Final

from observer.consent.proof import ProofKey, read_keys
from observer.errors import Problem, SettingsError, literal
from observer.messages import Words
from observer.settings.whole import Settings

FILE_NAME: Final = "proof.keys"
_FIRST_ID: Final = "1"
_SECRET_BYTES: Final = 32


def proof_keys(settings: Settings, *, make: bool) -> tuple[ProofKey, ...]:
    """Returns the keys, the first of them the one in use; none where there are none and none are to be made.

    make: whether a key may be made in the state folder, as the embedded run does. Several machines must share their
    keys: there they come from the settings. Raises SettingsError where the keys cannot be read or are none.
    """
    given = settings.proof.keys
    if given is not None:
        return read_keys("proof.keys", given.get_secret_value())
    file = settings.state / FILE_NAME
    try:
        if make and not file.exists():
            _make(file)
        return read_keys(str(file), file.read_text("ascii")) if file.exists() else ()
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "?"
        raise SettingsError(
            Problem(str(file), Words("consent.expected.proof_keys"), literal(reason))
        ) from error


def _make(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(f"{_FIRST_ID}:{secrets.token_hex(_SECRET_BYTES)}\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        # A link fails where a rename would replace the key that another process made in the meantime.
        file.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
