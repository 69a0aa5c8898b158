"""`socius plan`: the plans of the file, a next one, two beside each other, one from a document."""

from __future__ import annotations

import click

from socius_tui.cli.commands.plan_draft import DRAFT
from socius_tui.cli.completing import goals, indicators, plans
from socius_tui.cli.context import State
from socius_tui.cli.parts import Group, Words, argument, format_option, option
from socius_tui.i18n import N_


@click.group(
    "plan",
    cls=Group,
    help=N_(
        "The policy plans of the file.\n\n"
        "A file can hold the plans of several periods. It shows one of them; with --plan any "
        "command looks at another."
    ),
)
def COMMAND() -> None:
    """The group."""


_code = argument(
    "code",
    metavar=N_("PLAN"),
    required=False,
    help=N_("Code or title of the plan; else the one that is shown."),
    completer=plans,
)


@COMMAND.command(
    "list", looks_back=True, help=N_("The plans, their periods, and which one is shown.")
)
@format_option
@click.pass_obj
def list_(state: State, form: str) -> None:
    """Print the plans."""
    from socius_tui.cli.plans import print_plans

    print_plans(state, form)


@COMMAND.command("show", looks_back=True, help=N_("Everything about one plan."))
@_code
@click.pass_obj
def show(state: State, code: str | None) -> None:
    """Print the sheet of a plan."""
    from socius_tui.cli.plans import print_plan

    print_plan(state, code)


@COMMAND.command(
    "use",
    help=N_(
        "Make a plan the one that the file shows.\n\n"
        "To everybody who opens it, until another is chosen; `socius undo` takes it back. To look "
        "at another plan for once, give --plan with any command."
    ),
    examples=("socius plan use beleidsplan-2021-2025",),
)
@argument("code", metavar=N_("PLAN"), help=N_("Code or title of the plan."), completer=plans)
@click.pass_obj
def use(state: State, code: str) -> None:
    """Choose a plan."""
    from socius_tui.cli.plans import use_plan

    use_plan(state, code)


@COMMAND.command(
    "new",
    help=N_(
        "Make the plan of the next period out of one that is there.\n\n"
        "Its goals and indicators go along, all of them or those that you choose, and the last "
        "value of each indicator becomes its baseline. Organisations, people and visits belong to "
        "the file and stay. Measurements, targets, narratives, year programmes and key figures "
        "stay with the old plan. Without --end the new plan is as long as the old one. See first "
        "what it would hold with --dry-run; `socius undo` takes it back as long as nothing was "
        "entered in it."
    ),
    examples=(
        'socius plan new --from socius --code p2021 --title "Beleidsplan 2021-2025" --dry-run',
        'socius plan new --from socius --code p2021 --title "Plan 2021-2025" --goal SD1 --use',
        "… --goal OD2.3 --rename OD2.3=OD2.1 --without-indicator OD2.3-b --targets shift",
    ),
)
@option(
    "--from",
    "previous",
    required=True,
    metavar=N_("PLAN"),
    help=N_("Code or title of the plan that it follows."),
    completer=plans,
)
@option("--code", required=True, metavar=N_("CODE"), help=N_("Code of the new plan."))
@option("--title", required=True, metavar="TEXT", help=N_("Title of the new plan."))
@option("--start", metavar=N_("DATE"), help=N_("Its first day; else the day after the old plan."))
@option("--end", metavar=N_("DATE"), help=N_("Its last day."))
@option(
    "--goal",
    "goal_codes",
    multiple=True,
    metavar=N_("CODE"),
    help=N_("Only this goal, with what is below it and the goals above it."),
    completer=goals,
)
@option("--all", "everything", is_flag=True, help=N_("All goals, which is also what no --goal is."))
@option(
    "--without-indicator",
    "without",
    multiple=True,
    metavar=N_("CODE"),
    help=N_("Leave this indicator out."),
    completer=indicators,
)
@option(
    "--rename",
    "renames",
    multiple=True,
    metavar=N_("OLD=NEW"),
    help=N_("Give a goal or indicator another code."),
)
@option(
    "--targets",
    type=Words("none", "shift"),
    default="none",
    help=N_("Targets: none, as a new plan sets its own, or those of the old plan moved along."),
)
@option("--use", is_flag=True, help=N_("Make it the plan that the file shows."))
@option("--dry-run", is_flag=True, help=N_("Only say what it would hold."))
@format_option
@click.pass_obj
def new(state: State, /, **given: object) -> None:
    """Make a plan, or say what it would hold."""
    from socius_tui.cli.plans import NewPlan, new_plan

    new_plan(state, NewPlan(**given))  # type: ignore[arg-type]  # one by one what stands above


@COMMAND.command(
    "baselines",
    help=N_(
        "Take the baselines of a plan again from the plan before it.\n\n"
        "For a plan that was made before the old one was over: what was measured there since "
        "becomes its baseline. Its targets and measurements stay; `socius undo` takes it back."
    ),
    examples=("socius plan baselines plan-2021 --dry-run",),
)
@argument("code", metavar=N_("PLAN"), help=N_("Code or title of the plan."), completer=plans)
@option("--dry-run", is_flag=True, help=N_("Only say what would change."))
@format_option
@click.pass_obj
def baselines(state: State, code: str, dry_run: bool, form: str) -> None:
    """Renew baselines, or say which."""
    from socius_tui.cli.plans import renew_baselines

    renew_baselines(state, code, dry_run=dry_run, form=form)


@COMMAND.command(
    "compare",
    looks_back=True,
    help=N_(
        "How the goals of two plans go, beside each other.\n\n"
        "Each goal and indicator as it stood in the plan before, on its last day, and as it "
        "stands now; what is new, and what was dropped. Without a code: the plan that is shown, "
        "and the one before it. With two codes the first is the plan before."
    ),
    examples=("socius plan compare", "socius plan compare socius-2016-2020 plan-2021"),
)
@argument(
    "codes",
    metavar=N_("PLAN"),
    nargs=-1,
    help=N_("The plan to compare with, or two plans."),
    completer=plans,
)
@format_option
@click.pass_obj
def compare(state: State, codes: tuple[str, ...], form: str) -> None:
    """Print a comparison."""
    from socius_tui.cli.plans import print_comparison

    print_comparison(state, codes, form)


COMMAND.add_command(DRAFT)
