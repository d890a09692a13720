"""Erasure: every event that concerns a person or a message leaves the disk, while the observer runs.

The open segment is closed under the lock that each append takes; the writer sees that at its next append and begins
another. Closed segments are rewritten without those events, each at once: before and after a crash a file is whole.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from observer.errors import Problem, QuarantineError
from observer.messages import Words
from observer.model import Kept
from observer.quarantine.access import AccessLog, Who
from observer.quarantine.archive import Archive
from observer.quarantine.disk import flush_folder
from observer.quarantine.entry import Filters
from observer.quarantine.failure import failure
from observer.quarantine.frame import pack, wrap
from observer.quarantine.locks import hold
from observer.quarantine.segments import Segment, close_segment, contents, records, rewrite, salt_of, segments
from observer.quarantine.stored import escaped, groups
from observer.quarantine.traces import Traces

PATIENCE: Final = 60.0


class Subject(NamedTuple):
    """Whose events: exactly one of both. user_id: a user's or an anonymous id."""

    user_id: str = ""
    message_id: str = ""


class Erasure(NamedTuple):
    """What was erased: events by their own ids, events that hold the id elsewhere, files that were rewritten, and
    bytes of damaged frames in them, which nobody can read and which went too."""

    by_id: int
    by_content: int
    segments: int
    damaged_bytes: int

    @property
    def events(self) -> int:
        """Returns how many events were erased."""
        return self.by_id + self.by_content


class _Part(NamedTuple):
    """What one segment gives: frames that stay, ids that go by either ground, damaged bytes."""

    frames: list[bytes]
    by_id: list[str]
    by_content: list[str]
    damaged: int


def erase(archive: Archive, subject: Subject, who: Who, at: float, dry_run: bool = False) -> Erasure:
    """Erases all events of `subject` that were kept before the call. Returns what went, or with `dry_run` what would.

    Writes to the access log before and after: who, when, how many, and a keyed hash of the id. Raises
    QuarantineError when that cannot be written, when another process erases, or when an event is left.
    """
    subject = Subject(escaped(subject.user_id), escaped(subject.message_id))
    id_ = subject.user_id or subject.message_id
    if not id_ or (subject.user_id and subject.message_id):
        raise QuarantineError(
            Problem(
                "--user-id, --message-id",
                Words("quarantine.expect_one_id"),
                Words("quarantine.got_other_ids"),
            )
        )
    details = {
        "kind": "user" if subject.user_id else "message",
        "hash": (archive.hashing.of(id_) or b"").hex(),
    }
    log = AccessLog(archive.places.access_log)
    if not dry_run:
        log.write("erase", who, at, details)
    with hold(archive.places.upkeep_lock, PATIENCE):
        present = segments(archive.places.segments) if dry_run else _closed_segments(archive)
        traces = Traces(id_)
        done = [_erase_from(archive, segment, subject, traces, at, dry_run) for segment in present]
    result = Erasure(*(sum(column) for column in zip(*done, strict=True))) if done else Erasure(0, 0, 0, 0)
    if not dry_run:
        _verify(archive, subject, {segment.name for segment in present})
        log.write("erased", who, at, {**details, "events": result.events})
    return result


def _closed_segments(archive: Archive) -> list[Segment]:
    """Closes the open segment and returns all there are at that moment. A later one is the writer's own again."""
    with hold(archive.places.append_lock, PATIENCE):
        for segment in segments(archive.places.segments):
            if segment.is_open:
                try:
                    close_segment(segment.path)
                except OSError as error:
                    raise failure(segment.path, "quarantine.expect_writable", error) from error
        return segments(archive.places.segments)


def _erase_from(
    archive: Archive, segment: Segment, subject: Subject, traces: Traces, at: float, dry_run: bool
) -> tuple[int, int, int, int]:
    try:
        part = _without(segment, _owns(subject), traces)
    except FileNotFoundError:
        return 0, 0, 0, 0
    gone = [*part.by_id, *part.by_content]
    # Damaged bytes cannot be read and so cannot be cleared of the id: they go.
    if not gone and not part.damaged:
        return 0, 0, 0, 0
    if not dry_run:
        try:
            if part.frames:
                rewrite(segment.path, part.frames)
            else:
                segment.path.unlink()
                flush_folder(segment.path.parent)
        except OSError as error:
            raise failure(segment.path, "quarantine.expect_space", error, "quarantine.mend_space") from error
        archive.journal.erase(gone, at)
    return len(part.by_id), len(part.by_content), 1, part.damaged


def _without(segment: Segment, owned: Callable[[Kept], bool], traces: Traces) -> _Part:
    found = contents(segment.path).scan
    salt = salt_of(segment.name)
    part = _Part([], [], [], found.damaged + (0 if segment.is_open else found.tail))
    for frame in found.frames:
        if not traces.maybe(frame.content()):
            part.frames.append(wrap(frame.stored, frame.raw_bytes, frame.events, frame.newest, salt))
            continue
        staying = []
        for stored in records(segment.path, frame):
            if owned(stored.kept):
                part.by_id.append(stored.id)
            elif traces.within(stored.kept):
                part.by_content.append(stored.id)
            else:
                staying.append(stored)
        part.frames.extend(pack(*group, salt) for group in groups(staying))
    return part


def _owns(subject: Subject) -> Callable[[Kept], bool]:
    if subject.message_id:
        return lambda kept: kept.message_id == subject.message_id
    return lambda kept: subject.user_id in {kept.user_id, kept.anonymous_id}


def _verify(archive: Archive, subject: Subject, cleared: set[str]) -> None:
    filters = Filters(user_id=subject.user_id or None, message_id=subject.message_id or None)
    left = sum(entry.segment in cleared for entry in archive.entries(filters))
    if left:
        raise QuarantineError(
            Problem(
                str(archive.places.segments),
                Words("quarantine.expect_none_left"),
                Words("quarantine.got_left", {"events": left}),
                mend=Words("quarantine.mend_left"),
            )
        )
