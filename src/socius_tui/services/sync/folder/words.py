"""What was found in the shared folder, as sentences: what it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from socius_tui.domain.exchanged import Trouble
from socius_tui.domain.text import clean
from socius_tui.errors import FileProblem, Forked, OutOfReach, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.sync.folder.segments import Kind
from socius_tui.store.problems import shown


def half(name: str) -> Trouble:
    """A file of which the end is not there yet."""
    return Trouble(
        name,
        _("This file has come in half: what carries the folder is not done, or gave up."),
        _("Let it finish and exchange again; nothing of the file was used."),
    )


def damaged(name: str) -> Trouble:
    """A file in which something else is than was put there."""
    return Trouble(
        name,
        _("This file is damaged; nothing of it was used."),
        _("The laptop that wrote it is told, and puts it there anew when it exchanges again."),
    )


def damaged_snapshot(name: str) -> Trouble:
    """A snapshot that is not whole."""
    return Trouble(
        name,
        _("This snapshot is damaged or has come in half; an older one is tried, or none."),
        _("It only makes a beginning quicker: without it everything comes from the changes."),
    )


def newer(name: str) -> Trouble:
    """A file in a format that this version does not know."""
    return Trouble(
        name,
        _("This file was written by a newer version of the program; it was left alone."),
        _("Update the program; then it is read."),
    )


def other_team(name: str) -> Trouble:
    """A file of another team that was put here."""
    return Trouble(
        name,
        _("This file belongs to another team; it was left alone."),
        _("Find out who put it here."),
    )


def other_laptop(name: str) -> Trouble:
    """A file in the folder of a laptop that another one wrote."""
    return Trouble(
        name,
        _("This file was written by another laptop than that of the folder it is in."),
        _("Somebody moved it: put it back. It was left alone."),
    )


def conflicted(name: str) -> Trouble:
    """A second file with the name of a segment and something else in it."""
    return Trouble(
        name,
        _(
            "This is a copy that what carries the folder made of a file, and it is not the same "
            "as the file; it was left alone."
        ),
        _("It can be thrown away."),
    )


def renamed(name: str) -> Trouble:
    """A segment under another name than its own, whole by itself."""
    return Trouble(
        name,
        _("This file has another name than it was given. What is in it is whole and was read."),
        _("Give it its own name back, or leave it: nothing is lost."),
    )


def link(name: str) -> Trouble:
    """A link where a file should be."""
    return Trouble(
        name,
        _("This is a link or no ordinary file; it was not followed."),
        _("Only ordinary files are exchanged: find out who put it here."),
    )


def not_readable(name: str, error: OSError) -> Trouble:
    """A file that is not on this laptop yet, or may not be read."""
    return Trouble(
        name,
        _("This file cannot be read yet: {reason}.").format(
            reason=clean(error.strerror or str(error))
        ),
        _(
            "Where files stay online until they are opened: let the folder always be kept on "
            "this laptop. Then exchange again."
        ),
    )


def not_sealed(name: str, sentence: str) -> Trouble:
    """A file that the seal refuses to open, which says why."""
    return Trouble(name, clean(sentence), "")


def stray_folder(name: str) -> Trouble:
    """A folder beside those of the laptops that has not the name of one."""
    return Trouble(
        name,
        _("This is not the folder of a laptop: it has another name, or it is a link."),
        _("If it was renamed, give it its name back. It was left alone."),
    )


def unclear(name: str) -> Trouble:
    """What a laptop says of itself that cannot be read."""
    return Trouble(
        name,
        _("What a laptop says of itself cannot be read in this file."),
        _("It is written anew when that laptop exchanges again."),
    )


_BY_KIND: Final[dict[Kind, Callable[[str], Trouble]]] = {
    "half": half,
    "damaged": damaged,
    "newer": newer,
    "team": other_team,
}


def unfit(name: str, kind: Kind) -> Trouble:
    """Why a segment cannot be used."""
    return _BY_KIND[kind](name)


def no_folder(folder: Path) -> OutOfReach:
    """The refusal when there is no folder."""
    return OutOfReach(
        _("There is no folder {folder} now; nothing was exchanged.").format(folder=shown(folder)),
        title=_("The shared folder is not there"),
        hint=_(
            "Put the disk in, or start the program that carries the folder. To begin one, make "
            "the folder first or give --new."
        ),
    )


def out_of_reach(folder: Path, error: OSError) -> OutOfReach:
    """The refusal when the folder cannot be looked into."""
    return OutOfReach(
        _("The shared folder {folder} cannot be read: {reason}.").format(
            folder=shown(folder), reason=clean(error.strerror or str(error))
        ),
        title=_("The shared folder is not there"),
        hint=_("Check the disk, or the program that carries the folder; then try again."),
    )


def not_a_folder(folder: Path) -> FileProblem:
    """The refusal when a file has the folder's place."""
    return FileProblem(
        _("{folder} is not a folder.").format(folder=shown(folder)),
        hint=_("Name the folder that the team shares."),
    )


def of_another_team(folder: Path) -> RuleBroken:
    """The refusal of another team's folder."""
    return RuleBroken(
        _("The folder {folder} belongs to another team; nothing was exchanged.").format(
            folder=shown(folder)
        ),
        field="place",
        title=_("Another team"),
        hint=_("Name your own team's folder; a new team begins in an empty one."),
    )


def of_newer_version(folder: Path) -> RuleBroken:
    """The refusal of a folder in a format that is not known here."""
    return RuleBroken(
        _("The folder {folder} was made by a newer version of the program.").format(
            folder=shown(folder)
        ),
        field="place",
        title=_("Too new"),
        hint=_("Update the program; then it can be exchanged through."),
    )


def team_unclear(path: Path) -> FileProblem:
    """The refusal when it cannot be read whose folder it is."""
    return FileProblem(
        _("{path} cannot be read, so it is not known whose folder this is.").format(
            path=shown(path)
        ),
        hint=_(
            "It may not have come in whole yet: wait and try again. If it stays so, throw the "
            "file away and exchange with --new; nothing else in the folder is touched."
        ),
    )


def team_gone(folder: Path) -> FileProblem:
    """The refusal of a folder with something in it and nothing that says whose it is."""
    return FileProblem(
        _("The folder {folder} is not empty and has no team.json; nothing was exchanged.").format(
            folder=shown(folder)
        ),
        title=_("Is this the team's folder?"),
        hint=_(
            "If it is, it may not have come in whole yet: wait and try again. If it never comes, "
            "exchange with --new; what is in the folder stays."
        ),
    )


def forked(replica: str, name: str) -> Forked:
    """The refusal to put something else in a place that is taken."""
    return Forked(
        _(
            "In the folder of this laptop ({replica}) stands something else than this file wrote: "
            "{name}. Nothing was replaced."
        ).format(replica=clean(replica), name=name),
        title=_("Two files write under one name"),
        hint=_(
            "The database was copied and is used twice, or a backup of it was put back. One of "
            "the two has to go on under a new name."
        ),
    )


def already_there(path: Path) -> FileProblem:
    """The refusal to unpack a snapshot over a file."""
    return FileProblem(
        _("{path} exists already; nothing was written.").format(path=shown(path)),
        title=_("The file exists"),
        hint=_("Name a file that is not there yet."),
    )


def too_large() -> FileProblem:
    """The refusal of a transaction that is larger than a segment can be."""
    return FileProblem(
        _("This is too large to be exchanged through a folder."),
        hint=_("Exchange through a server."),
    )
