"""`socius view`: lists under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from socius_tui.cli.completing import goals, organisations, persons, work_types
from socius_tui.cli.context import State, invalid, maybe_day
from socius_tui.cli.output import emit, tell, tell_aside
from socius_tui.cli.parts import Group, Words, argument, format_option, option
from socius_tui.cli.viewing import view_names
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.services.session import Session

SCREENS: Final = ("visits", "organisations", "history")
KINDS: Final = (
    *("visits", "measurements", "targets", "follow-ups", "organisations"),
    *("goals", "people", "plan", "settings"),
)
#: The field that each option of `save` gives, by screen; an option that is not here is refused.
_OPTIONS: Final = {
    "visits": {
        "mine": "visitor_id",
        "person": "visitor_id",
        "contact_person": "contact_person_id",
        "work_type": "work_type_id",
        "goal": "goal_id",
        "organisation": "organisation_id",
        "status": "status",
        "since": "since",
        "until": "until",
        "text": "text",
    },
    "organisations": {
        "mine": "contact_person_id",
        "contact_person": "contact_person_id",
        "work_type": "work_type_id",
        "unvisited": "unvisited_only",
        "whole_plan": "whole_plan",
        "next": "order",
        "text": "text",
    },
    "history": {
        "mine": "actor",
        "person": "actor",
        "kind": "kind",
        "since": "since",
        "until": "until",
        "text": "text",
    },
}


@click.group(
    "view",
    cls=Group,
    help=N_(
        "Saved views: a list with its filters, under a name.\n\n"
        "`socius visit list --view NAME`, `socius organisation list --view NAME` and "
        "`socius history --view NAME` show one; in the screens V does."
    ),
)
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "list", looks_back=True, help=N_("Your views and those for everybody, and what they show.")
)
@format_option
@click.pass_obj
def list_(state: State, form: str) -> None:
    """Print the views."""
    from socius_tui.services.exchange.view_tables import views_table
    from socius_tui.services.view_filters import all_views

    with state.session() as session:
        state.be_someone_if_known(session)
        found = all_views(session)
    if not found and form == "table":
        tell(_("No view was saved yet. `socius view save --help` tells how."))
        return
    emit(views_table(found), form, session.known_at)
    for each in found if form == "table" else ():
        for problem in each.problems:
            tell_aside(f"{each.view.name}: {problem}")


@COMMAND.command(
    "save",
    help=N_(
        "Save a list with its filters under a name.\n\n"
        "A view of that name on the same screen is replaced. With --mine it shows everybody who "
        "opens it what is theirs."
    ),
    examples=(
        'socius view save visits "Nog te doen" --mine --status planned',
        'socius view save organisations "Wie eerst" --work-type bewegingen --next --everybody',
        'socius view save history "Streefwaarden" --kind targets --since 1/1/2018',
    ),
)
@argument("screen", type=Words(*SCREENS), help=N_("Which list."))
@argument("name", metavar=N_("NAME"), help=N_("What the view is called."))
@option("--mine", is_flag=True, help=N_("Only what is of the one who looks."))
@option("--person", metavar="NAME", help=N_("Only by this person."), completer=persons)
@option(
    "--contact-person",
    metavar="NAME",
    help=N_("Only work types that this person is contact person for."),
    completer=persons,
)
@option("--work-type", metavar="NAME", help=N_("Only this work type."), completer=work_types)
@option("--goal", metavar="CODE", help=N_("Only about this goal."), completer=goals)
@option("--organisation", metavar="NAME", help=N_("Only at this one."), completer=organisations)
@option("--status", type=Words("planned", "done", "cancelled"), help=N_("Only with this status."))
@option("--kind", type=Words(*KINDS), help=N_("Only changes of this kind."))
@option("--since", metavar=N_("DATE"), help=N_("Only from this day."))
@option("--until", metavar=N_("DATE"), help=N_("Only until this day."))
@option("--text", metavar="TEXT", help=N_("Only where these words occur."))
@option("--unvisited", is_flag=True, help=N_("Only those that were not visited."))
@option("--whole-plan", is_flag=True, help=N_("Count the visits of the whole plan."))
@option("--next", is_flag=True, help=N_("Whom to visit next comes first."))
@option("--everybody", is_flag=True, help=N_("For everybody who uses the file, not you alone."))
@click.pass_obj
def save(state: State, /, screen: str, name: str, everybody: bool, **given: Any) -> None:
    """Save a view."""
    from socius_tui.domain.saved_views import ME
    from socius_tui.services.views import SaveView

    fields = _OPTIONS[screen]
    filters: dict[str, str | bool] = {}
    with state.session() as session:
        state.be_someone(session)
        for option_, value in given.items():
            if value is None or value is False:
                continue
            written = f"--{option_.replace('_', '-')}"
            if option_ not in fields:
                sentence = _("a view of {screen} cannot hold this").format(screen=screen)
                raise invalid(written, sentence, _("`socius view save --help` lists the options."))
            if fields[option_] in filters:
                raise invalid(written, _("--mine says already who it is"), _("Give one of them."))
            found = ME if option_ == "mine" else _found(session, screen, option_, value)
            filters[fields[option_]] = found
        operation = SaveView.of(screen=screen, name=name, filters=filters, for_everybody=everybody)
        done = state.write(session, operation)
    tell(done.title)


def _found(session: Session, screen: str, option_: str, value: Any) -> str | bool:
    """What an option stands for in the view: an id, a day, a word, yes."""
    from socius_tui.services import resolve
    from socius_tui.services.history_topics import find_actor

    if option_ == "person" and screen == "history":
        return find_actor(session, value)
    if option_ in ("person", "contact_person"):
        return resolve.find_person(session, value).id
    if option_ == "work_type":
        return resolve.find_work_type(session, value).id
    if option_ == "goal":
        return resolve.find_goal(session, value).id
    if option_ == "organisation":
        return resolve.find_organisation(session, value).id
    if option_ in ("since", "until"):
        day = maybe_day(session, value, f"--{option_}")
        return "" if day is None else day.isoformat()
    if option_ == "next":
        return "next"
    return value if isinstance(value, str) else True


@COMMAND.command(
    "remove",
    help=N_("Take a saved view out.\n\nThe list itself stays; `socius undo` brings it back."),
    examples=('socius view remove "Nog te doen"',),
)
@argument("name", metavar=N_("NAME"), help=N_("What the view is called."), completer=view_names)
@option("--screen", type=Words(*SCREENS), help=N_("Of which list, where two have that name."))
@click.pass_obj
def remove(state: State, name: str, screen: str | None) -> None:
    """Take a view out."""
    from socius_tui.services.view_filters import find_view
    from socius_tui.services.views import RemoveView

    with state.session() as session:
        state.be_someone_if_known(session)
        view = find_view(session, name, screen).view
        done = state.write(session, RemoveView.of(view_id=view.id))
    tell(done.title)
