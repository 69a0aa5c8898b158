"""The commands of the screen of reports."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_WHICH = N_("Which report")

REPORT_CHOICES = (
    Command("report.kind", "o", "next_kind", N_("kind"),
            N_("One kind of report after another: year, half-year, board, department, visits."),
            _WHICH),
    Command("report.period", "t", "step_period(-1)", N_("period"),
            N_("The period before; after the first the last again."), _WHICH),
    Command("report.work_type", "w", "next_work_type", N_("work type"),
            N_("The visits of one work type after another, or of all."), _WHICH),
    Command("report.language", "l", "next_language", N_("language"),
            N_("In Dutch or in English, whatever the screens speak."), _WHICH),
    Command("report.private", "a", "toggle_private", N_("private notes"),
            N_("With or without private notes and who was met."), _WHICH),
)  # fmt: skip

WRITE = Command("report.write", "s", "write_report", N_("write"),
                N_("Write the report in a file: HTML, PDF or Markdown."), _WHICH,
                footer=True)  # fmt: skip

REPORT = (*REPORT_CHOICES, WRITE)
