"""What `socius import` prints and asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from socius_tui.cli.asking import sure
from socius_tui.cli.output import emit, print_line, tell
from socius_tui.cli.patience import Patience
from socius_tui.domain.text import clean
from socius_tui.errors import EXIT_DATA, EXIT_DONE, InvalidInput
from socius_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from socius_tui.cli.context import State
    from socius_tui.services.importing.outcome import Preview
    from socius_tui.services.importing.preparing import Listed
    from socius_tui.services.session import Session

_ROWS: Final = 12  # of each sort that a preview prints


def print_preview(session: Session, listed: Listed, form: str) -> Preview:
    """Look what a list would do, and print it; gives the preview."""
    from socius_tui.services.exchange.import_tables import preview_table
    from socius_tui.services.importing.running import look

    with Patience() as patience:
        preview = look(session, listed, patience.rows)
    if form != "table":
        emit(preview_table(preview), form)
        return preview
    from socius_tui.services.importing.telling import preview_lines

    for line in preview_lines(preview, _ROWS):
        print_line(line)
    return preview


def ask_and_write(
    state: State,
    session: Session,
    listed: Listed,
    preview: Preview,
    *,
    yes: bool,
    quarantine: str | None,
    force: bool,
    save_as: str,
) -> int:
    """Write the list when that is possible and wanted; gives the exit code."""
    from pathlib import Path

    from socius_tui.services.importing.outcome import State as Became
    from socius_tui.services.importing.quarantine import Quarantine
    from socius_tui.services.importing.running import carry_out, refused

    rejected = preview.counts[Became.REJECTED]
    if rejected and quarantine is None:
        raise refused(preview.file, list(preview.rejections), rejected)
    if preview.late and not state.late_reason:
        raise InvalidInput(
            preview.late, field="--late-reason", hint=_("Give the reason with --late-reason.")
        )
    if not preview.writes and not rejected:
        _keep(state, session, listed, save_as)
        print_line(_("Nothing in this list is new: nothing was written."))
        return EXIT_DONE
    if not yes and not sure(_question(preview.writes, rejected)):
        print_line(_("Nothing was written."))
        return EXIT_DONE
    aside = (
        Quarantine(Path(quarantine).expanduser(), listed.source.header, force=force)
        if quarantine
        else None
    )
    _keep(state, session, listed, save_as)
    with Patience() as patience:
        done = carry_out(
            session, listed, reason=state.late_reason, quarantine=aside, progress=patience.rows
        )
    if done.changes is not None:
        tell(done.changes.title)
    if aside is not None and aside.count:
        print_line(
            ngettext(
                "{n} row that could not be taken is in {path}: mend it there and import that file.",
                "{n} rows that could not be taken are in {path}: mend them there and import that "
                "file.",
                aside.count,
            ).format(n=aside.count, path=clean(str(aside.path)))
        )
        return EXIT_DATA
    return EXIT_DONE


def _keep(state: State, session: Session, listed: Listed, name: str) -> None:
    """Keep how the columns are read, where a name was given."""
    from socius_tui.services.importing.remembering import mapping_of

    if name:
        tell(state.write(session, mapping_of(listed, name)).title)


def _question(writes: int, rejected: int) -> str:
    if rejected:
        return ngettext(
            "Write {n} row, and put {rejected} aside?",
            "Write {n} rows, and put {rejected} aside?",
            writes,
        ).format(n=writes, rejected=rejected)
    return ngettext("Write {n} row?", "Write {n} rows?", writes).format(n=writes)


def tell_mappings(session: Session, form: str) -> None:
    """Print the mappings that were kept."""
    from socius_tui.services.exchange.import_tables import mappings_table
    from socius_tui.services.importing.preparing import kept_mappings

    emit(mappings_table(kept_mappings(session)), form)
