"""Writes a file that has grown for ten years, the same each time.

    python bench/make_large.py FILE [--measurements 1000000] [--visits 100000]
        [--organisations 5000] [--indicators 300] [--changes 2000000] [--seed 5]

The plan, the people and the work types are those of the demo; its period begins
ten years before the last day of the log. Rows are
written in bulk while the triggers rest, and the journal as it would have been: a row for each
addition, and corrections of summaries of visits until there are as many changes as were asked.
`socius check` finds nothing wrong in it.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

FIRST: Final = date(2009, 1, 1)
TODAY: Final = date(2018, 12, 14)
LAST: Final = date(2020, 12, 31)
DAYS: Final = (TODAY - FIRST).days + 1
WORDS: Final = tuple(
    "ploeg werking vrijwilligers subsidie aanbod bereik vorming lokaal traject".split()  # noqa: SIM905
)
_SOME: Final = 20_000


def main() -> None:
    """Make the file and say how long it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--organisations", type=int, default=5_000)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--measurements", type=int, default=1_000_000)
    parser.add_argument("--indicators", type=int, default=300)
    parser.add_argument("--changes", type=int, default=2_000_000)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    started = time.perf_counter()
    make(
        given.file,
        organisations=given.organisations,
        visits=given.visits,
        measurements=given.measurements,
        indicators=given.indicators,
        changes=given.changes,
        seed=given.seed,
    )
    seconds, size = time.perf_counter() - started, given.file.stat().st_size / 1e6
    print(f"{given.file.name}: {size:.0f} MB in {seconds:.0f} s")


def make(
    path: Path,
    *,
    organisations: int = 5_000,
    visits: int = 100_000,
    measurements: int = 1_000_000,
    indicators: int = 300,
    changes: int = 2_000_000,
    seed: int = 5,
) -> None:
    """Make the file; numbers are how many rows there will be in all."""
    from socius_tui.services.demo import build_demo
    from socius_tui.services.session import Session

    build_demo(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql IS NOT NULL"
    ).fetchall()
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('measurement', 'visit', 'visit_goal', 'change')"
    ).fetchall()
    connection.execute("BEGIN")
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    _Writer(connection, random.Random(seed)).write(
        organisations, visits, measurements, indicators, changes
    )
    for _name, sql in (*indexes, *triggers):
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()
    with Session(path) as session:  # what is derived is worked out when the file is opened
        session.plan()


