"""A plan file out of a document: the real plan, and files that are no plan at all."""

from __future__ import annotations

import csv
import json
import os
import re
import stat
import tomllib
from datetime import date
from pathlib import Path

import pytest

from socius_tui.domain.model import GoalKind
from socius_tui.domain.plan_headings import Remark
from socius_tui.errors import BadFile, FileProblem, NotFound
from socius_tui.paths import resource
from socius_tui.services.exchange.csvfile import csv_lines
from socius_tui.services.exchange.plan_draft import (
    Facts,
    PlanDraft,
    draft_plan,
    plan_json,
    plan_toml,
    unfinished,
)
from socius_tui.services.exchange.plan_remarks import SENTENCES, remarks_table, sentence
from socius_tui.services.exchange.plan_vocabulary import shipped_vocabularies, vocabulary
from socius_tui.services.exchange.planfile import PlanFile, parse_plan_file, read_plan_file

ROOT = Path(__file__).parents[2]
SHORTENED = ROOT / "tests" / "data" / "beleidsplan-ingekort.txt"
SAMPLE = resource("sample_data/plan-2016-2020.toml")
NAME = "socius-beleidsplan-2016-2020.txt"


@pytest.fixture(scope="session")
def sample() -> PlanFile:
    return read_plan_file(SAMPLE)


@pytest.fixture(scope="session")
def whole_document() -> Path:
    """The document of the plan itself, which is not in this repository."""
    given = os.environ.get("SOCIUS_SEED")
    path = Path(given) if given else ROOT.parent / "shared" / "seed" / NAME
    if not path.is_file():
        pytest.skip(
            f"SOCIUS_SEED does not name the document, and there is no ../shared/seed/{NAME}"
        )
    return path


def toml(draft: PlanDraft) -> str:
    return "".join(plan_toml(draft))


def as_plan(draft: PlanDraft) -> PlanFile:
    return parse_plan_file(toml(draft).encode(), "plan.toml")


# ---- the plan ------------------------------------------------------------------------------


def test_the_document_of_the_plan_gives_the_goals_of_the_sample_data(
    whole_document: Path, sample: PlanFile
) -> None:
    """Tree, titles, order and lines; the sample names the lines of a challenge after a comma.

    The sample mends what the document prints in two parts: so does the draft, and says so.
    """
    draft = draft_plan(whole_document)
    plan = as_plan(draft)
    assert [(g.code, g.kind, g.parent, g.title, g.source_line) for g in plan.goals] == [
        (g.code, g.kind, g.parent, g.title, g.source_line.split(",")[0]) for g in sample.goals
    ]
    assert (plan.plan.title, plan.plan.period) == (sample.plan.title, sample.plan.period)
    assert plan.expect.operational_per_strategic == (4, 5, 2, 4)
    assert (plan.expect.strategic, plan.expect.operational) == (4, 15)
    assert [(r.code, r.goal, r.values["word"]) for r in draft.remarks if r.look] == [
        ("mended", "SD1", "beroepskrachten"),
        ("mended", "OD2.2", "organisatieontwikkeling"),
    ]
    (moved,) = (r for r in draft.remarks if r.code == "moved_rightly")
    assert moved.lines == ((2052, 2084), (2092, 2092), (2415, 2525))


def test_the_shortened_plan_gives_the_same_tree_and_titles(sample: PlanFile) -> None:
    """Its three objectives have words of their own: only where they stand is compared."""
    draft = draft_plan(SHORTENED)
    plan = as_plan(draft)
    assert [(g.code, g.kind, g.parent) for g in plan.goals] == [
        (g.code, g.kind, g.parent) for g in sample.goals
    ]
    titles = {g.code: g.title for g in sample.goals if g.kind is not GoalKind.OBJECTIVE}
    assert {g.code: g.title for g in plan.goals if g.code in titles} == titles
    lines = SHORTENED.read_text("utf-8").splitlines()
    for goal in draft.proposal.goals:
        first, last = goal.heading
        printed = re.sub(r"[\W\d]", "", " ".join(lines[first - 1 : last])).casefold()
        assert printed.endswith(re.sub(r"[\W\d]", "", goal.title).casefold()), goal
        assert goal.lines[0] <= first <= last <= goal.lines[1]


