"""The forms that choose which visits or organisations a list shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.widget import Widget

from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.i18n import _
from socius_tui.services import resolve
from socius_tui.services.looking import View
from socius_tui.services.resolve import Named
from socius_tui.services.session import Session
from socius_tui.services.wording import word
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import FormDialog
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField

STATUSES = ("", "done", "planned", "cancelled")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the forms choose from."""

    persons: list[Named]
    work_types: list[Named]
    goals: list[Named]


def _known(session: Session, goal_id: str | None = None) -> _Known:
    return _Known(
        resolve.named_persons(session),
        resolve.named_work_types(session),
        resolve.named_goals(session, (goal_id,) if goal_id else ()),
    )


class VisitSelection(FormDialog[VisitFilter]):
    """Every filter of the log in one form; an empty field holds nothing back."""

    def __init__(self, wanted: VisitFilter) -> None:
        super().__init__()
        self._wanted = wanted
        self.words = TextField(wanted.text, limit=500, id="words")
        self.visitor = ChoiceField(placeholder=_("anybody"), id="visitor")
        self.contact = ChoiceField(placeholder=_("anybody"), id="contact")
        self.work_type = ChoiceField(placeholder=_("all"), id="work-type")
        self.goal = ChoiceField(placeholder=_("all"), id="goal")
        self.status = OptionRow(
            [(code, word(code) if code else _("all")) for code in STATUSES],
            wanted.status or "",
            id="status",
        )
        self.since = DateField(required=False, id="since")
        self.until = DateField(required=False, id="until")

    def title_text(self) -> str:
        """What is being done."""
        return _("Which visits")

    def save_text(self) -> str:
        """Nothing is saved: it is shown."""
        return _("Show")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("text", _("Words"), self.words)
        yield FormField("visitor_id", _("Visitor"), self.visitor)
        yield FormField("contact_person_id", _("Contact person"), self.contact)
        yield FormField("work_type_id", _("Work type"), self.work_type)
        yield FormField("goal_id", _("Goal"), self.goal)
        yield FormField("status", _("Status"), self.status)
        yield FormField("since", _("From"), self.since)
        yield FormField("until", _("Until"), self.until)

    async def load(self, view: View) -> None:
        """Begin with what is shown now."""
        del view
        known = await self.ask(_known, self._wanted.goal_id)
        people = NamedFinder(known.persons, _("person"))
        self.visitor.set_finder(people)
        self.contact.set_finder(people)
        self.work_type.set_finder(NamedFinder(known.work_types, _("work type")))
        self.goal.set_finder(NamedFinder(known.goals, _("goal")))
        wanted = self._wanted
        self.prefill("visitor_id", lambda: self.visitor.fill(wanted.visitor_id))
        self.prefill("contact_person_id", lambda: self.contact.fill(wanted.contact_person_id))
        self.prefill("work_type_id", lambda: self.work_type.fill(wanted.work_type_id))
        self.prefill("goal_id", lambda: self.goal.fill(wanted.goal_id))
        self.prefill("since", lambda: self.since.fill(wanted.since))
        self.prefill("until", lambda: self.until.fill(wanted.until))

    @property
    def changed(self) -> bool:
        """A choice of what to see is nothing to lose."""
        return False

    async def submit(self) -> VisitFilter:
        """The filter."""
        return self._wanted._replace(
            text=self.words.value.strip(),
            visitor_id=self.visitor.value,
            contact_person_id=self.contact.value,
            work_type_id=self.work_type.value,
            goal_id=self.goal.value,
            status=self.status.value or None,
            since=self.since.value,
            until=self.until.value,
        )


class OrganisationSelection(FormDialog[OrganisationFilter]):
    """Every filter of the register in one form."""

    def __init__(self, wanted: OrganisationFilter) -> None:
        super().__init__()
        self._wanted = wanted
        self.words = TextField(wanted.text, limit=500, id="words")
        self.work_type = ChoiceField(placeholder=_("all"), id="work-type")
        self.contact = ChoiceField(placeholder=_("anybody"), id="contact")
        self.unvisited = OptionRow(
            [("no", _("all")), ("yes", _("not visited in the period"))],
            "yes" if wanted.unvisited_only else "no",
            id="unvisited",
        )
        self.order = OptionRow(
            [("name", _("by name")), ("next", _("whom to visit first"))], wanted.order, id="order"
        )

    def title_text(self) -> str:
        """What is being done."""
        return _("Which organisations")

    def save_text(self) -> str:
        """Nothing is saved: it is shown."""
        return _("Show")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("text", _("Words"), self.words)
        yield FormField("work_type_id", _("Work type"), self.work_type)
        yield FormField("contact_person_id", _("Contact person"), self.contact)
        yield FormField("unvisited_only", _("Show"), self.unvisited)
        yield FormField("order", _("Order"), self.order)

    async def load(self, view: View) -> None:
        """Begin with what is shown now."""
        del view
        known = await self.ask(_known)
        self.work_type.set_finder(NamedFinder(known.work_types, _("work type")))
        self.contact.set_finder(NamedFinder(known.persons, _("person")))
        wanted = self._wanted
        self.prefill("work_type_id", lambda: self.work_type.fill(wanted.work_type_id))
        self.prefill("contact_person_id", lambda: self.contact.fill(wanted.contact_person_id))

    @property
    def changed(self) -> bool:
        """A choice of what to see is nothing to lose."""
        return False

    async def submit(self) -> OrganisationFilter:
        """The filter."""
        return self._wanted._replace(
            text=self.words.value.strip(),
            work_type_id=self.work_type.value,
            contact_person_id=self.contact.value,
            unvisited_only=self.unvisited.value == "yes",
            order=self.order.value,
        )
