"""Opens an unfinished form again: which form it is, and with what it began."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, cast

from socius_tui.domain.drafts import Draft
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.session import BackgroundSession
from socius_tui.ui.dialogs.form import FormDialog

#: Every form of which something is kept: its name, its module, its class.
FORMS: Final = {
    "visit": ("visit", "VisitDialog"),
    "cancel_visit": ("visit", "CancelVisitDialog"),
    "progress": ("progress", "ProgressDialog"),
    "follow_up": ("follow_up", "FollowUpDialog"),
    "close_follow_up": ("follow_up", "CloseFollowUpDialog"),
    "target": ("target", "TargetDialog"),
    "narrative": ("narrative", "NarrativeDialog"),
    "handover": ("handover", "HandoverDialog"),
    "person": ("handover", "PersonDialog"),
    "close_period": ("periods", "ClosePeriodDialog"),
    "reopen_period": ("periods", "ReopenPeriodDialog"),
    "new_plan": ("new_plan", "NewPlanDialog"),
    "action": ("action", "ActionDialog"),
    "merge": ("merging", "MergeDialog"),
    "statement": ("analysis", "StatementDialog"),
    "step": ("chain", "StepDialog"),
    "mandate": ("mandates", "MandateDialog"),
    "day_off": ("days_off", "DayOffDialog"),
    "rhythm": ("touch", "RhythmDialog"),
    "save_view": ("views", "SaveViewDialog"),
}


async def reopened(session: BackgroundSession, kept: Draft) -> FormDialog[Any]:
    """The form, ready to be shown, with everything as it was.

    Raises NotFound when what it is about was taken out meanwhile, RuleBroken when this version
    has no such form.
    """
    if kept.form not in FORMS:
        raise RuleBroken(
            _("This version of the program does not have that form."),
            hint=_("What was typed is still there, below the list."),
        )
    module, name = FORMS[kept.form]
    form_class = getattr(import_module(f"socius_tui.ui.dialogs.{module}"), name)
    form = cast(FormDialog[Any], await form_class.again(session, kept.subject))
    return form.resume(kept)
