"""The vocabularies for plans in documents: TOML files that ship with the program, or one's own.

What is in one is described in docs/plan-draft.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from socius_tui.domain.model import GoalKind
from socius_tui.domain.plan_words import Level, Vocabulary
from socius_tui.domain.text import nearest
from socius_tui.errors import NotFound
from socius_tui.i18n import _
from socius_tui.paths import resource
from socius_tui.services.exchange.fields import Code, Name, Some, Table, Title
from socius_tui.services.exchange.plancheck import PARENTS
from socius_tui.services.exchange.planfile import toml_tables
from socius_tui.services.exchange.reading import read_text, refused, shown
from socius_tui.services.exchange.sentences import at, problems_of, quoted

_FOLDER: Final = "sample_data/vocabularies"


class LevelTable(Table):
    """One level of goals."""

    kind: GoalKind
    code: Code
    under: GoalKind | None = None
    words: tuple[Name, ...] = ()
    many: tuple[Name, ...] = ()
    sections: tuple[Name, ...] = ()
    lists: tuple[Name, ...] = ()


class VocabularyTable(Table):
    """A whole vocabulary; levels stand from the highest to the lowest."""

    name: Title
    plan: tuple[Name, ...] = ()
    ends: tuple[Name, ...] = ()
    pronouns: tuple[Name, ...] = ()
    suspended: tuple[Name, ...] = ()
    numbers: dict[Name, Annotated[Some, Field(ge=1)]] = {}  # noqa: RUF012
    levels: tuple[LevelTable, ...] = Field(alias="level")


def shipped_vocabularies() -> list[str]:
    """The names of the vocabularies that the program has."""
    return sorted(path.stem for path in resource(_FOLDER).glob("*.toml"))


def all_vocabularies() -> list[Vocabulary]:
    """The vocabularies that the program has."""
    return [vocabulary(name) for name in shipped_vocabularies()]


def vocabulary(named: str) -> Vocabulary:
    """The vocabulary with this name, or in this file.

    Raises NotFound for a name that there is not, FileProblem and BadFile for a file that
    cannot be used.
    """
    known = shipped_vocabularies()
    if named in known:
        return read_vocabulary(resource(_FOLDER) / f"{named}.toml")
    path = Path(named).expanduser()
    if path.suffix or path.exists() or len(path.parts) > 1:
        return read_vocabulary(path)
    near = nearest(named, known, 2)
    raise NotFound(
        _("There is no vocabulary “{name}”.").format(name=quoted(named)),
        field="--vocabulary",
        hint=_("There are {names}; or name a file of your own.").format(names=", ".join(known)),
        candidates=near,
    )


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary in a TOML file. Raises FileProblem and BadFile."""
    name = shown(path)
    data = toml_tables(read_text(path), name)
    try:
        table = VocabularyTable.model_validate(data)
    except ValidationError as error:
        raise refused(name, problems_of(error, data, VocabularyTable)) from error
    problems = _problems(table)
    if problems:
        raise refused(name, problems)
    return Vocabulary(
        path.stem,
        table.name,
        tuple(Level(**dict(level)) for level in table.levels),
        table.plan,
        table.ends,
        table.pronouns,
        table.suspended,
        table.numbers,
    )


def _problems(table: VocabularyTable) -> list[str]:
    problems: list[str] = []
    above: list[GoalKind] = []
    for level in table.levels:
        place = f"level {level.kind}"
        allowed = PARENTS[level.kind]
        if level.kind in above:
            problems.append(f"{place}: " + _("There is a level of this kind already."))
        if level.under is None:
            if allowed:
                problems.append(
                    at(place, "under")
                    + ": "
                    + _("A goal of kind “{kind}” stands under one of kind {allowed}.").format(
                        kind=level.kind, allowed=", ".join(allowed)
                    )
                )
        elif level.under not in allowed:
            problems.append(
                at(place, "under")
                + ": "
                + _("A goal of kind “{kind}” cannot stand under one of kind “{other}”.").format(
                    kind=level.kind, other=level.under
                )
            )
        elif level.under not in above:
            problems.append(
                at(place, "under") + ": " + _("The level above must stand before this one.")
            )
        above.append(level.kind)
    if not any(level.words for level in table.levels):
        problems.append("level: " + _("No level has words: nothing could be found."))
    return problems
