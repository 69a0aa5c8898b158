"""Writing a list that was looked at: what is asked before, done, and said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from socius_tui.i18n import _, ngettext
from socius_tui.services.importing.preparing import Listed
from socius_tui.services.importing.quarantine import Quarantine, beside
from socius_tui.services.importing.running import Imported, carry_out
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.confirm import ConfirmDialog


def aside_question(writes: int, refused: int, aside: Path) -> ConfirmDialog:
    """Whether the rows that can be taken are written without those that cannot."""
    question = ngettext(
        "{n} row cannot be taken. Write the other {writes}?",
        "{n} rows cannot be taken. Write the other {writes}?",
        refused,
    ).format(n=refused, writes=writes)
    if not writes:
        question = ngettext(
            "{n} row cannot be taken, and nothing else is new. Put it aside?",
            "{n} rows cannot be taken, and nothing else is new. Put them aside?",
            refused,
        ).format(n=refused)
    return ConfirmDialog(
        question,
        more=_(
            "Those that cannot be taken go in {file}, beside the list, each with the reason: "
            "mend them there and take in that file."
        ).format(file=aside.name),
        yes=_("Write the others") if writes else _("Put aside"),
        no=_("Write nothing"),
        yes_id="aside",
    )


def place_aside(session: Session, path: Path) -> Path:
    """Where refused rows go; asked on the thread of the session, for it looks on the disk."""
    del session
    return beside(path)


def write_list(
    session: Session,
    listed: Listed,
    reason: str,
    aside: Path | None,
    progress: Callable[[int], None],
) -> Imported:
    """Write the list, on the thread of the session; refused rows go aside if there is a place."""
    quarantine = Quarantine(aside, listed.source.header) if aside else None
    return carry_out(session, listed, reason=reason, quarantine=quarantine, progress=progress)


def told(done: Imported, aside: Path | None, undo_key: str) -> str:
    """What was done, how it is taken back, and where the refused rows are."""
    said = []
    if done.changes is not None:
        said += [f"{done.changes.title}.", _("{key} takes it back.").format(key=undo_key)]
    if aside is not None and done.quarantined:
        said.append(
            ngettext(
                "{n} row that cannot be taken is in {file}.",
                "{n} rows that cannot be taken are in {file}.",
                done.quarantined,
            ).format(n=done.quarantined, file=aside.name)
        )
    return " ".join(said)