def test_what_is_given_goes_before_what_the_document_says() -> None:
    given = Facts("mijn-plan", 'Plan "A"', "Wij", date(2017, 1, 1), date(2018, 12, 31))
    plan = as_plan(draft_plan(SHORTENED, given=given)).plan
    assert (plan.code, plan.title, plan.organisation) == ("mijn-plan", 'Plan "A"', "Wij")
    assert (plan.starts_on, plan.ends_on) == (date(2017, 1, 1), date(2018, 12, 31))


def test_what_is_not_known_is_asked_for_in_comments(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Beleidsdoelstelling 1: Een\n\nActieplan 1.1: Twee\n\nActie 1.1.1: Drie\n")
    draft = draft_plan(path)
    text = toml(draft)
    assert "# code =   (" in text
    assert "# starts_on =   (" in text
    assert "# year =   (" in text
    assert [remark.code for remark in draft.remarks if remark.look] == ["no_period"]
    assert unfinished(draft)[0] == "plan.toml: plan, code: This is missing."
    filled = text
    for key, value in (
        ("code", '"mijn-plan"'),
        ("title", '"Mijn plan"'),
        ("starts_on", "2026-01-01"),
        ("ends_on", "2030-12-31"),
        ("year", "2026"),
    ):
        filled = re.sub(rf"# {key} = .*", f"{key} = {value}", filled)
    assert [g.code for g in parse_plan_file(filled.encode(), "plan.toml").goals] == [
        *("BD1", "AP1.1", "A1.1.1")
    ]
    known = draft_plan(path, given=Facts("a", "A", "", date(2026, 1, 1), date(2027, 12, 31)))
    assert not unfinished(known)
    assert [(r.code, r.values["year"]) for r in known.remarks if r.look] == [("action_year", 2026)]


def test_a_goal_without_a_place_stands_in_the_file_as_comment(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Beleidsplan 2026-2030\n\nSD 1: Een\n\nOD 1: Twee\n\nOD 1: Drie\n\nTekst.\n")
    draft = draft_plan(path)
    assert len(as_plan(draft).goals) == 2
    assert '# title = "Drie"\n' in toml(draft)


def test_remarks_stand_above_what_they_are_about_and_in_the_report() -> None:
    draft = draft_plan(SHORTENED)
    before, _after = toml(draft).split('code = "OD2.2"')
    assert before.rstrip().endswith("[[goal]]")
    assert "# LOOK: OD2.2: “organisatieontwikkeling” is in two parts on lines 78-82" in before
    rows = list(csv.DictReader(csv_lines(remarks_table(draft.remarks))))
    assert [(r["code"], r["goal"], r["line"]) for r in rows if r["look"] == "yes"] == [
        ("mended", "SD1", "31"),
        ("mended", "OD2.2", "78"),
    ]
    assert len(rows) == len(draft.remarks)


def test_the_same_in_json() -> None:
    draft = draft_plan(SHORTENED)
    found = json.loads(plan_json(draft))
    assert found["vocabulary"] == "strategische-doelen"
    assert [goal["code"] for goal in found["goals"]] == [g.code for g in draft.proposal.goals]
    assert found["overview"] == {"lines": [204, 314], "goals": 21, "confirms": True}
    assert found["remarks"][0]["sentence"] == sentence(draft.remarks[0])


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_remark_has_a_sentence_without_gaps(code: str) -> None:
    text = SENTENCES[code]
    names = set(re.findall(r"{(\w+)}", text)) - {"goal", "place", "other", "third"}
    values = {
        {"text_other": "other"}.get(n, n): "strategic" if n == "kind" else f"<{n}>" for n in names
    }
    remark = Remark(code.removesuffix("_below"), ((1, 2), (3, 3), (4, 5)), "OD1.1", values)
    told = sentence(remark)
    assert "{" not in told
    assert all(f"<{name}>" in told for name in names - {"kind", "text_other"})
    assert ("lines 1-2" in told.casefold()) == ("{place}" in text)


def test_what_a_document_holds_steers_neither_file_nor_screen(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        'Beleidsplan 2026-2030\n\nSD 1: Een "doel"\\ [[goal]] \u202e# {x} [b]\n\nTekst.\n'
    )
    draft = draft_plan(path)
    (goal,) = as_plan(draft).goals
    assert goal.title.startswith('Een "doel"\\ [[goal]]')
    assert "\u202e" not in toml(draft)


# ---- vocabularies --------------------------------------------------------------------------

OWN = """
name = "Ambities"
[numbers]
drie = 3
[[level]]
kind = "strategic"
code = "AM"
words = ["ambitie"]
many = ["ambities"]
[[level]]
kind = "operational"
code = "ST"
under = "strategic"
words = ["stap"]
"""


def test_a_vocabulary_of_ones_own_needs_no_code(tmp_path: Path) -> None:
    words, document = tmp_path / "own.toml", tmp_path / "plan.txt"
    words.write_text(OWN)
    document.write_text("Er zijn drie ambities.\n\nAmbitie 1: Een\n\nStap 1: Twee\n\nTekst.\n")
    draft = draft_plan(document, words=str(words))
    assert [goal.code for goal in draft.proposal.goals] == ["AM1", "ST1.1"]
    assert [(r.code, r.values["said"]) for r in draft.remarks if r.code == "count"] == [
        ("count", 3)
    ]
    with pytest.raises(BadFile):
        draft_plan(document)


def test_the_vocabularies_that_ship_can_be_read() -> None:
    assert shipped_vocabularies() == ["lokaal-bestuur", "strategische-doelen"]
    for name in shipped_vocabularies():
        assert vocabulary(name).levels


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[level]]", "[[levels]]", "The key “levels” is not known here; did you mean “level”?"),
        ('kind = "operational"', 'kind = "strategic"', "There is a level of this kind already."),
        ('under = "strategic"\n', "", "A goal of kind “operational” stands under one of kind"),
        ('under = "strategic"', 'under = "action"', "cannot stand under one of kind “action”"),
        ("drie = 3", "drie = 0", "number"),
        ('name = "Ambities"', "name = Ambities", "line 2, column 8 is not TOML"),
    ],
)
def test_a_vocabulary_in_which_something_is_wrong(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace(old, new))
    with pytest.raises(BadFile) as refused:
        vocabulary(str(path))
    assert any(sentence in problem for problem in refused.value.problems), refused.value.problems


