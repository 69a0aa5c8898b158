"""Makes a new file: who works with it, and with which plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from socius_tui.domain.changes import ChangeSet
from socius_tui.errors import BadFile
from socius_tui.i18n import _
from socius_tui.paths import resource
from socius_tui.services.assigning import AddPerson, Role
from socius_tui.services.background_file import AddBackground
from socius_tui.services.clock import Clock
from socius_tui.services.exchange.organisationfile import OrganisationRow, read_organisations
from socius_tui.services.exchange.planfile import PlanFile, read_plan_file
from socius_tui.services.planning import CreateEmptyPlan, CreatePlan, RegisterOrganisations
from socius_tui.services.publishing import refresh
from socius_tui.services.session import Session
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Transaction

SOCIUS_PLAN: Final = "socius-2016-2020"
EMPTY_PLAN: Final = "empty"


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What a new file begins with.

    `plan` is "socius-2016-2020", "empty" or the path of a plan file; `organisations` is the
    path of a list of them (docs/plan-file.md), in place of the samples; without a person's
    name nobody is added yet.
    """

    plan: str = SOCIUS_PLAN
    sample_organisations: bool = False
    organisations: str = ""
    person: str = ""
    role: Role = "contact_person"


class _Begin:
    """Everything a new file begins with, as one transaction."""

    def __init__(
        self,
        start: FirstStart,
        plan_file: PlanFile | None,
        rows: list[OrganisationRow],
    ) -> None:
        self._start, self._plan_file, self._rows = start, plan_file, rows

    def apply(self, transaction: Transaction) -> str:
        """Write person, plan and organisations."""
        if self._start.person:
            AddPerson.of(name=self._start.person, role=self._start.role).apply(transaction)
        if self._plan_file is not None:
            title = CreatePlan(self._plan_file).apply(transaction)
            if self._start.plan == SOCIUS_PLAN:
                AddBackground().apply(transaction)
        else:
            year = transaction.today.year
            title = CreateEmptyPlan(
                "plan", _("Policy plan"), date(year, 1, 1), date(year + 4, 12, 31)
            ).apply(transaction)
        if self._rows:
            RegisterOrganisations(self._rows).apply(transaction)
        return title


def create_database(path: Path, start: FirstStart, *, clock: Clock | None = None) -> ChangeSet:
    """Make a new database at `path` with all of this, or nothing at all.

    Raises BadFile for a plan file that cannot be used, InvalidInput for the person,
    FileProblem when the file exists or cannot be made.
    """
    plan_file = None
    if start.plan != EMPTY_PLAN:
        chosen = (
            resource("sample_data/plan-2016-2020.toml")
            if start.plan == SOCIUS_PLAN
            else Path(start.plan).expanduser()
        )
        plan_file = read_plan_file(chosen)
    rows: list[OrganisationRow] = []
    if start.organisations or start.sample_organisations:
        if plan_file is None:
            raise BadFile(
                _("An empty plan has no work types for organisations."),
                hint=_("Choose a plan, or leave the organisations out."),
            )
        rows = read_organisations(
            Path(start.organisations).expanduser()
            if start.organisations
            else resource("sample_data/organisations.csv")
        )
    if start.person:
        AddPerson.of(name=start.person, role=start.role)
    new_database(path)
    try:
        with Session(path, clock=clock) as session:
            done = session.write(_Begin(start, plan_file, rows))
            refresh(session)
            return done
    except BaseException:
        path.unlink(missing_ok=True)
        raise
