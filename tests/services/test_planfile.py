"""The real plan as data, and what becomes of a plan file in which something is wrong."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest

from socius_tui.domain.model import (
    Aggregation,
    Computed,
    Direction,
    Frequency,
    GoalKind,
    IndicatorKind,
    Judging,
    Scope,
)
from socius_tui.errors import BadFile, FileProblem
from socius_tui.paths import resource
from socius_tui.services.exchange.plancheck import check_plan
from socius_tui.services.exchange.planfile import (
    IndicatorTable,
    Origin,
    PlanFile,
    SourceKind,
    SphereName,
    parse_plan_file,
    read_plan_file,
)

SAMPLE = resource("sample_data/plan-2016-2020.toml")

TITLES = {
    "SD1": "Sociaal-culturele beroepskrachten zijn ondersteund in hun professionele ontwikkeling",
    "OD1.1": "Er is een gedragen beroepskader voor sociaal-cultureel handelen",
    "OD1.2": "Sociaal-culturele beroepskrachten betrekken zich op het sociaal-culturele werkveld"
    " en op andere sociaal-culturele beroepskrachten",
    "OD1.3": "Sociaal-culturele beroepskrachten werken aan hun professionele ontwikkeling",
    "OD1.4": "Sociaal-culturele beroepskrachten duiden de betekenis en waarde van hun"
    " sociaal-culturele praktijk",
    "SD2": "Organisaties uit het sociaal-cultureel volwassenenwerk zijn gestimuleerd om missie- en"
    " contextgedreven te werken",
    "OD2.1": "Sociaal-culturele volwassenenorganisaties gebruiken inzichten en hefbomen om"
    " maatschappelijk innoverend te werken",
    "OD2.2": "Sociaal-culturele volwassenenorganisaties zetten in op goed leiderschap,"
    " organisatieontwikkeling en kwaliteitsbeleid",
    "OD2.3": "Sociaal-culturele volwassenenorganisaties werken samen en opereren in netwerken",
    "OD2.4": "Sociaal-culturele volwassenenorganisaties dragen hun ambities en realisaties uit",
    "OD2.5": "Sociaal-culturele volwassenenorganisaties verwerven de nodige middelen om hun beoogde"
    " impact te realiseren",
    "SD3": "De dynamiek in het sociaal-culturele werkveld om samen een meer inclusieve,"
    " democratische, solidaire en duurzame samenleving te realiseren, is versterkt",
    "OD3.1": "Leer- en deelplekken voor innoverende sociaal-culturele praktijken bieden kansen tot"
    " uitwisseling",
    "OD3.2": "Samenstromen van sociaal-culturele praktijken en hun bijdrage aan maatschappelijk"
    " innoveren zijn uitgedragen in het werkveld en naar beleidsmakers",
    "SD4": "Sector en overheden zijn ondersteund in het ontwikkelen en implementeren van nieuwe"
    " beleidskaders",
    "OD4.1": "Er is een toekomstvisie op sociaal-cultureel werk",
    "OD4.2": "Het Vlaams beleidstraject sociaal-cultureel werk is ondersteund",
    "OD4.3": "Sociaal-culturele organisaties zijn gealigneerd op het nieuw Vlaams beleidskader",
    "OD4.4": "Visie, strategie en bouwstenen voor het ontwikkelen van vitale coalities tussen"
    " lokale overheden en de burgermaatschappij zijn ontwikkeld en uitgedragen",
    "BO1": "Communicatie- en informatiecentrum van en voor het sociaal-cultureel volwassenenwerk",
    "BO2": "Organiseren van stakeholdersbetrokkenheid, vertegenwoordiging & pleitbezorging,"
    " beleidsopvolging",
}


@pytest.fixture(scope="module")
def sample() -> PlanFile:
    return read_plan_file(SAMPLE)


def indicator(sample: PlanFile, code: str) -> IndicatorTable:
    return next(i for i in sample.indicators if i.code == code)


# ---------------------------------------------------------------- the real plan


def test_the_plan_has_fifteen_operational_goals_under_four(sample: PlanFile) -> None:
    kinds = Counter(goal.kind for goal in sample.goals)
    strategic = [goal.code for goal in sample.goals if goal.kind is GoalKind.STRATEGIC]
    under = [sum(goal.parent == code for goal in sample.goals) for code in strategic]
    assert strategic == ["SD1", "SD2", "SD3", "SD4"]
    assert under == [4, 5, 2, 4]
    assert sum(under) == kinds[GoalKind.OPERATIONAL] == 15
    assert kinds[GoalKind.BASIC_TASK] == 2
    assert [g.parent for g in sample.goals if g.kind is GoalKind.OBJECTIVE] == ["BO1"] * 3


def test_titles_are_those_that_the_plan_prints(sample: PlanFile) -> None:
    titles = {goal.code: goal.title for goal in sample.goals}
    assert {code: titles[code] for code in TITLES} == TITLES
    assert set(titles) - set(TITLES) == {"BO1.1", "BO1.2", "BO1.3"}
    assert titles["BO1.1"] == "We bouwen onze online ondersteuning en dienstverlening verder uit"
    assert titles["BO1.2"].endswith("hun bijdrage aan maatschappelijke verandering")
    assert titles["BO1.3"].endswith("naar betrokkenheid en netwerking")


def test_every_goal_is_explained_and_every_strategic_goal_has_its_challenge(
    sample: PlanFile,
) -> None:
    assert all(goal.summary and goal.source_line for goal in sample.goals)
    assert [g.code for g in sample.goals if g.challenge] == ["SD1", "SD2", "SD3", "SD4"]


def test_organisations_add_up(sample: PlanFile) -> None:
    recognised = [work_type.recognised or 0 for work_type in sample.work_types]
    assert recognised == [57, 35, 13, 31]
    assert sum(recognised) == 136
    subtypes = [subtype.recognised or 0 for subtype in sample.work_types[1].subtypes]
    assert subtypes == [17, 10, 5, 3]
    assert sum(subtypes) == 35


@pytest.mark.parametrize(
    ("name", "year", "parts", "total"),
    [
        ("personeelsleden", 2012, [1219, 439, 183, 341], 2182),
        ("vrijwilligers", 2011, [184_288, 6096, 385, 5732], 196_501),
        ("freelancers", 2011, [2238, 1434, 1667, 197], 5536),
    ],
)
def test_key_figures_add_up_to_the_printed_totals(
    sample: PlanFile, name: str, year: int, parts: list[int], total: int
) -> None:
    found = [int(f.value) for f in sample.key_figures if (f.name, f.year) == (name, year)]
    assert found == parts
    assert sum(found) == total
    assert [int(t.total) for t in sample.expect.totals if t.name == name] == [total]


def test_the_budget_table_is_whole(sample: PlanFile) -> None:
    budget = {
        (f.line, f.year): int(f.value) // 1000
        for f in sample.key_figures
        if f.name == "vereffeningskrediet"
    }
    years = range(2011, 2016)
    table = {
        line: [budget[line, year] for year in years]
        for line in ("Verenigingen", "Instellingen", "Bewegingen", "FOV", "Socius")
    }
    assert table == {
        "Verenigingen": [24_186, 24_557, 24_557, 27_720, 26_375],
        "Instellingen": [19_280, 19_498, 19_543, 20_260, 19_280],
        "Bewegingen": [3802, 3852, 3861, 3967, 3972],
        "FOV": [287, 292, 293, 299, 240],
        "Socius": [1395, 1392, 1395, 1418, 1338],
    }
    assert len(budget) == 25
    assert [sum(row[n] for row in table.values()) for n in range(5)] == [
        48_950, 49_591, 49_649, 53_664, 51_205,
    ]  # fmt: skip


def test_codes_are_unique(sample: PlanFile) -> None:
    codes = [g.code for g in sample.goals] + [i.code for i in sample.indicators]
    assert len({code.casefold() for code in codes}) == len(codes)
    assert all(i.code.startswith(f"{i.goal}-") for i in sample.indicators)


def test_the_plan_starts_and_ends_when_it_does_and_has_no_pauses(sample: PlanFile) -> None:
    assert (sample.plan.starts_on, sample.plan.ends_on) == (date(2016, 1, 1), date(2020, 12, 31))
    assert (sample.plan.on_track_from, sample.plan.attention_from) == ("0.85", "0.60")
    assert sample.pauses == ()


def test_every_kind_of_indicator_occurs(sample: PlanFile) -> None:
    def used(name: str) -> set[object]:
        return {getattr(i, name) for i in sample.indicators}

    assert used("kind") == set(IndicatorKind)
    assert used("direction") == set(Direction)
    assert used("aggregation") == set(Aggregation)
    assert used("scope") == set(Scope)
    assert used("judging") == set(Judging)
    assert used("frequency") == set(Frequency)
    assert used("computed") == {*Computed, None}
    assert used("sphere") == set(get_args(SphereName))
    assert used("source_kind") == set(get_args(SourceKind))
    assert used("origin") == {"plan", "example"} < set(get_args(Origin))
    assert used("computed_linked") == {True, False}


def test_promises_of_the_plan_are_marked_as_such_and_nothing_else_is(sample: PlanFile) -> None:
    promises = [i for i in sample.indicators if i.origin == "plan"]
    assert [i.code for i in promises] == [f"BO2-{letter}" for letter in "abcdefg"]
    assert all(i.source_line for i in promises)


def test_every_goal_that_is_worked_out_has_examples(sample: PlanFile) -> None:
    examples = Counter(i.goal for i in sample.indicators if i.origin == "example")
    for goal in sample.goals:
        if goal.kind is GoalKind.OPERATIONAL:
            assert examples[goal.code] >= 2, goal.code
        if goal.kind is GoalKind.OBJECTIVE:
            assert examples[goal.code] >= 1, goal.code


def test_every_indicator_says_what_it_counts_and_how(sample: PlanFile) -> None:
    assert all(i.definition and i.collection_method for i in sample.indicators)
    wordless = (IndicatorKind.MILESTONE, IndicatorKind.NARRATIVE)
    assert all(i.unit for i in sample.indicators if i.kind not in wordless)


def test_136_visits_in_2016(sample: PlanFile) -> None:
    visits = indicator(sample, "BO2-a")
    (target,) = visits.targets
    assert visits.computed is Computed.VISITED_ORGANISATIONS
    assert visits.aggregation is Aggregation.DISTINCT
    assert (target.period_start, target.period_end) == (date(2016, 1, 1), date(2016, 12, 31))
    assert target.value == "136"


def test_the_dialogue_alternates_and_is_judged_year_by_year(sample: PlanFile) -> None:
    dialogue = indicator(sample, "BO2-b")
    assert dialogue.judging is Judging.BY_PERIOD
    assert [(t.period_start.year, t.value, t.qualifier) for t in dialogue.targets] == [
        (2017, "1", "beroepskrachten"),
        (2018, "1", "leidinggevenden"),
        (2019, "1", "beroepskrachten"),
        (2020, "1", "leidinggevenden"),
    ]


def test_the_other_promises(sample: PlanFile) -> None:
    consultation = indicator(sample, "BO2-c")
    assert consultation.judging is Judging.BY_PERIOD
    assert [t.period_start.year for t in consultation.targets] == [2016, 2017, 2018, 2019, 2020]
    ends = {
        code: [(t.period_start, t.period_end) for t in indicator(sample, code).targets]
        for code in ("BO2-d", "BO2-e", "BO2-f")
    }
    assert ends == {
        "BO2-d": [(date(2017, 7, 1), date(2017, 12, 31))],
        "BO2-e": [(date(2017, 1, 1), date(2017, 12, 31))],
        "BO2-f": [(date(2019, 1, 1), date(2019, 12, 31))],
    }
    contact = indicator(sample, "BO2-g")
    assert (contact.computed, contact.band) == (Computed.WORK_TYPES_WITH_CONTACT, ("4", "4"))


@pytest.mark.parametrize(
    ("code", "rule"),
    [("OD2.3-a", Computed.VISITED_ORGANISATIONS), ("OD1.3-c", Computed.VISITS_DONE)],
)
def test_a_visit_linked_to_a_goal_moves_that_goal(
    sample: PlanFile, code: str, rule: Computed
) -> None:
    linked = indicator(sample, code)
    assert (linked.computed, linked.computed_linked) == (rule, True)
    assert [t.period_start.year for t in linked.targets] == [2016, 2017, 2018, 2019, 2020]


def test_figures_of_the_past_period_are_baselines_with_their_source(sample: PlanFile) -> None:
    found = {
        i.code: (i.baseline, i.band, i.source_line)
        for i in sample.indicators
        if i.origin == "example" and i.source_line
    }
    assert found == {
        "OD1.3-b": ("80", None, "3003-3006"),
        "OD2.2-a": ("20", ("15", "25"), "2969-2973"),
        "BO2-h": ("80", ("80", "100"), "2965-2967"),
    }


def test_targets_move_the_way_that_the_indicator_should_go(sample: PlanFile) -> None:
    """A falling indicator whose targets rise would be an error of typing."""
    for each in sample.indicators:
        levels = [Fraction(t.value) for t in each.targets]
        adds = each.aggregation in (Aggregation.SUM, Aggregation.DISTINCT)
        if each.direction is Direction.MAINTAIN or (adds and each.scope is Scope.PER_PERIOD):
            continue
        if each.baseline is not None:
            levels.insert(0, Fraction(each.baseline))
        falls = each.direction is Direction.DECREASE
        assert levels == sorted(levels, reverse=falls), each.code


# ---------------------------------------------------------------- a small plan, made wrong

SMALL = """\
[plan]
code = "klein"
title = "Klein plan"
starts_on = 2016-01-01
ends_on = 2017-12-31

