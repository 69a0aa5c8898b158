"""Where somebody came from: the places that the escape key goes back to, one by one."""

from __future__ import annotations

from typing import NamedTuple

from socius_tui.ui.subject import Subject

LONGEST = 20  # places that are remembered


class Place(NamedTuple):
    """A screen by its name, and the id of what was chosen there; "" is nothing in particular."""

    screen: str
    chosen: str


class Trail:
    """The places that were left to look something up elsewhere, the last one last.

    A screen keeps its own cursor, filters and open windows. What was chosen is remembered as
    well, because somebody may come by the same screen twice on the way.
    """

    def __init__(self) -> None:
        self._places: list[Place] = []

    def __bool__(self) -> bool:
        return bool(self._places)

    def leave(self, place: Place) -> None:
        """Remember a place that is left; the oldest is forgotten when there are too many."""
        self._places = [*self._places[1 - LONGEST :], place]

    def back(self) -> Place | None:
        """The place that was left last, once; None when there is none."""
        return self._places.pop() if self._places else None

    def forget(self) -> None:
        """Somebody chose a screen: from there it goes back to nowhere."""
        self._places.clear()


def chosen_in(subject: Subject) -> str:
    """The id of the one thing that a screen can open: its line, not what is listed beside it."""
    found = (subject.indicator_id, subject.goal_id, subject.visit_id, subject.organisation_id)
    return next((identifier for identifier in found if identifier), "")