class _Writer:
    """Writes rows together with their entries in the journal."""

    def __init__(self, connection: sqlite3.Connection, chance: random.Random) -> None:
        self.connection = connection
        self.chance = chance
        self.replica, self.sequence, self.clock, self.number = connection.execute(
            "SELECT replica, sequence, clock, last_set FROM journal_state"
        ).fetchone()
        self.version = connection.execute("PRAGMA user_version").fetchone()[0]
        self._defaults: dict[tuple[str, str], object] = {}
        self.first = self.sequence + 1
        self.made = datetime(2018, 12, 14, 12, tzinfo=UTC)
        self.clock = max(self.clock, int(self.made.timestamp() * 1000) * 65536)

    def write(
        self, organisations: int, visits: int, measurements: int, indicators: int, changes: int
    ) -> None:
        """Everything, as one change set."""
        run = self.connection.execute
        (plan,) = run("SELECT id FROM plan").fetchone()
        goals = self._ids("goal WHERE kind IN ('operational', 'objective') ORDER BY code")
        people = self._ids("person ORDER BY id")
        types = self._ids("work_type ORDER BY position")
        self._change("setting", "today", {"value": TODAY.isoformat()}, "key")
        self._change("plan", plan, {"starts_on": FIRST.isoformat(), "ends_on": LAST.isoformat()})
        for (held,) in run("SELECT id FROM assignment WHERE starts_on = '2016-01-01'").fetchall():
            self._change("assignment", held, {"starts_on": FIRST.isoformat()})
        self._organisations(organisations - self._count("organisation"), types)
        self._indicators(indicators - self._count("indicator"), goals)
        measured = self._ids(
            "indicator WHERE computed IS NULL AND kind NOT IN ('narrative', 'milestone')"
        )
        self._measurements(measurements - self._count("measurement"), measured, people, types)
        everyone = self._ids("organisation ORDER BY id")
        made = self._visits(visits - self._count("visit"), everyone, people, goals)
        self._corrections(changes - self._count("change"), made)
        self._finish()

    def _ids(self, rows: str) -> list[str]:
        return [row[0] for row in self.connection.execute(f"SELECT id FROM {rows}")]

    def _count(self, table: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def _organisations(self, many: int, types: Sequence[str]) -> None:
        self._add(
            "organisation",
            ("id", "code", "name", "work_type_id", "municipality"),
            (
                (f"large-org-{n:06}", f"G{n}", f"Organisatie {n:05} {WORDS[n % len(WORDS)]}",
                 types[n % len(types)], f"Gemeente {n % 300}")
                for n in range(many)
            ),
        )  # fmt: skip

    def _indicators(self, many: int, goals: Sequence[str]) -> None:
        kinds = (("count", "sum"), ("percentage", "sum"), ("scale", "mean"), ("count", "latest"))
        self._add(
            "indicator",
            ("id", "goal_id", "code", "title", "kind", "direction", "aggregation", "scope",
             "sphere", "source_kind", "frequency", "origin", "position"),
            (
                (f"large-ind-{n:06}", goals[n % len(goals)], f"G{n:03}", f"Groei {n:03}",
                 kinds[n % 4][0], "increase", kinds[n % 4][1], "per_period",
                 ("control", "influence", "ambition")[n % 3], "self_registration", "quarter",
                 "own", 100 + n)
                for n in range(many)
            ),
        )  # fmt: skip
        self._add(
            "target",
            ("id", "indicator_id", "period_start", "period_end", "value"),
            (
                (f"large-tgt-{n:06}-{year}", f"large-ind-{n:06}", f"{year}-01-01", f"{year}-12-31",
                 str((9000, 75, 4, 60 + year - FIRST.year)[n % 4]))
                for n in range(many)
                for year in range(FIRST.year, TODAY.year + 1)
            ),
        )  # fmt: skip

    def _measurements(
        self, many: int, indicators: Sequence[str], people: Sequence[str], types: Sequence[str]
    ) -> None:
        forms = dict(self.connection.execute("SELECT id, kind FROM indicator"))
        aside: list[str | None] = [None, None, None, *types]

        def rows() -> Iterator[tuple[str | None, ...]]:
            for n in range(many):
                indicator = indicators[n % len(indicators)]
                day = (FIRST + timedelta(days=n * DAYS // many)).isoformat()
                ratio = forms[indicator] in ("percentage", "ratio")
                number = self.chance.randrange(1, 60)
                yield (
                    f"large-mea-{n:08}", indicator, day, "ratio" if ratio else "value",
                    None if ratio else str(number), str(number) if ratio else None,
                    str(number + 20) if ratio else None, aside[n // 7 % len(aside)],
                    people[n % len(people)], day + "T10:00:00.000Z",
                )  # fmt: skip

        self._add(
            "measurement",
            ("id", "indicator_id", "observed_on", "form", "value", "numerator", "denominator",
             "work_type_id", "recorded_by", "recorded_at"),
            rows(),
        )  # fmt: skip

    def _visits(
        self, many: int, everyone: Sequence[str], people: Sequence[str], goals: Sequence[str]
    ) -> list[tuple[str, str]]:
        made = [
            (f"large-vis-{n:07}", f"{WORDS[n % 9]} en {self.chance.choice(WORDS)} besproken {n}")
            for n in range(many)
        ]
        days = [(FIRST + timedelta(days=n * DAYS // max(many, 1))).isoformat() for n in range(many)]
        self._add(
            "visit",
            ("id", "organisation_id", "visited_on", "status", "visitor_id", "summary",
             "recorded_at"),
            (
                (identifier, self.chance.choice(everyone), day, "done", people[n % len(people)],
                 summary, day + "T16:00:00.000Z")
                for n, ((identifier, summary), day) in enumerate(zip(made, days, strict=True))
            ),
        )  # fmt: skip
        self._add(
            "visit_goal",
            ("id", "visit_id", "goal_id"),
            ((f"{v}-goal", v, goals[n % len(goals)]) for n, (v, _) in enumerate(made)),
        )
        names = "v.id, v.visited_on || ' ' || o.name, v.summary || ' ' || v.private_note"
        self.connection.execute(
            f"INSERT INTO search_document (kind, ref, title, body) SELECT 'visit', {names}"
            " FROM visit v JOIN organisation o ON o.id = v.organisation_id"
            " WHERE v.id GLOB 'large-*' ORDER BY v.id"
        )
        for kind, title, body in (
            ("organisation", "code || ' ' || name", "municipality || ' ' || federation || ' '"),
            ("indicator", "code || ' ' || title", "definition"),
        ):
            self.connection.execute(
                f"INSERT INTO search_document (kind, ref, title, body) SELECT '{kind}', id,"
                f" {title}, {body} FROM {kind} WHERE id GLOB 'large-*'"
            )
        self.connection.execute(
            "INSERT OR IGNORE INTO search_stale SELECT number FROM search_document"
            " WHERE ref GLOB 'large-*'"
        )
        self.connection.execute(
            "INSERT OR IGNORE INTO measurement_stale"
            " SELECT DISTINCT indicator_id, substr(observed_on, 1, 7) FROM measurement"
        )
        return made

    def _corrections(self, many: int, made: Sequence[tuple[str, str]]) -> None:
        """That summaries were typed wrong and put right: two changes each, nothing at the end."""
        if not made or many < 2:
            return

        def rows() -> Iterator[tuple[str, str, str, str]]:
            for n in range(many // 2):
                identifier, summary = made[n % len(made)]
                right, wrong = _json({"summary": summary}), _json({"summary": summary + "?"})
                yield identifier, "U", right, wrong
                yield identifier, "U", wrong, right

        self._journal("visit", rows())

    def _change(self, table: str, row: str, values: dict[str, str], key: str = "id") -> None:
        """Change a row; only columns that get another value are in an entry."""
        names = list(values)
        old = self.connection.execute(
            f"SELECT {', '.join(names)} FROM {table} WHERE {key} = ?", (row,)
        ).fetchone()
        self.connection.execute(
            f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE {key} = ?",
            (*values.values(), row),
        )
        before = {name: o for name, o in zip(names, old, strict=True) if o != values[name]}
        after = {name: values[name] for name in before}
        if after:
            self._journal(table, [(row, "U", _json(before), _json(after))])

    def _add(
        self, table: str, columns: Sequence[str], rows: Iterable[tuple[str | int | None, ...]]
    ) -> None:
        """Rows and their entries, some thousands at a time."""
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        some: list[tuple[str | int | None, ...]] = []

        def put() -> None:
            self.connection.executemany(statement, some)
            self._journal(
                table,
                (
                    (str(row[0]), "I", None, _json({
                        name: value
                        for name, value in zip(columns[1:], row[1:], strict=True)
                        if value is not None and value != self._default(table, name)
                    }))
                    for row in some
                ),
            )  # fmt: skip
            some.clear()

        for row in rows:
            some.append(row)
            if len(some) == _SOME:
                put()
        put()

    def _default(self, table: str, column: str) -> object:
        if (table, column) not in self._defaults:
            for row in self.connection.execute(f"PRAGMA table_info({table})"):
                text = row[4]
                value = None if text is None else text.strip("'") if "'" in text else int(text)
                self._defaults[table, row[1]] = value
        return self._defaults[table, column]

    def _journal(self, kind: str, rows: Iterable[tuple[str, str, str | None, str]]) -> None:
        def entries() -> Iterator[tuple[object, ...]]:
            for row_id, verb, old, new in rows:
                self.sequence += 1
                self.clock += 1
                yield (
                    self.replica, self.sequence, self.clock, self.version, self.number + 1,
                    kind, row_id, verb, old, new,
                )  # fmt: skip

        self.connection.executemany(
            "INSERT INTO change (replica, sequence, clock, schema_version, change_set, kind,"
            " row_id, verb, old, new) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            entries(),
        )

    def _finish(self) -> None:
        from socius_tui.store.journal.sets import SET_COLUMNS, digest_of

        seq = self.connection.execute("SELECT max(seq) + 1 FROM change_set").fetchone()[0]
        made_at = self.made.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        values = (seq, self.replica, self.number + 1, made_at, self.clock, None, "Ten years", "",
                  None, self.first, self.sequence)  # fmt: skip
        digest = digest_of(values[1:])
        self.connection.execute(
            f"INSERT INTO change_set ({SET_COLUMNS}) VALUES ({', '.join('?' * 12)})",
            (*values, digest),
        )
        self.connection.execute(
            "UPDATE journal_state SET sequence = ?, clock = ?, last_set = ?",
            (self.sequence, self.clock, self.number + 1),
        )


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
