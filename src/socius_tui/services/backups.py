"""Backups: making them, by hand and by themselves, looking at them, bringing one back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.domain.dates import format_moment
from socius_tui.domain.text import clean
from socius_tui.errors import FileProblem, NotFound
from socius_tui.i18n import N_, _, get_language, ngettext
from socius_tui.services.clock import Clock, SystemClock
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from socius_tui.store import backup as store
from socius_tui.store import restore as restoring
from socius_tui.store.backup_files import Backup, backups_of
from socius_tui.store.restore import Restored

#: While the program is used and something changed, a backup is made when the last is so old.
EVERY: Final = timedelta(minutes=30)

LATEST: Final = "latest"

#: Why a backup was made, in words.
REASONS: Final = {
    "automatic": N_("by itself"),
    "manual": N_("asked for"),
    "upgrade": N_("before an upgrade of the file"),
    "import": N_("before an import"),
    "undo": N_("before much was undone"),
    "restore": N_("before a backup was brought back"),
    "repair": N_("before a repair"),
    "erasure": N_("before personal data was erased"),
}

size_text = store.size_text


class BackupLine(NamedTuple):
    """A backup as it is shown; `fault` says why it cannot be used, "" when it is whole."""

    backup: Backup
    fault: str

    @property
    def reason(self) -> str:
        """Why it was made."""
        why = self.backup.why
        return _(REASONS[why]) if why in REASONS else why


def back_up(where: Session | Path, why: str = "manual", *, clock: Clock | None = None) -> Backup:
    """Make a backup of a file now: of an open session, outside a write, or by its path.

    `why` is a word of REASONS. Raises FileProblem when it cannot be made; then what would follow
    must not be done.
    """
    if isinstance(where, Session):
        return job(where, why)()
    return store.back_up(where, why, (clock or SystemClock()).now())


def job(session: Session, why: str = "manual") -> Callable[[], Backup]:
    """What makes a backup of an open file, for any thread to run."""
    path, now = session.path, session.now
    return lambda: store.back_up(path, why, now)


def when_due(session: Session) -> Callable[[], Backup] | None:
    """What makes a backup by itself, for any thread to run, when it is time for one; else None.

    It is when something changed since the last one in the folder and that is half an hour old,
    or was made by a clock that has gone backwards. Never of a demo.
    """
    if session.is_demo or session.read_only:
        return None
    made = backups_of(session.path)
    if made:
        last, now = made[-1], session.now
        if last.moment <= now < last.moment + EVERY:
            return None
        manifest = last.manifest() or {}
        end = (manifest.get("replica"), manifest.get("last_change"))
        if end == session.read(store.journal_end):
            return None
    return job(session, "automatic")


def listed(path: Path) -> list[BackupLine]:
    """The backups of a file, newest first, each held against its manifest."""
    return [BackupLine(backup, _fault(backup)) for backup in reversed(backups_of(path))]


def listed_of(session: Session) -> list[BackupLine]:
    """The same for an open file."""
    return listed(session.path)


def about_in(session: Session, backup: Backup) -> str:
    """`about` for an open file."""
    return about(session.path, backup)


def _fault(backup: Backup) -> str:
    try:
        store.check(backup)
    except FileProblem as error:
        return error.message
    return ""


def find(path: Path, typed: str) -> Backup:
    """The backup that is meant: "latest", its number, or its name. Raises NotFound."""
    made = backups_of(path)
    if typed == LATEST and made:
        return made[-1]
    name = Path(typed).name
    found = [
        backup
        for backup in made
        if backup.path.name == name or (typed.isdecimal() and backup.sequence == int(typed))
    ]
    if not found:
        raise NotFound(
            _("There is no backup “{name}” of {path}.").format(
                name=clean(typed, limit=80), path=clean(str(path))
            ),
            hint=_("`socius backup --list` shows which there are.")
            if made
            else _("No backup of this file was made yet; `socius backup` makes one."),
        )
    return found[-1]


def before_restore(path: Path) -> Backup:
    """The file as it was before a backup was last brought back. Raises NotFound."""
    kept = [backup for backup in backups_of(path) if backup.why == "restore"]
    if not kept:
        raise NotFound(
            _("No backup was brought back in {path}, so there is nothing to undo.").format(
                path=clean(str(path))
            )
        )
    return kept[-1]


def about(path: Path, backup: Backup) -> str:
    """Which backup it is and what would be gone from the file, to read before saying yes.

    Raises Damaged when the backup is not whole.
    """
    store.check(backup)
    moment = format_moment(moment_shown(backup.moment), get_language())
    lost = restoring.changes_since(path, backup)
    if lost is None:
        gone = _("The file itself cannot be read now.")
    elif not lost:
        gone = _("Nothing was changed in the file since.")
    else:
        gone = ngettext(
            "{n} change since then will be gone from the file.",
            "{n} changes since then will be gone from the file.",
            lost,
        ).format(n=lost)
    made = _("Backup {number} was made on {moment}.").format(number=backup.sequence, moment=moment)
    return f"{made} {gone}"


def made_shortly(made: Backup) -> str:
    """What was made, where there is little room."""
    return _("Backup {number} made ({size}).").format(
        number=made.sequence, size=size_text(made.size)
    )


def made_sentence(made: Backup) -> str:
    """What was made, and where."""
    return _("Backup made: {path} ({size}).").format(path=made.path, size=size_text(made.size))


def done_sentence(done: Restored) -> str:
    """What a restore did."""
    moment = format_moment(moment_shown(done.backup.moment), get_language())
    return _("The file is again what it was on {moment}.").format(moment=moment)


def restore(
    path: Path, backup: Backup, *, clock: Clock | None = None, actor: str | None = None
) -> Restored:
    """Bring a backup back; the file as it is now is kept aside first.

    Raises FileProblem when the backup is not whole, the file is in use, or the disk says no; then
    nothing was changed.
    """
    clock = clock or SystemClock()
    return restoring.restore(path, backup, now=clock.now(), today=clock.today(), actor=actor)


def restore_in(session: Session, backup: Backup) -> Restored:
    """The same for an open file, which sees it at its next question.

    Who was not in the file then is nobody in it now.
    """
    session.database.refuse_read_only()
    done = restoring.restore(
        session.path, backup, now=session.now, today=session.today, actor=session.actor
    )
    if session.actor not in {person.id for person in staff(session)}:
        session.actor = None
    return done


def moment_shown(moment: datetime) -> datetime:
    """A moment as the clock on the wall showed it."""
    return moment.astimezone()
