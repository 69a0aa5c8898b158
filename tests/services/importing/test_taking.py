"""What a list does: new, changed field by field, the same; twice, undone, all or nothing."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socius_tui.errors import BadFile, PeriodClosed
from socius_tui.services import register
from socius_tui.services.importing.outcome import State
from socius_tui.services.importing.preparing import KINDS, prepare
from socius_tui.services.importing.quarantine import Quarantine
from socius_tui.services.importing.running import carry_out, look
from socius_tui.services.importing.taking import Choices
from socius_tui.services.locking import ClosePeriod
from socius_tui.services.merging import MergeOrganisations
from socius_tui.services.resolve import named_organisations
from socius_tui.services.session import Session
from socius_tui.services.undoing import take_back
from tests.hygiene.sources import ROOT
from tests.services.importing.lists import (
    EXPORTED,
    counts,
    everything,
    held,
    lines,
    looked,
    taken,
    written,
)

#: For each kind a list of which two rows are new, and what the second field of the first becomes.
GOOD = {
    "organisations": ("Naam|Werksoort|Gemeente|Grootte", ("Kring A|verenigingen|Gent|klein",
                      "Het Atelier|bewegingen|Aalst|groot"), "Kring A||Gent|middel", "size"),
    "contacts": ("Organisatie|Naam|Functie|Telefoon", ("VER-01|Jan|bestuur|1", "VER-02|Mia||2"),
                 "VER-01|Jan||3", "phone"),
    "measurements": ("Indicator|Datum|Waarde|Nota", ("BO2-j|2016-03-01|5|", "BO2-j|2016-04-01|6|x"),
                     "BO2-j|2016-03-01|7|", "value"),
    "visits": ("Organisatie|Datum|Noden|Verslag", ("VER-01|2016-03-01||Goed gesprek",
               "VER-02|2016-03-02||Nog een"), "VER-01|2016-03-01||Beter", "summary"),
    "assignments": ("Persoon|Werksoort|Van|Tot", ("An Peeters|verenigingen|2016-01-01|",
                    "An Peeters|bewegingen|2016-01-01|"),
                    "An Peeters|verenigingen|2016-01-01|2016-12-31", "until"),
    "plan": ("Niveau|Code|Onder|Titel|Samenvatting", ("sd|SD99||Titel|x", "od|OD99|SD99|Titel|y"),
             "sd|SD99||Andere titel|", "title"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_new_changed_the_same_and_undone(kind: str, fresh: Session, tmp_path: Path) -> None:
    header, rows, other, field = GOOD[kind]
    path = written(tmp_path / "a.csv", header, *rows)
    before = everything(fresh)
    assert counts(looked(fresh, kind, path)) == [2, 0, 0, 0]
    assert everything(fresh) == before  # a look writes nothing
    done = taken(fresh, kind, path)
    assert done.changes is not None
    assert done.changes.title == "2 rows imported from a.csv"
    again = taken(fresh, kind, path)
    assert (counts(again), again.changes) == ([0, 0, 2, 0], None)

    with_both = everything(fresh)
    changed = written(tmp_path / "b.csv", header, other)
    (line,) = looked(fresh, kind, changed).lines
    assert (line.state, [change.field for change in line.changes]) == (State.CHANGED, [field])
    assert counts(taken(fresh, kind, changed)) == [0, 1, 0, 0]
    assert counts(looked(fresh, kind, changed)) == [0, 0, 1, 0]
    take_back(fresh, "undo")
    assert everything(fresh) == with_both
    take_back(fresh, "undo")
    assert everything(fresh) == before
    assert counts(looked(fresh, kind, path)) == [2, 0, 0, 0]


def test_what_was_exported_changes_nothing(demo: Session, tmp_path: Path) -> None:
    demo.actor = register.staff(demo)[0].id
    for kind in EXPORTED[:-1]:
        path = tmp_path / f"{kind}.csv"
        path.write_bytes(held(demo, kind))
        done = taken(demo, kind, path)
        assert done.counts[State.SAME] > 4
        assert (counts(done)[:2], counts(done)[3], done.changes) == ([0, 0], 0, None), kind


@pytest.mark.parametrize(
    ("kind", "name"), [("organisations", "organisations.csv"), ("plan", "plan-2016-2020.toml")]
)
def test_what_the_file_was_made_of_changes_nothing(kind: str, name: str, fresh: Session) -> None:
    done = taken(fresh, kind, ROOT / "sample_data" / name)
    assert done.changes is None
    assert counts(done)[:2] == [0, 0]
    assert counts(done)[3] == 0


def test_all_or_nothing(fresh: Session, tmp_path: Path) -> None:
    before = everything(fresh)
    header, rows, _other, _field = GOOD["organisations"]
    path = written(tmp_path / "a.csv", header, *rows, "Fout|koffie||")
    with pytest.raises(BadFile) as refused:
        taken(fresh, "organisations", path)
    assert refused.value.message == "a.csv: 1 row cannot be taken, so nothing was written."
    assert list(refused.value.problems) == lines(fresh, "organisations", path)
    assert everything(fresh) == before


def test_the_bad_rows_aside_and_mended(fresh: Session, tmp_path: Path) -> None:
    header, rows, _other, _field = GOOD["organisations"]
    path = written(tmp_path / "a.csv", header, rows[0], "=Fout|koffie|Gent|klein", rows[1])
    aside = tmp_path / "aside.csv"
    listed = prepare(fresh, "organisations", path)
    done = carry_out(fresh, listed, quarantine=Quarantine(aside, listed.source.header))
    assert (counts(done), done.quarantined) == ([2, 0, 0, 1], 1)
    with aside.open(encoding="utf-8-sig", newline="") as source:
        head, row = csv.reader(source, delimiter=";")
    assert head == ["socius_row", "socius_rule", "socius_reason", *header.split("|")]
    assert row[:2] == ["3", "ref.unknown"]
    assert row[2].startswith("There is no work type “koffie”.")
    assert row[3:] == ["'=Fout", "koffie", "Gent", "klein"]
    assert lines(fresh, "organisations", aside)[0].startswith("aside.csv, row 2, column E")
    aside.write_text(aside.read_text("utf-8-sig").replace("koffie;", "bewegingen;"), "utf-8")
    assert counts(taken(fresh, "organisations", aside)) == [1, 0, 0, 0]
    assert "=Fout" in [each.name for each in named_organisations(fresh)]


def test_what_looks_like_another(fresh: Session, tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv",
        "Naam|Gemeente|Werksoort",
        "VZW Verenigingg 02 (voorbeeld)|Voorbeeldgemeente 08|verenigingen",
        "Vereniging 702 (voorbeeld)|Voorbeeldgemeente 08|verenigingen",
    )

    def made(**said: object) -> list[int]:
        return counts(looked(fresh, "organisations", path, choices=Choices(**said)))  # type: ignore[arg-type]

    assert made() == [1, 0, 0, 1]  # another number is another organisation
    like = looked(fresh, "organisations", path).likes[2]
    assert made(same={2: "VER-02"}) == [1, 1, 0, 0]
    assert made(same={2: like}) == [1, 1, 0, 0]
    assert made(same={2: "XYZ"}) == [1, 0, 0, 1]
    assert made(new=frozenset([2])) == [2, 0, 0, 0]
    assert made(new=frozenset([3])) == [1, 0, 0, 1]
    assert made(all_new=True) == [2, 0, 0, 0]


def test_a_merged_organisation_is_understood(fresh: Session, tmp_path: Path) -> None:
    before = everything(fresh)
    ids = {each.code: each for each in named_organisations(fresh)}
    keep, other = ids["VER-01"], ids["VER-02"]
    taken(fresh, "visits", written(tmp_path / "v.csv", "Code|Datum", "VER-02|2016-03-01"))
    visited = everything(fresh)
    fresh.write(MergeOrganisations.of(keep_id=keep.id, other_id=other.id))
    assert b"VER-02" not in held(fresh, "organisations")
    path = written(
        tmp_path / "w.csv", "Organisatie|Datum", "VER-02|2016-03-01", f"{other.name}|2016-04-01"
    )
    assert counts(looked(fresh, "visits", path)) == [1, 0, 1, 0]
    path = written(tmp_path / "o.csv", "Code|Naam|Nota", f"VER-02|{keep.name}|Samen")
    (line,) = looked(fresh, "organisations", path).lines
    assert line.label.endswith(keep.name)
    take_back(fresh, "undo")
    assert everything(fresh) == visited
    take_back(fresh, "undo")
    assert everything(fresh) == before


def test_a_closed_period_asks_for_a_reason(demo: Session, tmp_path: Path) -> None:
    demo.actor = next(p.id for p in register.staff(demo) if p.role == "director")
    demo.write(ClosePeriod.of(starts_on=date(2016, 1, 1), ends_on=date(2016, 12, 31)))
    path = written(tmp_path / "a.csv", "Indicator|Datum|Waarde", "BO2-j|2016-03-03|5")
    before = everything(demo)
    listed = prepare(demo, "measurements", path)
    assert "closed" in look(demo, listed).late
    with pytest.raises(PeriodClosed):
        carry_out(demo, listed)
    assert everything(demo) == before
    assert counts(carry_out(demo, listed, reason="Nageteld")) == [1, 0, 0, 0]


def test_another_file_than_was_looked_at(fresh: Session, tmp_path: Path) -> None:
    header, rows, _other, _field = GOOD["organisations"]
    path = written(tmp_path / "a.csv", header, *rows)
    listed = prepare(fresh, "organisations", path)
    look(fresh, listed)
    before = everything(fresh)
    stamp = path.stat().st_mtime_ns
    written(path, header, rows[0], rows[1].replace("Aalst", "Aarst"))
    os.utime(path, ns=(stamp, stamp))  # the same size, the same moment
    with pytest.raises(BadFile, match=r"file\.changed"):
        carry_out(fresh, listed)
    assert everything(fresh) == before


def test_stopped_by_a_person(fresh: Session, tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv",
        "Code|Naam|Werksoort",
        "FOUT|Fout|koffie",
        *(f"X{n}|Vreemd {n}|verenigingen" for n in range(1500)),
    )
    before = everything(fresh)
    listed = prepare(fresh, "organisations", path)
    aside = tmp_path / "aside.csv"

    def stop(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(fresh, listed, quarantine=Quarantine(aside, listed.source.header), progress=stop)
    assert everything(fresh) == before
    assert not aside.exists()


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from(("klein", "groot", "")),
                  st.sampled_from(("Gent", "Aalst", ""))),
        max_size=5, unique_by=lambda row: row[0],
    ),
    shuffle=st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_order_of_a_list_makes_no_difference(
    rows: list[tuple[int, str, str]], shuffle: object, fresh: Session, tmp_path: Path
) -> None:
    def register_after(some: list[tuple[int, str, str]], times: int) -> list[bytes]:
        made = [f"R{n}|Kring {n}|verenigingen|{size}|{place}" for n, size, place in some]
        path = written(
            tmp_path / "a.csv", "Code|Naam|Werksoort|Grootte|Gemeente", "VER-01|Een||klein|", *made
        )
        done = [taken(fresh, "organisations", path) for _time in range(times)]
        assert [each.changes is None for each in done] == [False, True][:times]
        found = sorted(line.split(b",", 1)[1] for line in held(fresh, "organisations").splitlines())
        take_back(fresh, "undo")
        return found

    other = list(rows)
    shuffle.shuffle(other)  # type: ignore[attr-defined]
    assert register_after(rows, 2) == register_after(other, 1)
