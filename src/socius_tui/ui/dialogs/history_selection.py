"""The form that chooses which changes the history shows."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from socius_tui.domain.history import HistoryFilter
from socius_tui.i18n import _
from socius_tui.services import history
from socius_tui.services.looking import View
from socius_tui.services.resolve import Named
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import FormDialog
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.text_field import TextField


class HistorySelection(FormDialog[HistoryFilter]):
    """Every filter of the history in one form; an empty field holds nothing back."""

    def __init__(self, wanted: HistoryFilter) -> None:
        super().__init__()
        self._wanted = wanted
        self.words = TextField(wanted.text, limit=500, id="words")
        self.actor = ChoiceField(placeholder=_("anybody"), id="actor")
        self.kind = ChoiceField(placeholder=_("all"), id="kind")
        self.since = DateField(required=False, id="since")
        self.until = DateField(required=False, id="until")

    def title_text(self) -> str:
        """What is being done."""
        return _("Which changes")

    def save_text(self) -> str:
        """Nothing is saved: it is shown."""
        return _("Show")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("text", _("Words"), self.words)
        yield FormField("actor", _("Person"), self.actor)
        yield FormField("kind", _("Kind"), self.kind)
        yield FormField("since", _("From"), self.since)
        yield FormField("until", _("Until"), self.until)

    async def load(self, view: View) -> None:
        """Begin with what is shown now."""
        del view
        people = [
            Named(identifier, "", name) for identifier, name in await self.ask(history.people)
        ]
        kinds = [Named(kind, "", history.kind_word(kind)) for kind in history.KINDS]
        self.actor.set_finder(NamedFinder(people, _("person")))
        self.kind.set_finder(NamedFinder(kinds, _("kind")))
        wanted = self._wanted
        self.prefill("actor", lambda: self.actor.fill(wanted.actor))
        self.prefill("kind", lambda: self.kind.fill(wanted.kind))
        self.prefill("since", lambda: self.since.fill(wanted.since))
        self.prefill("until", lambda: self.until.fill(wanted.until))

    @property
    def changed(self) -> bool:
        """A choice of what to see is nothing to lose."""
        return False

    async def submit(self) -> HistoryFilter:
        """The filter."""
        return HistoryFilter(
            actor=self.actor.value,
            since=self.since.value,
            until=self.until.value,
            kind=self.kind.value,
            text=self.words.value.strip(),
        )
