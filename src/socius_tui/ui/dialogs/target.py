"""The form for a target: set one, or change one with the reason why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from socius_tui.domain.detail import IndicatorDetail
from socius_tui.domain.model import IndicatorKind
from socius_tui.domain.numbers import format_exact
from socius_tui.i18n import _, get_language
from socius_tui.services.detail import indicator_detail
from socius_tui.services.looking import View
from socius_tui.services.measuring import SetTarget
from socius_tui.services.session import Operation
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.dialogs.choices import NamedFinder, words
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.number_field import NumberField
from socius_tui.ui.widgets.suggest_field import SuggestField
from socius_tui.ui.widgets.text_field import NoteField


class TargetDialog(WriteForm):
    """The target of an indicator for a period; it begins with the one of the as-of date."""

    ALIASES: ClassVar[dict[str, str]] = {"indicator_id": "value"}
    FORM = "target"
    SUBJECT = ("indicator_id",)

    def __init__(self, indicator_id: str) -> None:
        super().__init__()
        self._indicator_id = indicator_id
        self._detail: IndicatorDetail | None = None
        self.start = DateField(id="start")
        self.end = DateField(id="end")
        self.value = NumberField(plain=True, id="value")
        self.qualifier = SuggestField(
            limit=120, placeholder=_("only if the target is for a part"), id="qualifier"
        )
        self.reason = NoteField(lines=3, id="reason")

    def title_text(self) -> str:
        """What is being done."""
        return _("Target")

    def about(self) -> str:
        """The indicator."""
        record = self._detail.record if self._detail is not None else None
        return f"{record.code} {record.title}" if record is not None else ""

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("value", _("Target"), self.value)
        yield FormField("period_start", _("From"), self.start)
        yield FormField("period_end", _("Until"), self.end)
        yield FormField("qualifier", _("For"), self.qualifier)
        yield FormField("reason", _("Reason"), self.reason)

    async def load(self, view: View) -> None:
        """Show the targets that there are, and begin with the current one."""
        self._detail = detail = await self.ask(indicator_detail, self._indicator_id)
        record = detail.record
        measure = record.measure
        self.value.measure(record.unit, percentage=measure.kind is IndicatorKind.PERCENTAGE)
        tags = list(dict.fromkeys(t.qualifier for t in measure.targets if t.qualifier))
        self.qualifier.set_finder(NamedFinder(words(tags), _("qualifier")))
        current = next(
            (t for t in measure.targets if view.as_of in t.period),
            measure.targets[-1] if measure.targets else None,
        )
        if current is not None:
            period = current.period
            self.prefill(
                "value", lambda: self.value.fill(format_exact(current.value, get_language()))
            )
            self.prefill("qualifier", lambda: self.qualifier.fill(current.qualifier))
            begin, end = period.start, period.end
        else:
            year = view.as_of.year
            begin, end = date(year, 1, 1), date(year, 12, 31)
        self.prefill("period_start", lambda: self.start.fill(begin))
        self.prefill("period_end", lambda: self.end.fill(end))
        known = [
            text.join(
                text.dim(show.years(t.period.start, t.period.end) + " "),
                show.amount(t.value, record.unit),
                f" ({t.qualifier})" if t.qualifier else "",
            )
            for t in measure.targets
        ]
        self.context(
            [
                text.styled(f"{record.code} {record.title}", text.STRONG, limit=200),
                text.spaced(known) if known else text.dim(_("No target yet.")),
            ]
        )

    def operation(self) -> Operation:
        """The use case."""
        entry = self.value.value
        return SetTarget.of(
            indicator_id=self._indicator_id,
            period_start=self.start.value,
            period_end=self.end.value,
            value=entry.value if entry else None,
            qualifier=self.qualifier.typed.value,
            reason=self.reason.text,
        )
