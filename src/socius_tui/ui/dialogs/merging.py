"""The form that makes one organisation of two."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services import resolve
from socius_tui.services.looking import View
from socius_tui.services.merging import MergeOrganisations
from socius_tui.services.session import Operation
from socius_tui.ui import text
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.form_field import FormField


class MergeDialog(WriteForm):
    """The organisation with the cursor stays; the other is chosen."""

    FORM = "merge"
    SUBJECT = ("keep_id",)
    DEFAULT_CSS = "MergeDialog > #form { max-width: 80; }"

    def __init__(self, keep_id: str | None = None) -> None:
        super().__init__()
        self._keep_id = keep_id
        self.keep = ChoiceField(required=True, placeholder=_("code or name"), id="keep")
        self.other = ChoiceField(required=True, placeholder=_("code or name"), id="other")

    def title_text(self) -> str:
        """What is being done."""
        return _("Merge two organisations that are one")

    def save_text(self) -> str:
        """What saving is called here."""
        return _("Merge")

    def body(self) -> Iterable[Widget]:
        """Which stays, and which goes up in it."""
        yield FormField("keep_id", _("This one stays"), self.keep)
        yield FormField("other_id", _("This one goes into it"), self.other)

    async def load(self, view: View) -> None:
        """The register."""
        del view
        self.context(
            (
                text.prose(
                    _(
                        "Visits and people of the other move to the one that stays; what is empty "
                        "there is taken over. The other is no longer in the register."
                    )
                ),
            )
        )
        finder = NamedFinder(await self.ask(resolve.named_organisations), _("organisation"))
        self.keep.set_finder(finder)
        self.other.set_finder(finder)
        self.prefill("keep_id", lambda: self.keep.fill(self._keep_id))
        if self.keep.value is not None and self.keep.typed.has_focus:
            self.other.typed.focus()

    def operation(self) -> Operation:
        """The use case."""
        if self.keep.value is None or self.other.value is None:
            raise RuleBroken(_("Choose both organisations."), field="other_id")
        return MergeOrganisations.of(keep_id=self.keep.value, other_id=self.other.value)
