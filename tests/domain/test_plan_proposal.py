"""A plan's goals out of the text of its document: each trap of a printed plan by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.domain.plan_headings import Remark
from socius_tui.domain.plan_proposal import Proposal, fitting, propose
from socius_tui.domain.plan_text import read_document
from socius_tui.domain.plan_titles import tidy
from socius_tui.services.exchange.plan_vocabulary import all_vocabularies, vocabulary

SHORTENED = (Path(__file__).parents[1] / "data" / "beleidsplan-ingekort.txt").read_text("utf-8")
GOALS = vocabulary("strategische-doelen")


def proposed(text: str) -> Proposal:
    return propose(text, GOALS)


def tree(proposal: Proposal) -> list[tuple[str, str, str]]:
    return [(goal.code, goal.parent, goal.title) for goal in proposal.goals]


def remarks(proposal: Proposal, *codes: str) -> list[Remark]:
    return [remark for remark in proposal.remarks if remark.code in codes]


def to_look_at(proposal: Proposal) -> list[str]:
    return [remark.code for remark in proposal.remarks if remark.look]


def changed(old: str, new: str) -> Proposal:
    assert SHORTENED.count(old) == 1, SHORTENED.count(old)
    return proposed(SHORTENED.replace(old, new))


# ---- second sources ------------------------------------------------------------------------


def test_all_that_is_to_look_at_in_the_shortened_plan_are_two_torn_words() -> None:
    found = proposed(SHORTENED)
    assert to_look_at(found) == ["mended", "mended"]
    assert [remark.values["word"] for remark in remarks(found, "mended")] == [
        "beroepskrachten",
        "organisatieontwikkeling",
    ]
    assert {(count.kind.value, count.said, count.found) for count in found.counts} == {
        ("strategic", 4, 4),
        ("operational", 15, 15),
    }
    assert found.overview is not None
    assert (found.overview.goals, found.overview.confirms) == (21, True)


def test_goals_printed_before_their_heading_are_moved_and_the_overview_confirms_it() -> None:
    found = proposed(SHORTENED)
    (moved,) = remarks(found, "moved", "moved_rightly")
    assert (moved.code, moved.values["n"], moved.look) == ("moved_rightly", 3, False)
    assert [goal.parent for goal in found.goals if goal.code.startswith("OD4")] == ["SD4"] * 4


def test_without_an_overview_a_move_is_to_be_looked_at() -> None:
    found = proposed(SHORTENED.split("Bronnen")[0])
    assert found.overview is None
    (moved,) = remarks(found, "moved", "moved_rightly")
    assert (moved.code, moved.look) == ("moved", True)
    # Nothing says that the first task belongs to the section that comes after it.
    assert [goal.title for goal in found.unplaced] == [
        "Communicatie- en informatiecentrum van en voor het sociaal-cultureel volwassenenwerk"
    ]
    assert "task_in_doubt" in to_look_at(found)


def test_a_torn_word_stays_as_printed_without_a_second_source_and_is_reported() -> None:
    found = proposed(SHORTENED.split("Bronnen")[0])
    assert "organisatie ontwikkeling" in {g.code: g.title for g in found.goals}["OD2.2"]
    assert [r.values["word"] for r in remarks(found, "one_word")] == ["beroepskrachten"]


def test_another_number_than_the_document_says_is_reported_with_both() -> None:
    (remark,) = remarks(changed("verdeeld over 15 ", "verdeeld over 16 "), "count")
    assert (remark.values["said"], remark.values["found"], remark.look) == (16, 15, True)
    assert remark.lines == ((26, 29),)


def test_another_wording_is_reported_with_both() -> None:
    (remark,) = remarks(changed("Zij werken samen en \n", "Zij werken apart en \n"), "wording")
    assert remark.goal == "OD2.3"
    assert "werken samen" in str(remark.values["title"])
    assert "werken apart" in str(remark.values["other"])
    assert remark.lines == ((88, 91), (285, 286))


def test_a_goal_that_the_overview_lacks_and_one_that_only_it_has_are_reported() -> None:
    found = changed("Zij werken samen en \nopereren in netwerken.", "Iets heel anders.")
    assert [r.goal for r in remarks(found, "not_in_overview")] == ["OD2.3"]
    assert [r.values["text"] for r in remarks(found, "only_in_overview")] == ["Iets heel anders."]


def test_an_overview_in_another_order_contradicts_the_places() -> None:
    one = "Zij dragen hun  \nambities en realisaties \n uit. "
    other = "Ze duiden de betekenis  \nen waarde van hun  \nsociaal-culturele  \npraktijk."
    text = SHORTENED.replace(one, "@").replace(other, one).replace("@", other)
    assert text != SHORTENED
    found = proposed(text)
    assert found.overview is not None
    assert not found.overview.confirms
    (order,) = remarks(found, "order")
    assert {order.goal, order.values["expected"]} == {"OD1.4", "OD2.4"}
    assert "moved" in to_look_at(found)


def test_a_table_of_contents_is_a_second_source_and_no_goal() -> None:
    found = proposed(
        "Inhoud\n"
        "Strategisch doel 1: Eerst lezen ........ 3\n"
        "Operationeel doel 1: Samen lezen ........ 4\n"
        "Operationeel doel 2: Alleen schrijven . . . . 5\n"
        "Strategisch doel 2: Daarna nog slapen   7\n\n"
        "Strategisch doel 1: Eerst lezen\n\nUitleg.\n\n"
        "Operationeel doel 1: Samen lezen\n\nUitleg.\n\n"
        "Operationeel doel 2: Alleen lezen\n\nUitleg.\n\n"
        "Strategisch doel 3: Rusten\n\nUitleg.\n"
    )
    assert [goal.code for goal in found.goals] == ["SD1", "OD1.1", "OD1.2", "SD3"]
    (wording,) = remarks(found, "wording")
    assert wording.goal == "OD1.2"
    assert wording.lines == ((15, 15), (4, 4))
    assert [r.values["code"] for r in remarks(found, "only_in_list")] == ["SD2"]
    assert [r.goal for r in remarks(found, "not_in_overview")] == ["SD3"]


def test_of_a_list_and_a_text_the_text_is_the_plan() -> None:
    listed = "Strategisch doel 1: Lezen\nOperationeel doel 1: Samen\nOperationeel doel 2: Luid\n\n"
    body = (
        "Strategisch doel 1: Lezen\n\nUitleg.\n\nOperationeel doel 1: Samen\n\nUitleg.\n\n"
        "Operationeel doel 2: Luid\n\nUitleg.\n"
    )
    for text in (listed + body, body + "\n" + listed):
        found = proposed(text)
        assert [goal.code for goal in found.goals] == ["SD1", "OD1.1", "OD1.2"]
        assert not found.remarks
        assert text.splitlines()[found.goals[1].lines[1] - 1] == "Uitleg."


# ---- places --------------------------------------------------------------------------------


def plan(*headings: str) -> Proposal:
    return proposed(
        "".join(f"{heading}: Titel {n}\n\nUitleg.\n\n" for n, heading in enumerate(headings))
    )


def test_a_run_that_the_next_heading_has_no_room_for_gets_no_place() -> None:
    found = plan(
        *("Strategisch doel 1", "Operationeel doel 1", "Operationeel doel 2"),
        *("Operationeel doel 1", "Strategisch doel 2", "Operationeel doel 1"),
    )
    assert [goal.code for goal in found.goals] == ["SD1", "OD1.1", "OD1.2", "SD2", "OD2.1"]
    assert [goal.title for goal in found.unplaced] == ["Titel 3"]
    assert to_look_at(found) == ["restart"]


def test_a_run_with_no_heading_after_it_gets_no_place() -> None:
    found = plan("Strategisch doel 1", "Operationeel doel 1", "Operationeel doel 1")
    assert [goal.title for goal in found.unplaced] == ["Titel 2"]
    assert to_look_at(found) == ["restart_at_end"]


def test_whole_numbers_decide_and_a_goal_elsewhere_is_told() -> None:
    found = plan(
        *("Strategisch doel 1", "Operationeel doel 1.1", "Strategisch doel 2"),
        *("Operationeel doel 1.2", "Operationeel doel 2.1", "Operationeel doel 3.1"),
    )
    assert [goal.code for goal in found.goals] == ["SD1", "OD1.1", "OD1.2", "SD2", "OD2.1"]
    assert [remark.code for remark in found.remarks] == ["elsewhere", "no_parent"]


def test_numbers_that_go_on_under_the_next_goal_are_no_gap_and_skipped_ones_are() -> None:
    assert not plan(
        *("Strategisch doel 1", "Operationeel doel 1", "Operationeel doel 2"),
        *("Strategisch doel 2", "Operationeel doel 3"),
    ).remarks
    found = plan("Strategisch doel 1", "Operationeel doel 1", "Operationeel doel 3")
    (gap,) = remarks(found, "gap")
    assert gap.values["numbers"] == "2"


def test_a_number_that_is_there_already_gets_no_place() -> None:
    found = proposed(
        "Strategisch doel 1: Lezen\n\nUitleg.\n\nStrategisch doel 1: Slapen\n\nUitleg.\n"
    )
    assert [goal.title for goal in found.goals] == ["Lezen"]
    assert to_look_at(found) == ["twice"]


# ---- headings and titles -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title", "told"),
    [
        ("SD 1 Wij lezen", "Wij lezen", []),
        ("# SD1. Wij lezen\n", "Wij lezen", []),
        ("Strategische doelstelling 1 – Wij lezen", "Wij lezen", []),
        ("Strategisch doel 1\n\nWij\nlezen\n\nWij willen.", "Wij lezen", []),
        ("Strategisch doel 1\nWij lezen.\nHet is leuk.", "Wij lezen", []),
        ("Strategisch doel 1\nWIJ LEZEN\nHet is leuk.", "Wij lezen", ["capitals"]),
        ("Strategisch doel 1\nWij lezen\n• een\n• twee", "Wij lezen", []),
        ("Strategisch doel 1: Wij lezen en\nschrijven\n\nTekst.", "Wij lezen en schrijven", []),
        (
            "Strategisch doel 1: Wij lezen\nHet is leuk om dat iedere dag te doen.",
            "Wij lezen",
            ["short_line"],
        ),
        ("Strategisch doel 1\nWij lezen\n\n12\n\nen nog\n\nT.", "Wij lezen en nog", ["over_page"]),
        (
            "Strategisch doel 1\nWij lezen\nHet is leuk om dat iedere dag een keer te doen,\n"
            "en ook in de nacht komt het voor.",
            "Wij lezen",
            ["title_end"],
        ),
        ("Strategisch doel 1\nWij lezen\n\nwant dat is leuk.", "Wij lezen", []),
        ("Strategisch doel 1", "", ["no_title"]),
    ],
)  # fmt: skip
def test_where_a_title_ends(text: str, title: str, told: list[str]) -> None:
    found = proposed(text)
    assert [goal.title for goal in found.goals] == [title]
    assert [remark.code for remark in found.remarks] == told


def test_a_heading_inside_a_paragraph_is_reported_and_left_out() -> None:
    found = proposed(
        "Strategisch doel 1: Lezen\n\nMeer hierover staat onder\nStrategisch doel 2: Slapen\n"
        "en verder nergens.\n\nStrategisch doel 1 wordt in een zin genoemd.\n"
    )
    assert [goal.code for goal in found.goals] == ["SD1"]
    (inside,) = found.remarks
    assert (inside.code, inside.lines, inside.look) == ("inside", ((4, 4),), True)


def test_a_title_without_end_is_cut_and_reported() -> None:
    found = proposed("Strategisch doel 1\n" + "lezen en schrijven\n" * 60)
    assert len(found.goals[0].title) <= 500
    assert to_look_at(found) == ["long_title"]


def test_capitals_become_what_the_document_writes_elsewhere() -> None:
    spellings = {"vlaams": "Vlaams", "vvsg": "VVSG"}
    assert tidy("HET VLAAMS BELEID MET DE VVSG.", spellings) == "Het Vlaams beleid met de VVSG"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("het beleids-\nkader, en elders beleidskader", "het beleidskader, en elders beleidskader"),
        ("sociaal-\ncultureel is sociaal-cultureel", "sociaal-cultureel is sociaal-cultureel"),
        ("soci-\naal-cultureel werk", "sociaal-cultureel werk"),
        ("missie-\nen contextgedreven", "missie- en contextgedreven"),
        ("maat-\nschappelijk", "maatschappelijk"),
        ("West-\nVlaanderen", "West-Vlaanderen"),
        ("VOLWASSENEN-\nWERK", "VOLWASSENENWERK"),
        ("in 2016-\n2020 en verder", "in 2016-2020 en verder"),
        ("een streep -\nen meer", "een streep - en meer"),
        ("zacht\u00ad\nstreepje mid\u00addenin", "zachtstreepje middenin"),
    ],
)  # fmt: skip
def test_words_broken_at_the_end_of_a_line(text: str, joined: str) -> None:
    document = read_document(text, keep=lambda _line: None, suspended=("en", "of"))
    assert [block.text for block in document.blocks] == [joined]


def test_page_furniture_is_taken_out() -> None:
    page = "Beleidsplan van een vereniging\n\nEen alinea {n} over iets.\n\n{n}\n\f"
    quote = (
        "\nWie het verhaal van zijn straat vertelt, vertelt ook over zichzelf en over de buren die "
        "er wonen.\n\nvertelt ook over zichzelf\nen over de buren\n"
    )
    text = "".join(page.format(n=n) for n in range(1, 5)) + quote
    document = read_document(text, keep=lambda _line: None, suspended=())
    assert [block.text for block in document.blocks] == [
        *(f"Een alinea {n} over iets." for n in range(1, 5)),
        quote.strip().split("\n")[0],
    ]
    assert len(document.furniture) == 4 + 2


# ---- other vocabularies --------------------------------------------------------------------


def test_the_words_of_local_government_are_found_by_themselves() -> None:
    found = fitting(
        "Strategisch meerjarenplan 2026-2031\n\n"
        "Prioritaire beleidsdoelstelling 1: Een groene gemeente\n\nEr zijn twee actieplannen.\n\n"
        "Actieplan 1.1: Bomen planten\n\nUitleg.\n\n"
        "Actie 1.1.1: Een bomenplan maken\nActie 1.1.2: Vijfhonderd bomen planten\n\n"
        "Actieplan 1.2: Parken aanleggen\n\nUitleg.\n\n"
        "Beleidsdoelstelling 2: Een zorgzame gemeente\n\nUitleg.\n",
        all_vocabularies(),
    )
    assert found is not None
    assert found.vocabulary.code == "lokaal-bestuur"
    assert tree(found) == [
        ("BD1", "", "Een groene gemeente"),
        ("AP1.1", "BD1", "Bomen planten"),
        ("A1.1.1", "AP1.1", "Een bomenplan maken"),
        ("A1.1.2", "AP1.1", "Vijfhonderd bomen planten"),
        ("AP1.2", "BD1", "Parken aanleggen"),
        ("BD2", "", "Een zorgzame gemeente"),
    ]
    assert [(c.under, c.said, c.found) for c in found.counts] == [("BD1", 2, 2)]
    assert (found.title, found.years) == ("Strategisch meerjarenplan 2026-2031", (2026, 2031))
    assert not found.remarks


def test_numbered_basic_tasks_are_headings_like_others() -> None:
    found = proposed(
        "Basistaak 1: Informeren\n\nUitleg.\n\nBasisopdracht 2: Overleggen\n\nUitleg.\n"
    )
    assert tree(found) == [("BO1", "", "Informeren"), ("BO2", "", "Overleggen")]


def test_a_document_without_goals_has_no_proposal() -> None:
    assert fitting("Er was eens een plan.\n\nEr kwam geen doel.\n", all_vocabularies()) is None
