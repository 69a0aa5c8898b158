"""Reads the visit log: lines with filters, one visit, and the events that indicators count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.model import Period
from socius_tui.domain.records import FollowUpLine, VisitDetail, VisitLine
from socius_tui.store.driver import Connection
from socius_tui.store.follow_ups import follow_ups_of_visit
from socius_tui.store.search import match_expression
from socius_tui.store.where import Where


class DoneVisit(NamedTuple):
    """A visit done, as computed indicators and coverage read it."""

    id: str
    organisation_id: str
    work_type_id: str
    day: date
    order: str
    recorded_on: date
    goal_ids: frozenset[str]


_SELECT = (
    "SELECT v.id, v.visited_on, o.id, o.name, w.name, v.status, v.mode, coalesce(p.name, ''),"
    " (SELECT group_concat(code, char(31)) FROM (SELECT g.code FROM visit_goal vg"
    "  JOIN goal g ON g.id = vg.goal_id WHERE vg.visit_id = v.id AND vg.retired_at IS NULL"
    "  ORDER BY g.position, g.code)),"
    " (SELECT group_concat(tag, char(31)) FROM (SELECT tag FROM visit_need"
    "  WHERE visit_id = v.id AND retired_at IS NULL ORDER BY tag)),"
    " (SELECT count(*) FROM follow_up f WHERE f.visit_id = v.id AND f.done_on IS NULL"
    "  AND f.retired_at IS NULL),"
    " v.summary, v.visitor_id, v.private_note"
    " FROM visit v JOIN organisation o ON o.id = v.organisation_id"
    " JOIN work_type w ON w.id = o.work_type_id LEFT JOIN person p ON p.id = v.visitor_id"
)


#: Visits about a goal or any goal below it.
ABOUT = (
    "v.id IN (SELECT visit_id FROM visit_goal WHERE retired_at IS NULL AND goal_id IN ("
    " WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT g.id FROM goal g, below b"
    "  WHERE g.parent_id = b.id) SELECT id FROM below))"
)


_NEWEST_FIRST = "ORDER BY v.visited_on DESC, v.id DESC"


def visit_lines(
    connection: Connection,
    wanted: VisitFilter,
    *,
    limit: int = -1,
    offset: int = 0,
    after: VisitLine | None = None,
) -> list[VisitLine]:
    """The log, newest first, as far as the filter lets it through.

    From the line after `after` on, which costs the same however long the log is; or else so many
    lines on as `offset` says. -1 is no limit.
    """
    where = _where(wanted)
    if after is not None:
        where.add_all("(v.visited_on, v.id) < (?, ?)", (after.visited_on.isoformat(), after.id))
        offset = 0
    # What is passed over is passed over in the index; only rows of the page are looked up.
    rows = connection.execute(
        f"{_SELECT} WHERE v.id IN (SELECT v.id FROM {_filtered(wanted)} WHERE {where}"
        f" {_NEWEST_FIRST} LIMIT ? OFFSET ?) {_NEWEST_FIRST}",
        (*where.values, limit, offset),
    )
    return [_line(row) for row in rows]


def iterate_lines(connection: Connection, wanted: VisitFilter) -> Iterator[VisitLine]:
    """All of `visit_lines`, one at a time."""
    where = _where(wanted)
    for row in connection.execute(f"{_SELECT} WHERE {where} {_NEWEST_FIRST}", where.values):
        yield _line(row)


def count_visits(connection: Connection, wanted: VisitFilter) -> int:
    """How many lines the filter lets through."""
    where = _where(wanted)
    row = connection.execute(
        f"SELECT count(*) FROM {_filtered(wanted)} WHERE {where}", where.values
    ).fetchone()
    return int(row[0])


def visit_detail(connection: Connection, visit_id: str) -> VisitDetail | None:
    """One visit with people met, goals and follow-ups."""
    row = connection.execute(
        f"{_SELECT} WHERE v.id = ? AND v.retired_at IS NULL", (visit_id,)
    ).fetchone()
    if row is None:
        return None
    met = connection.execute(
        "SELECT name FROM visit_met WHERE visit_id = ? AND retired_at IS NULL ORDER BY position",
        (visit_id,),
    ).fetchall()
    goals = connection.execute(
        "SELECT goal_id FROM visit_goal WHERE visit_id = ? AND retired_at IS NULL", (visit_id,)
    ).fetchall()
    follow_ups: list[FollowUpLine] = follow_ups_of_visit(connection, visit_id)
    return VisitDetail(
        line=_line(row),
        visitor_id=row[12],
        private_note=row[13],
        met=tuple(name for (name,) in met),
        goal_ids=tuple(goal for (goal,) in goals),
        follow_ups=tuple(follow_ups),
    )


def link_ids(connection: Connection, table: str, visit_id: str) -> dict[str, str]:
    """The live link rows of a visit: what they point at -> row id."""
    column = {"visit_goal": "goal_id", "visit_need": "tag", "visit_met": "name"}[table]
    rows = connection.execute(
        f"SELECT {column}, id FROM {table} WHERE visit_id = ? AND retired_at IS NULL", (visit_id,)
    )
    return {str(key): str(identifier) for key, identifier in rows}


def done_visits(
    connection: Connection, span: Period, as_of: date, *, work_type_id: str | None = None
) -> list[DoneVisit]:
    """All visits done in a period up to a day, oldest first."""
    goals: dict[str, set[str]] = {}
    for visit_id, goal_id in connection.execute(
        "SELECT visit_id, goal_id FROM visit_goal WHERE retired_at IS NULL"
    ):
        goals.setdefault(visit_id, set()).add(goal_id)
    rows = connection.execute(
        "SELECT v.id, v.organisation_id, o.work_type_id, v.visited_on, v.recorded_at || v.id,"
        " substr(v.recorded_at, 1, 10)"
        " FROM visit v JOIN organisation o ON o.id = v.organisation_id"
        " WHERE v.status = 'done' AND v.visited_on BETWEEN ?3 AND min(?1, ?4)"
        " AND v.retired_at IS NULL"
        " AND (?2 IS NULL OR o.work_type_id = ?2) ORDER BY v.visited_on, v.id",
        (as_of.isoformat(), work_type_id, span.start.isoformat(), span.end.isoformat()),
    )
    return [
        DoneVisit(
            id=row[0],
            organisation_id=row[1],
            work_type_id=row[2],
            day=date.fromisoformat(row[3]),
            order=row[4],
            recorded_on=date.fromisoformat(row[5]),
            goal_ids=frozenset(goals.get(row[0], ())),
        )
        for row in rows
    ]


def done_rows(
    connection: Connection,
    span: Period,
    as_of: date,
    work_type_id: str | None = None,
    about: Iterable[str] | None = None,
) -> list[tuple[str, str, str]]:
    """Visits done in a period up to a day, about one of these goals: id, organisation, day."""
    where = _done(span, as_of, work_type_id, about)
    return connection.execute(
        f"SELECT v.id, v.organisation_id, v.visited_on FROM visit v WHERE {where}", where.values
    ).fetchall()


def done_by_day(
    connection: Connection,
    span: Period,
    as_of: date,
    work_type_id: str | None = None,
    about: Iterable[str] | None = None,
) -> list[tuple[str, int]]:
    """How many were done on each day on which there was one."""
    where = _done(span, as_of, work_type_id, about)
    return connection.execute(
        f"SELECT v.visited_on, count(*) FROM visit v WHERE {where} GROUP BY v.visited_on",
        where.values,
    ).fetchall()


def visited(connection: Connection, span: Period, as_of: date) -> list[str]:
    """The organisations with a visit done in a period up to a day."""
    rows = connection.execute(
        "SELECT o.id FROM organisation o WHERE o.retired_at IS NULL AND EXISTS ("
        "SELECT 1 FROM visit v WHERE v.organisation_id = o.id AND v.status = 'done'"
        " AND v.visited_on BETWEEN ? AND min(?, ?) AND v.retired_at IS NULL)",
        (span.start.isoformat(), span.end.isoformat(), as_of.isoformat()),
    )
    return [str(row[0]) for row in rows]


def _done(
    span: Period, as_of: date, work_type_id: str | None, about: Iterable[str] | None
) -> Where:
    where = Where("v.status = 'done'", "v.retired_at IS NULL")
    where.add("v.visited_on >= ?", span.start).add("v.visited_on <= ?", min(span.end, as_of))
    where.add(
        "v.organisation_id IN (SELECT id FROM organisation WHERE work_type_id = ?)", work_type_id
    )
    if about is not None:
        goals = sorted(about)
        where.add_all(
            "v.id IN (SELECT visit_id FROM visit_goal WHERE retired_at IS NULL"
            f" AND goal_id IN ({', '.join('?' * len(goals))}))",
            goals,
        )
    return where


def goals_outside(connection: Connection, visit_id: str, day: date) -> list[tuple[str, str]]:
    """The goals of a visit that are of a plan in whose period a day does not lie: goal, plan."""
    return connection.execute(
        "SELECT g.code, p.code FROM visit_goal vg JOIN goal g ON g.id = vg.goal_id"
        " JOIN plan p ON p.id = g.plan_id WHERE vg.visit_id = ?1 AND vg.retired_at IS NULL"
        " AND ?2 NOT BETWEEN p.starts_on AND p.ends_on ORDER BY g.code",
        (visit_id, day.isoformat()),
    ).fetchall()


def need_tags(connection: Connection, *, goal_id: str | None = None) -> list[tuple[str, int]]:
    """Needs heard so far (at visits about a goal) with how often, most heard first."""
    rows = connection.execute(
        "SELECT n.tag, count(*) FROM visit_need n JOIN visit v ON v.id = n.visit_id"
        " WHERE n.retired_at IS NULL AND v.retired_at IS NULL AND (?1 IS NULL OR v.id IN"
        "  (SELECT visit_id FROM visit_goal WHERE goal_id = ?1 AND retired_at IS NULL))"
        " GROUP BY n.tag ORDER BY count(*) DESC, n.tag",
        (goal_id,),
    )
    return [(str(tag), int(number)) for tag, number in rows]


def _filtered(wanted: VisitFilter) -> str:
    """The tables that the conditions of a filter speak of."""
    if wanted.work_type_id is None and wanted.contact_person_id is None:
        return "visit v"
    return "visit v JOIN organisation o ON o.id = v.organisation_id"


def _where(wanted: VisitFilter) -> Where:
    where = Where("v.retired_at IS NULL")
    where.add("v.visitor_id = ?", wanted.visitor_id)
    where.add("o.work_type_id = ?", wanted.work_type_id)
    where.add("v.organisation_id = ?", wanted.organisation_id)
    where.add("v.status = ?", wanted.status)
    where.add("v.visited_on >= ?", wanted.since)
    where.add("v.visited_on <= ?", wanted.until)
    where.add(
        "v.id IN (SELECT visit_id FROM visit_goal WHERE goal_id = ? AND retired_at IS NULL)",
        wanted.goal_id,
    )
    where.add(ABOUT, wanted.about_id)
    where.add(
        "v.id IN (SELECT visit_id FROM visit_need WHERE tag = ? AND retired_at IS NULL)",
        wanted.need,
    )
    where.add(
        "EXISTS (SELECT 1 FROM assignment a WHERE a.work_type_id = o.work_type_id"
        " AND a.person_id = ? AND a.retired_at IS NULL AND v.visited_on >= a.starts_on"
        " AND (a.ends_on IS NULL OR v.visited_on <= a.ends_on))",
        wanted.contact_person_id,
    )
    where.add(
        "v.id IN (SELECT ref FROM search_document WHERE kind = 'visit'"
        " AND number IN (SELECT rowid FROM search WHERE search MATCH ?))",
        match_expression(wanted.text) if wanted.text.strip() else None,
    )
    return where


def _line(row: tuple[str, ...]) -> VisitLine:
    return VisitLine(
        id=row[0],
        visited_on=date.fromisoformat(row[1]),
        organisation_id=row[2],
        organisation=row[3],
        work_type=row[4],
        status=row[5],
        mode=row[6],
        visitor=row[7],
        goals=tuple(row[8].split("\x1f")) if row[8] else (),
        needs=tuple(row[9].split("\x1f")) if row[9] else (),
        open_follow_ups=int(row[10]),
        summary=row[11],
    )
