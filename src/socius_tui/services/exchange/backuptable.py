"""The table of backups, for the terminal and for scripts."""

from __future__ import annotations

from collections.abc import Sequence

from socius_tui.domain.dates import format_moment
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.backups import BackupLine, moment_shown, size_text
from socius_tui.services.exchange.tables import Column, Table


def backups_table(lines: Sequence[BackupLine]) -> Table:
    """Backups with their number, moment, reason, size, and whether they can be used."""
    return Table(
        (
            Column("number", N_("Nr"), "number", lambda line: line.backup.sequence),
            Column(
                "made_at", N_("Made at"), "text", lambda line: line.backup.moment.isoformat(),
                lambda line: format_moment(moment_shown(line.backup.moment), get_language()),
            ),
            Column("why", N_("Why"), "code", lambda line: line.backup.why,
                   lambda line: line.reason, flow="wrap"),
            Column("size", N_("Size"), "number", lambda line: line.backup.size,
                   lambda line: size_text(line.backup.size)),
            Column("whole", N_("Whole"), "code", lambda line: "no" if line.fault else "yes",
                   lambda line: _("NO") if line.fault else _("yes")),
            Column("file_version", N_("File version"), "number", lambda line: line.backup.version,
                   seen=False),
            Column("name", N_("Name"), "text", lambda line: line.backup.path.name, seen=False),
        ),
        lines,
    )  # fmt: skip
