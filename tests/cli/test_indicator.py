"""`socius indicator`: the page of an indicator, to read and for another program."""

from __future__ import annotations

import json
from pathlib import Path

from socius_tui.services.measuring import AddMeasurement
from socius_tui.services.resolve import find_indicator, find_work_type
from socius_tui.services.session import Session
from tests.cli.conftest import Socius
from tests.hostile import HOSTILE, raw_signatures_in
from tests.ui.plans import Write


def test_the_page_has_every_part(demo: Path, socius: Socius) -> None:
    out = socius("indicator", "OD1.3-c").out
    for words in (
        "Bezoeken waarop de ontwikkeling",
        "106 bezoeken, of a target of 120",
        "▁",
        "Periods",
        "By work type",
        "Verenigingen",
        "106 / 912 × 1827 = 212.3",
        "SD1 2017",
        "Last visits about it",
    ):
        assert words in out
    assert "only what adds up has a pace" in socius("indicator", "OD1.1-b").out
    assert "to stay between 80 and 100" in socius("indicator", "BO2-h").out


def test_one_object_for_another_program(demo: Path, socius: Socius) -> None:
    page = json.loads(socius("indicator", "OD1.3-c", "--format", "json").out)
    assert (page["code"], page["value"], page["target"]) == ("OD1.3-c", 106, 120)
    assert [p["value"] for p in page["periods"]] == [38, 35, 33, None, None]
    parts = page["breakdown"]["parts"]
    assert sum(part["value"] for part in parts) == page["breakdown"]["total"] == 106
    assert page["breakdown"]["difference"] == 0
    assert [f["method"] for f in page["forecasts"]] == ["run_rate", "recent_window"]
    assert page["chart"]["values"][-1] == {"day": "2018-06-30", "value": 106}
    ratios = json.loads(socius("indicator", "BO2-h", "--format", "json").out)
    assert ratios["breakdown"]["rule"] == "pooled"
    assert ratios["breakdown"]["parts"][0]["numerator"] == 50


def test_it_looks_at_another_day(demo: Path, socius: Socius) -> None:
    asked = ("indicator", "OD1.3-c", "--as-of", "2016-12-31", "--format", "json")
    page = json.loads(socius(*asked).out)
    assert (page["as_of"], page["value"]) == ("2016-12-31", 38)
    assert page["periods"][1]["verdict"] == "upcoming"


def test_every_indicator_of_the_plan_has_a_page(demo: Path, socius: Socius) -> None:
    lines = json.loads(socius("status", "--format", "json").out)
    indicators = [row["code"] for row in lines if row["level"] == "indicator"]
    assert len(indicators) > 30
    for code in indicators[::4]:
        assert code in socius("indicator", code).out


def test_what_is_not_assigned_is_a_line_of_its_own(demo: Path, socius: Socius) -> None:
    with Session(demo) as session:
        identifier = find_indicator(session, "OD1.1-c").id
        work_type = find_work_type(session, "bewegingen").id
        session.write(
            AddMeasurement.of(
                indicator_id=identifier, observed_on="2018-06-29", value="3", work_type_id=work_type
            )
        )
    page = json.loads(socius("indicator", "OD1.1-c", "--format", "json").out)
    rows = {part["work_type"]: part["value"] for part in page["breakdown"]["parts"]}
    assert (rows["Bewegingen"], rows[None], page["value"]) == (3, 14, 17)
    assert "not assigned" in socius("indicator", "OD1.1-c").out


def test_wrong_use_and_unknown_codes(demo: Path, socius: Socius) -> None:
    assert "ZZ9" in socius("indicator", "ZZ9", code=1).err
    assert "CODE" in socius("indicator", code=2).err
    assert "text" in socius("indicator", "OD1.1-c", "--format", "csv", code=2).err


def test_hostile_words_are_words(demo: Path, socius: Socius) -> None:
    """Another program wrote what no form of ours would take."""
    words = [each.text for each in HOSTILE if "\x1b" in each.text]
    with Session(demo) as session:
        identifier = find_indicator(session, "OD1.1-c").id
        changed = {"title": " ".join(words), "unit": words[0], "definition": words[-1]}
        session.write(
            Write(lambda transaction: transaction.change("indicator", identifier, changed))
        )
    for form in ("text", "json"):
        out = socius("indicator", "OD1.1-c", "--format", form).out
        assert not raw_signatures_in(out.encode("utf-8"))
    assert not raw_signatures_in(socius("explain", "OD1.1-c").out.encode("utf-8"))