[[work_type]]
code = "bewegingen"
name = "Bewegingen"
recognised = 3
subtype = [{ code = "a", name = "A", recognised = 1 }, { code = "b", name = "B", recognised = 2 }]

[[goal]]
code = "SD1"
kind = "strategic"
title = "Strategisch"

[[goal]]
code = "OD1.1"
kind = "operational"
parent = "SD1"
title = "Operationeel"

[[indicator]]
goal = "OD1.1"
code = "OD1.1-a"
title = "Bezoeken"
kind = "count"
aggregation = "sum"
sphere = "control"
baseline = 0.30
targets = [{ year = 2016, value = 10 }, { from = 2017-01-01, until = 2017-06-30, value = 2.50 }]

[[key_figure]]
work_type = "bewegingen"
name = "personeel"
values = { 2012 = 341 }

[expect]
strategic = 1
operational = 1
operational_per_strategic = [1]
basic_tasks = 0
objectives = 0
work_types = 1
organisations = 3
total = [{ name = "personeel", year = 2012, total = 341 }]
"""


def parsed(text: str) -> PlanFile:
    return parse_plan_file(text.encode(), "plan.toml")


def refusal(text: str) -> BadFile:
    with pytest.raises(BadFile) as caught:
        parsed(text)
    return caught.value


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def test_a_small_plan_is_taken_with_its_defaults_and_its_exact_numbers() -> None:
    plan_file = parsed(SMALL)
    assert check_plan(plan_file) == []
    (only,) = plan_file.indicators
    assert only.baseline == "0.30"
    assert [t.value for t in only.targets] == ["10", "2.50"]
    assert (only.direction, only.scope, only.judging, only.frequency, only.weight) == (
        Direction.INCREASE,
        Scope.PER_PERIOD,
        Judging.BY_PACE,
        Frequency.YEAR,
        "1",
    )
    assert (plan_file.plan.on_track_from, plan_file.plan.coverage_policy) == ("0.85", "recognised")
    (figure,) = plan_file.key_figures
    assert (figure.line, figure.year, figure.value) == ("Bewegingen", 2012, "341")


def test_a_plan_may_have_nothing_but_itself() -> None:
    plan_file = parsed(SMALL[: SMALL.index("[[work_type]]")])
    assert (plan_file.goals, plan_file.indicators, plan_file.key_figures) == ((), (), ())


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("1_000.50", "1000.50"),
        ("1e3", "1000"),
        ("-0.0", "0.0"),
        ("-12.5", "-12.5"),
        ("+7", "7"),
        ("0.1234567890123456789", "0.1234567890123456789"),
    ],
)
def test_numbers_stay_as_they_were_written(written: str, stored: str) -> None:
    (only,) = parsed(changed("0.30", written)).indicators
    assert only.baseline == stored


BAD = [
    ("unknown key", 'title = "Bezoeken"', 'titel = "Bezoeken"',
     "plan.toml: indicator OD1.1-a: The key “titel” is not known here; did you mean “title”?"),
    ("unknown table", "[[key_figure]]", "[[key_figures]]",
     "plan.toml: The key “key_figures” is not known here; did you mean “key_figure”?"),
    ("unknown key far from any", "year = 2016", "zzz = 2016",
     "plan.toml: indicator OD1.1-a, targets 1: The key “zzz” is not known here; known are: "
     "year, from, until, value, qualifier."),
    ("missing", 'sphere = "control"\n', "",
     "plan.toml: indicator OD1.1-a, sphere: This is missing."),
    ("no code to name it by", 'code = "OD1.1-a"\n', "",
     "plan.toml: indicator 1, code: This is missing."),
    ("text for a number", "0.30", '"veel"',
     "plan.toml: indicator OD1.1-a, baseline: This must be a number, with a point and without "
     "quotes."),
    ("true for a number", "0.30", "true",
     "plan.toml: indicator OD1.1-a, baseline: This must be a number, with a point and without "
     "quotes."),
    ("nan", "0.30", "nan",
     "plan.toml: indicator OD1.1-a, baseline: This must be an ordinary number."),
    ("infinity", "0.30", "-inf",
     "plan.toml: indicator OD1.1-a, baseline: This must be an ordinary number."),
    ("exponent too large", "0.30", "1e400",
     "plan.toml: indicator OD1.1-a, baseline: At most 30 digits fit."),
    ("too many digits", "0.30", "1" * 31,
     "plan.toml: indicator OD1.1-a, baseline: At most 30 digits fit."),
    ("number for a text", 'title = "Bezoeken"', "title = 3",
     "plan.toml: indicator OD1.1-a, title: This must be text, between quotes."),
    ("no such kind", '"count"', '"counts"',
     "plan.toml: indicator OD1.1-a, kind: “counts” is none of count, amount, percentage, ratio, "
     "scale, milestone, narrative; did you mean “count”?"),
    ("no such sphere", '"control"', '"[/]"',
     "plan.toml: indicator OD1.1-a, sphere: “[/]” is none of control, influence, ambition."),
    ("text for a day", "starts_on = 2016-01-01", 'starts_on = "1 januari"',
     "plan.toml: plan, starts_on: This must be a day written as 2016-03-14."),
    ("no such day, in text", "starts_on = 2016-01-01", 'starts_on = "2016-02-30"',
     "plan.toml: plan, starts_on: There is no such day."),
    ("a moment for a day", "starts_on = 2016-01-01", "starts_on = 2016-01-01T00:00:00",
     "plan.toml: plan, starts_on: This must be a day written as 2016-03-14."),
    ("a year long ago", "starts_on = 2016-01-01", "starts_on = 1016-01-01",
     "plan.toml: plan, starts_on: The year must lie between 1900 and 2199."),
    ("ends before it starts", "ends_on = 2017-12-31", "ends_on = 2015-12-31",
     "plan.toml: plan, ends_on: The plan ends before it starts."),
    ("thresholds the wrong way", 'code = "klein"', 'code = "klein"\non_track_from = 0.5',
     "plan.toml: plan, attention_from: This must not be higher than on_track_from."),
    ("threshold above 1", 'code = "klein"', 'code = "klein"\non_track_from = 85',
     "plan.toml: plan, on_track_from: This must lie between 0 and 1."),
    ("fixed coverage without number", 'code = "klein"', 'code = "klein"\ncoverage_policy = "fixed"',
     "plan.toml: plan, coverage_fixed: With coverage_policy “fixed” this number is needed."),
    ("code with a space", 'code = "OD1.1"', 'code = "OD 1.1"',
     "plan.toml: goal OD 1.1, code: A code has letters and digits, with points or hyphens between "
     "them."),
    ("control character", 'title = "Bezoeken"', 'title = "a\\u001b[2J"',
     "plan.toml: indicator OD1.1-a, title: This text holds a control character (U+001B, at "
     "position 2)."),
    ("NUL", 'title = "Bezoeken"', 'title = "a\\u0000b"',
     "plan.toml: indicator OD1.1-a, title: This text holds a control character (U+0000, at "
     "position 2)."),
    ("direction override", 'title = "Bezoeken"', 'title = "a\\u202eb"',
     "plan.toml: indicator OD1.1-a, title: This text holds a character that turns the reading "
     "direction (U+202E, at position 2)."),
    ("empty title", 'title = "Bezoeken"', 'title = " "',
     "plan.toml: indicator OD1.1-a, title: This must not be empty."),
    ("long title", 'title = "Bezoeken"', f'title = "{"a" * 501}"',
     "plan.toml: indicator OD1.1-a, title: This text has 501 characters; at most 500 fit."),
    ("one bracket", "[[key_figure]]", "[key_figure]",
     "plan.toml: key_figure: Write [[key_figure]] with two brackets: there can be more of them."),
    ("duplicate code", 'code = "OD1.1-a"', 'code = "od1.1"',
     "plan.toml: goal OD1.1: This code is used more than once in the plan."),
    ("missing parent", 'parent = "SD1"', 'parent = "SD2"',
     "plan.toml: goal OD1.1, parent: There is no goal with code SD2. Did you mean SD1?"),
    ("no parent", 'parent = "SD1"\n', "",
     "plan.toml: goal OD1.1, parent: A goal of kind “operational” stands under one of kind "
     "strategic."),
    ("its own parent", 'parent = "SD1"', 'parent = "OD1.1"',
     "plan.toml: goal OD1.1, parent: A goal of kind “operational” cannot stand under one of kind "
     "“operational”."),
    ("year of a goal", 'parent = "SD1"', 'parent = "SD1"\nyear = 2016',
     "plan.toml: goal OD1.1, year: Only an action has a year."),
    ("unknown goal", 'goal = "OD1.1"', 'goal = "OD1.7"',
     "plan.toml: indicator OD1.1-a, goal: There is no goal with code OD1.7. Did you mean OD1.1?"),
    ("target outside the plan", "year = 2016, value", "year = 2018, value",
     "plan.toml: indicator OD1.1-a, targets 1: It lies outside the plan, 01/01/2016 to "
     "31/12/2017."),
    ("target ends first", "until = 2017-06-30", "until = 2016-06-30",
     "plan.toml: indicator OD1.1-a, targets 2: It ends before it starts."),
    ("half a period", ", until = 2017-06-30", "",
     "plan.toml: indicator OD1.1-a, targets 2: A target has either a year, or both from and "
     "until."),
    ("year and days", "from = 2017-01-01", "year = 2017, from = 2017-01-01",
     "plan.toml: indicator OD1.1-a, targets 2: A target has either a year, or both from and "
     "until."),
    ("target without period", "year = 2016, value", "value",
     "plan.toml: indicator OD1.1-a, targets 1: A target has either a year, or both from and "
     "until."),
    ("target twice", "from = 2017-01-01, until = 2017-06-30", "year = 2016",
     "plan.toml: indicator OD1.1-a, targets 2: There is a target for this period and qualifier "
     "already."),
    ("band without maintain", "baseline = 0.30", "band = [1, 2]",
     "plan.toml: indicator OD1.1-a, band: Only an indicator with direction “maintain” has a band."),
    ("maintain without band", "baseline = 0.30", 'direction = "maintain"',
     "plan.toml: indicator OD1.1-a, band: With direction “maintain” a band is needed: "
     "band = [80, 100]."),
    ("band upside down", "baseline = 0.30", 'direction = "maintain"\nband = [10, 9]',
     "plan.toml: indicator OD1.1-a, band: The lower end of a band comes first."),
    ("half a band", "baseline = 0.30", 'direction = "maintain"\nband = [10]',
     "plan.toml: indicator OD1.1-a, band 2: This is missing."),
    ("narrative with numbers", '"count"', '"narrative"',
     "plan.toml: indicator OD1.1-a, kind: A narrative has no numbers: no baseline, no band and no "
     "targets."),
    ("computed the wrong way", "baseline = 0.30", 'computed = "visited_organisations"',
     "plan.toml: indicator OD1.1-a, aggregation: What is computed as visited_organisations has "
     "aggregation distinct."),
    ("computed kind", "baseline = 0.30", 'computed = "follow_ups_on_time"',
     "plan.toml: indicator OD1.1-a, kind: What is computed as follow_ups_on_time has kind "
     "percentage, ratio."),
    ("linked to nothing", "baseline = 0.30", "computed_linked = true",
     "plan.toml: indicator OD1.1-a, computed_linked: Only an indicator with a computed rule can be "
     "linked."),
    ("day without baseline", "baseline = 0.30", "baseline_on = 2015-12-31",
     "plan.toml: indicator OD1.1-a, baseline_on: A day without a baseline says nothing."),
    ("negative weight", "baseline = 0.30", "weight = -1",
     "plan.toml: indicator OD1.1-a, weight: This must not be below zero."),
    ("subtypes do not add up", 'name = "B", recognised = 2', 'name = "B", recognised = 3',
     "plan.toml: work_type bewegingen, recognised: The subtypes together have 4, not 3."),
    ("subtype twice", '{ code = "b"', '{ code = "A"',
     "plan.toml: work_type bewegingen, subtype a: This code is used more than once."),
    ("organisations do not add up", "organisations = 3", "organisations = 136",
     "plan.toml: expect, organisations: The plan says 136, the file has 3."),
    ("goals do not add up", "\noperational = 1", "\noperational = 15",
     "plan.toml: expect, operational: The plan says 15, the file has 1."),
    ("goals under a goal", "per_strategic = [1]", "per_strategic = [4, 5]",
     "plan.toml: expect, operational_per_strategic: The plan says 4, 5, the file has 1."),
    ("figures do not add up", "values = { 2012 = 341 }", "values = { 2012 = 342.5 }",
     "plan.toml: expect, total, personeel, 2012: The plan prints 341, the figures add up to "
     "342.5."),
    ("figure of an unknown work type", 'work_type = "bewegingen"', 'work_type = "beweging"',
     "plan.toml: key_figure 1, work_type: There is no work type with code beweging. Did you mean "
     "bewegingen?"),
    ("figure of nothing", 'work_type = "bewegingen"\n', "",
     "plan.toml: key_figure 1: A key figure needs a work_type or a line."),
    ("figure twice over", "values = { 2012 = 341 }", "values = { 2012 = 341 }\nvalue = 3",
     "plan.toml: key_figure 1: A key figure has either value or values."),
    ("figure of no year", "values = { 2012 = 341 }", "values = { nu = 341 }",
     "plan.toml: key_figure 1, values: Write values by year: { 2011 = 287000 }."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_wrong_plan_file_is_refused_with_a_sentence(old: str, new: str, sentence: str) -> None:
    error = refusal(changed(old, new))
    assert error.problems[0] == sentence
    assert error.message.startswith(sentence)
    assert error.hint
    assert error.exit_code == 1


def test_all_problems_are_told_at_once() -> None:
    error = refusal(
        SMALL.replace('sphere = "control"\n', "").replace('title = "Klein plan"', 'titel = "x"')
    )
    assert error.problems == (
        "plan.toml: plan: The key “titel” is not known here; did you mean “title”?",
        "plan.toml: plan, title: This is missing.",
        "plan.toml: indicator OD1.1-a, sphere: This is missing.",
    )
    assert error.message.endswith("did you mean “title”? There are 2 more problems.")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "plan.toml is empty."),
        (b"\xef\xbb\xbf \n", "plan.toml is empty."),
        (b"dit is geen plan", "plan.toml: line 1, column 5 is not TOML."),
        (b"[plan]\nstarts_on = 2016-02-30\n", "plan.toml: line 2, column 13 is not TOML."),
        (b"[plan]\ncode = 1" + b"1" * 5000, "plan.toml is not TOML."),
        (b"[plan]\ntitle = \"\xff\"\n", "plan.toml is not text in UTF-8: line 2 holds something "
         "else."),
        (b"SQLite format 3\x00\x10\x00", "plan.toml: line 1, column 8 is not TOML."),
        (b"#" * 10_000_001, "plan.toml is too large: at most 10 MB is read."),
        (b"# niets\n", "plan.toml: plan: This is missing."),
        (b"plan = 3\n", "plan.toml: plan: This must be a table with keys and values."),
    ],
    ids=["empty", "blank", "prose", "no such day", "endless number", "not UTF-8",
         "database", "large", "comment", "no table"],
)  # fmt: skip
def test_what_is_no_plan_file_at_all(data: bytes, sentence: str) -> None:
    with pytest.raises(BadFile) as caught:
        parse_plan_file(data, "plan.toml")
    assert caught.value.message == sentence
    assert caught.value.hint


def test_brackets_without_end_are_no_plan_file() -> None:
    with pytest.raises(BadFile, match=r"^plan\.toml.* is not TOML\.$"):
        parse_plan_file(b"a = " + b"[" * 100_000, "plan.toml")


def test_a_file_that_is_not_there_or_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"There is no file .*weg\.toml"):
        read_plan_file(tmp_path / "weg.toml")
    with pytest.raises(FileProblem, match="is a folder, not a file"):
        read_plan_file(tmp_path)
    with pytest.raises(FileProblem, match="cannot be read"):
        read_plan_file(f"{tmp_path}/a\x00b")


def test_a_hostile_name_does_not_reach_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "x\x1b]0;p\x07.toml"
    path.write_text("geen plan")
    with pytest.raises(BadFile) as caught:
        read_plan_file(path)
    assert "\x1b" not in caught.value.message
    assert "x␛]0;p␇.toml" in caught.value.message


def test_a_byte_order_mark_is_no_part_of_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert read_plan_file(path).plan.code == "klein"


def test_actions_belong_to_a_year_of_the_plan() -> None:
    action = '\n[[goal]]\ncode = "A1"\nkind = "action"\nparent = "OD1.1"\ntitle = "Doen"\n'
    assert parsed(SMALL + action + "year = 2017\n").goals[-1].year == 2017
    assert "goal A1, year: An action needs" in refusal(SMALL + action).message
    assert "goal A1, year: It lies outside" in refusal(SMALL + action + "year = 2018\n").message


def test_a_pause_lies_inside_the_plan() -> None:
    pause = '\n[[pause]]\nlabel = "zomer"\nstarts_on = 2016-07-01\nends_on = 2016-08-31\n'
    assert parsed(SMALL + pause).pauses[0].label == "zomer"
    later = refusal(SMALL + pause.replace("2016-", "2026-"))
    assert later.message.startswith("plan.toml: pause 1: It lies outside the plan")
    assert "pause 1: It ends before" in refusal(SMALL + pause.replace("08-31", "06-01")).message
