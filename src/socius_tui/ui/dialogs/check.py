"""What a check of the file found: a sentence for each finding, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.findings import CheckReport, Finding, Severity
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services.checking import check, summary
from socius_tui.services.wording import word
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.work import start


class CheckDialog(Window[None]):
    """The findings, damage first."""

    DEFAULT_CSS = """
    CheckDialog {
        & > #window { width: 90; height: auto; max-height: 90%; }
        & VerticalScroll { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
        & VerticalScroll > Static { height: auto; }
    }
    """

    def heading(self) -> Content:
        """What this is."""
        return text.styled(_("Check of the file"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Scroll, and close."""
        return (text.key_hint("↑ ↓", _("scroll")), *super().hints())

    def body(self) -> Iterable[Widget]:
        """One text to scroll through."""
        looking = text.dim(_("Everything in the file is being read …"))
        yield VerticalScroll(Static(looking, id="findings"))

    def on_mount(self) -> None:
        """Ask for it."""
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        try:
            report = await host(self).session.ask(check)
        except SociusError as error:
            host(self).complain(error)
            self.dismiss(None)
            return
        scroll = self.query_one(VerticalScroll)
        width = max(scroll.content_size.width - 1, 20)
        self.query_one("#findings", Static).update(findings_text(report, width))
        scroll.focus()


def findings_text(report: CheckReport, width: int) -> Content:
    """The report in `width` cells: in short, then damage, then what does not agree."""
    ordered = sorted(report.findings, key=lambda finding: finding.severity is not Severity.DAMAGE)
    return Content("\n\n").join(
        [text.plain(summary(report)), *(_finding(finding, width) for finding in ordered)]
    )


def _finding(finding: Finding, width: int) -> Content:
    mark = text.styled(word(finding.severity.value), text.STRONG)
    indent = len(word(finding.severity.value)) + 2
    return text.lines(
        (
            text.hanging(mark, text.plain(finding.sentence), indent, width),
            text.hanging(text.NOTHING, text.dim(finding.advice), indent, width),
        )
    )