def test_a_name_that_is_no_vocabulary() -> None:
    with pytest.raises(NotFound, match="There is no vocabulary “lokaal”") as refused:
        vocabulary("lokaal")
    assert refused.value.candidates == ("lokaal-bestuur",)


# ---- files ---------------------------------------------------------------------------------

TEXT = "SD 1: Eén doel – “echt”\n\nTekst.\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", []), ("utf-8-sig", []), ("utf-16", []), ("cp1252", ["encoding"])],
)
def test_the_encoding_is_recognised_and_a_guess_is_told(
    tmp_path: Path, encoding: str, told: list[str]
) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    draft = draft_plan(path)
    assert draft.proposal.goals[0].title == "Eén doel – “echt”"
    assert [r.code for r in draft.remarks if r.code == "encoding"] == told


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "plan.txt is empty."),
        (b" \r\n\r\n", "plan.txt is empty."),
        (b"%PDF-1.7\n1 0 obj", "plan.txt is a PDF, not text."),
        (b"PK\x03\x04\x14\x00", "plan.txt is a Word, ODF or zip file, not text."),
        (b"SD 1: \x00\x01\x02", "plan.txt is not text: it holds bytes that no text has."),
        (b"\x81\x8d\x8f", "plan.txt is not text: it holds bytes that no text has."),
        (b"a" * 2_000_001, "plan.txt is too large: at most 2 MB is read."),
        (b"Er was eens.\n", "plan.txt announces no goal: no line begins with words such as"),
    ],
    ids=["empty", "blank", "pdf", "zip", "binary", "no-encoding", "huge", "no-goal"],
)
def test_a_file_that_is_no_document_of_a_plan(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(data)
    with pytest.raises(BadFile) as refused:
        draft_plan(path)
    assert refused.value.message.startswith(sentence)
    assert refused.value.hint
    assert refused.value.exit_code == 1


def test_a_folder_a_pipe_and_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="is a folder"):
        draft_plan(tmp_path)
    with pytest.raises(FileProblem, match="There is no file"):
        draft_plan(tmp_path / "none.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
        with pytest.raises(FileProblem, match="is not an ordinary file"):
            draft_plan(tmp_path / "pipe")


def test_a_draft_is_toml_also_when_it_is_not_whole(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("SD 1\n\nOD 1.1: Een\n\nOD 1.1: Twee\n\nOD 7.1: Drie\n")
    assert tomllib.loads(toml(draft_plan(path)))["goal"][0]["code"] == "SD1"
