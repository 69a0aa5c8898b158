"""The commands that work the same on every screen."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands import exchange, looks
from socius_tui.ui.commands.command import Command

_GO = N_("Go to")
_DO = N_("Do")
_LOOK = N_("Look")
_PROGRAM = N_("Program")

#: Belongs to the application itself, so that it works above every screen.
PALETTE = Command(
    "palette.open", "ctrl+p", "command_palette", N_("commands"),
    N_("Find a command by its name."), _PROGRAM, footer=True, palette=False,
)  # fmt: skip

#: Of the application as well: where a screen has another use for the key, that comes first.
BACK = Command(
    "place.back", "escape", "back_to_place", N_("back"),
    N_("Back to the screen from which this was opened, as it was left."), _GO, footer=True,
    palette=False,
)  # fmt: skip

SCREENS = (
    Command("screen.overview", "1", "go('overview')", N_("Overview"),
            N_("The whole plan on one page."), _GO),
    Command("screen.goals", "2", "go('goals')", N_("Goals"),
            N_("The tree of goals, with everything on the chosen one."), _GO),
    Command("screen.visits", "3", "go('visits')", N_("Visits"),
            N_("The log of visits."), _GO),
    Command("screen.organisations", "4", "go('organisations')", N_("Organisations"),
            N_("The register of organisations."), _GO),
    Command("screen.agenda", "5", "go('agenda')", N_("Agenda"),
            N_("What is to be done, by day: visits, promises, actions, targets."), _GO),
    Command("screen.report", "6", "go('report')", N_("Report"),
            N_("A report to read, to print and to send."), _GO),
    Command("screen.history", "7", "go('history')", N_("History"),
            N_("Everything that was changed, by whom and when."), _GO),
)  # fmt: skip

#: A part of the screen of goals too.
HISTORY_OF = Command(
    "history.open", "H", "history", N_("History"),
    N_("Who changed what in the chosen goal, indicator, visit or organisation."), _LOOK,
)  # fmt: skip

#: Also in the window of backups.
BACK_UP = Command("backup.make", "f9", "back_up", N_("make a backup"),
                  N_("Make a backup of the file now."), _PROGRAM)  # fmt: skip

#: Named by what says that it can be taken back.
UNDO = Command(
    "undo.open", "u", "undo", N_("undo"),
    N_("Take back the last thing that you did; it says what that is first."), _DO, footer=True,
)  # fmt: skip

SHARED = (
    *SCREENS,
    Command("visit.log", "v", "log_visit", N_("visit"),
            N_("Log or plan a visit."), _DO, footer=True),
    Command("progress.enter", "p", "enter_progress", N_("progress"),
            N_("Enter a measurement of an indicator."), _DO, footer=True),
    Command("follow_up.add", "f", "add_follow_up", N_("follow-up"),
            N_("Write down what was promised."), _DO, footer=True),
    Command("action.add", "A", "add_action", N_("new action"),
            N_("Put an action in the year programme, under the chosen goal."), _DO),
    Command("import.open", "I", "take_in_list", N_("take in a list"),
            N_("Take in a list from a spreadsheet; you see first what it would do."), _DO),
    Command("drafts.open", "ctrl+o", "unfinished_forms", N_("unfinished forms"),
            N_("Go on with one of the unfinished forms."), _DO),
    Command("search.open", "slash", "search", N_("find"),
            N_("Find goals, indicators, organisations, visits and notes."), _LOOK, footer=True),
    Command("explain.open", "e", "explain", N_("explain"),
            N_("Show where the chosen number comes from."), _LOOK, footer=True),
    HISTORY_OF,
    Command("as_of.choose", "d", "choose_as_of", N_("as-of date"),
            N_("Look at the plan as it was on another day."), _LOOK, footer=True),
    Command("known_at.choose", "D", "choose_as_of(True)", N_("as known at"),
            N_("Look at what was known at an earlier moment."), _LOOK),
    Command("plans.open", "L", "plans", N_("plans"),
            N_("The plans of the file: look at another, make the next one, compare two."), _LOOK),
    Command("compare.open", "C", "compare_plan", N_("compare"),
            N_("The plan beside another day, last year, the key figures, or by work type."), _LOOK),
    Command("analysis.open", "S", "analysis", N_("analysis"),
            N_("What was found when the plan was made: six lists on a grid of strategies."), _LOOK),
    Command("chain.open", "T", "chain", N_("Theory of Change"),
            N_("From what is done for the chosen goal to what it is for."), _LOOK),
    Command("mandates.open", "R", "mandates", N_("mandates"),
            N_("Mandates, memberships, networks, policy that is followed."), _LOOK),
    Command("planner.open", "W", "planner", N_("visit planner"),
            N_("The visits that remain, spread over the weeks that remain."), _LOOK),
    Command("programme.open", "J", "programme", N_("year programme"),
            N_("The actions of a year by goal, with their state and budget."), _LOOK),
    Command("needs.open", "N", "needs", N_("needs heard"),
            N_("Which needs were heard at visits, how often, and where."), _LOOK),
    UNDO,
    Command("redo.open", "U", "redo", N_("redo"),
            N_("Do again what you undid last; it says what that is first."), _DO),
    BACK_UP,
    Command("backup.open", "B", "backups", N_("backups"),
            N_("See the backups of the file, and bring one back."), _PROGRAM),
    Command("periods.open", "P", "periods", N_("closed periods"),
            N_("Closed periods: which, by whom, and what was changed in them since."), _LOOK),
    Command("periods.close", "f7", "close_period", N_("close a period"),
            N_("Close a reporting period: from then on a change in it needs a reason."), _DO),
    Command("periods.reopen", "f8", "reopen_period", N_("reopen a period"),
            N_("Open a closed period again, with the reason why."), _DO),
    Command("export.open", "X", "export", N_("export"),
            N_("Write what is shown to a file: CSV, JSON, Markdown, a workbook, a calendar."), _DO),
    *exchange.EXCHANGE,
    *looks.LOOKS,
    Command("theme.toggle", "ctrl+t", "toggle_theme", N_("light or dark"),
            N_("Change between the light and the dark theme."), _PROGRAM),
    Command("screen.reload", "f5", "reload", N_("read again"),
            N_("Read everything from the file again."), _PROGRAM),
    Command("file.check", "f6", "check_file", N_("check"),
            N_("Check the file: is it whole, and does what is in it agree."), _PROGRAM),
    Command("help.open", "question_mark,f1", "help", N_("help"),
            N_("The keys that work here."), _PROGRAM, footer=True),
    Command("program.quit", "q", "quit_program", N_("quit"),
            N_("Close the program; everything is saved already."), _PROGRAM, footer=True),
)  # fmt: skip
