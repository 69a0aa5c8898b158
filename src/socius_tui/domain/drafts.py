"""What was typed in a form that is not saved yet."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Mapping
from typing import NamedTuple


class Typed(NamedTuple):
    """What stands in a field: its text, and what is chosen in it as pairs of id and name.

    `touched` is whether it differs from what the form began with.
    """

    text: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    touched: bool = True

    @property
    def words(self) -> str:
        """What a person reads in it, on one line."""
        names = [name for _id, name in self.chosen]
        text = " ".join(self.text.split())
        return ", ".join([*names, text] if text and text not in names else names)


class Draft(NamedTuple):
    """A form that is not saved yet.

    `form` names the form, `subject` is with what it was opened, `about` says in words what it is
    about, `fields` is what stands in it by field, `left` the field with the cursor. `holder` is
    the running program that has it open (`services.holder`), `saved_at` a stored moment.
    """

    id: str
    form: str
    subject: Mapping[str, str | bool] = {}
    about: str = ""
    fields: Mapping[str, Typed] = {}
    left: str = ""
    person_id: str | None = None
    holder: str = ""
    saved_at: str = ""
