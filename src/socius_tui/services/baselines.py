"""Takes the baselines of a plan again from the plan before it, which went on in the meantime."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain.carrying import Baseline, carried_baseline
from socius_tui.domain.plan import IndicatorRecord
from socius_tui.domain.titles import counted
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.evidence import read_evidence
from socius_tui.services.operation import UseCase
from socius_tui.services.rules import present
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day_text, load_indicators, load_plans
from socius_tui.store.unit_of_work import Transaction


class RenewedBaseline(NamedTuple):
    """An indicator with the baseline that it has, and the one that it would get."""

    record: IndicatorRecord
    baseline: Baseline


class RenewBaselines(UseCase):
    """The last values of the plan before, as they are now, become the baselines of a plan."""

    plan_id: str

    def apply(self, transaction: Transaction) -> str:
        """Write those that differ. Raises RuleBroken when none does."""
        changes = renewed(transaction.connection, self.plan_id, transaction.today)
        if not changes:
            raise RuleBroken(_("The baselines are the last values of the plan before already."))
        for change in changes:
            transaction.change(
                "indicator",
                change.record.id,
                {
                    "baseline_value": change.baseline.value,
                    "baseline_on": day_text(change.baseline.day),
                },
            )
        return counted(
            "Baseline of {count} indicator renewed",
            "Baselines of {count} indicators renewed",
            len(changes),
        )


def renewed_baselines(session: Session, plan_id: str) -> list[RenewedBaseline]:
    """What would change. Raises RuleBroken for a plan that was not made from another."""
    return session.read(lambda connection: renewed(connection, plan_id, session.today))


def renewed(connection: Connection, plan_id: str, today: date) -> list[RenewedBaseline]:
    """The indicators of a plan whose baseline is no longer the last value of the plan before."""
    plans = {plan.id: plan for plan in load_plans(connection)}
    plan = present(plans.get(plan_id), field="plan_id")
    previous = plans.get(plan.previous_id or "")
    if previous is None:
        raise RuleBroken(
            _("The plan {code} was not made from another plan.").format(code=plan.code),
            field="plan_id",
        )
    before = plan.rules.period.start - timedelta(days=1)
    day = min(today, previous.rules.period.end, before)
    evidence = read_evidence(connection, previous, day)
    former = {indicator.id: indicator for indicator in evidence.indicators}
    changes = []
    for record in load_indicators(connection, plan_id):
        old = former.get(record.previous_id or "")
        if old is None:
            continue
        judgement = evidence.judge(old, looking_ahead=False)
        found = carried_baseline(old.measure, old.baseline_on, judgement, day)
        value = None if found.value is None else Fraction(found.value)
        if (value, found.day) != (record.measure.baseline, record.baseline_on):
            changes.append(RenewedBaseline(record, found))
    return changes
