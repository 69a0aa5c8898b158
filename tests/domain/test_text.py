"""Text made safe to show, checked when it comes in, and compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.text import (
    MAX_MARKS,
    TextProblem,
    check_text,
    clean,
    fold,
    nearest,
    neutralise_formula,
    restore_formula,
)
from tests.hostile import ACCEPTED, FORMULAS, HOSTILE, REFUSED, Hostile, raw_signatures_in

# Format characters that are drawn, or that writing needs: number signs of Arabic and Kaithi,
# the joiners.
SEEN_FORMATS = set("\u200c\u200d\u06dd\u070f\u08e2\U000110bd\U000110cd") | {
    *map(chr, range(0x600, 0x606)),
    *map(chr, range(0x890, 0x892)),
}
any_text = st.text(st.characters(), max_size=60)  # surrogates and controls included
nasty_text = st.lists(
    st.sampled_from([each.text for each in HOSTILE if len(each.text) < 600]) | st.text(max_size=5),
    max_size=4,
).map("".join)


def forbidden_in(s: str, allowed: str = "") -> list[str]:
    """The characters that may not be shown, found by Unicode's own categories."""
    return [
        c
        for c in s
        if c not in allowed
        and (
            unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")
            or (unicodedata.category(c) == "Cf" and c not in SEEN_FORMATS)
            or 0xE0000 <= ord(c) <= 0xE00FF
        )
    ]


def longest_run_of_marks(s: str) -> int:
    longest = run = 0
    for c in s:
        run = run + 1 if unicodedata.category(c)[0] == "M" or c in "\u200c\u200d" else 0
        longest = max(longest, run)
    return longest


def test_every_code_point_is_shown_safely() -> None:
    for start in range(0, 0x110000, 64):
        shown = clean("".join(map(chr, range(start, start + 64))))
        assert not forbidden_in(shown), hex(start)


@pytest.mark.parametrize("each", HOSTILE, ids=lambda each: each.name)
def test_hostile_text_is_shown_without_raw_bytes(each: Hostile) -> None:
    for keep in (False, True):
        shown = clean(each.text, keep_newlines=keep)
        assert not forbidden_in(shown, "\n\t" if keep else "")
        assert longest_run_of_marks(shown) <= MAX_MARKS
        assert len(shown) <= 2000
        assert not raw_signatures_in(shown.encode())


@pytest.mark.parametrize("each", ACCEPTED, ids=lambda each: each.name)
def test_what_a_field_accepts_is_shown_as_it_is(each: Hostile) -> None:
    assert clean(each.stored, limit=20_000) == each.stored


@given(any_text | nasty_text, st.integers(1, 80), st.booleans())
def test_clean_holds_for_any_text(s: str, limit: int, keep: bool) -> None:
    shown = clean(s, limit=limit, keep_newlines=keep)
    assert not forbidden_in(shown, "\n\t" if keep else "")
    assert longest_run_of_marks(shown) <= MAX_MARKS
    assert len(shown) <= limit
    assert clean(shown, limit=limit, keep_newlines=keep) == shown


def test_pictures_and_cuts() -> None:
    assert clean("a\x1b]52;c;x\x07b\u202ec\ud800\x9b\x7f\x00") == "a␛]52;c;x␇b�c��␡␀"
    assert clean("een\r\ntwee\tdrie\u2028vier\rvijf") == "een twee drie vier vijf"
    assert clean("een\r\ntwee\tdrie\u2028vier", keep_newlines=True) == "een\ntwee\tdrie\nvier"
    assert clean("abcdef", limit=6) == "abcdef"
    assert clean("abcdefg", limit=6) == "abcde…"
    assert clean("e" + "\u0301" * 500 + "x") == "e" + "\u0301" * 4 + "x"
    assert clean("👩‍👩‍👧‍👦 می‌خواهم ❤️") == "👩‍👩‍👧‍👦 می‌خواهم ❤️"
    assert clean("[red]%{x}") == "[red]%{x}"


@pytest.mark.parametrize("each", REFUSED, ids=lambda each: each.name)
def test_a_field_refuses_hostile_text(each: Hostile) -> None:
    with pytest.raises(TextProblem) as caught:
        check_text(each.text, max_length=20_000, required=True)
    assert caught.value.rule == each.refused_by
    assert caught.value.message == str(caught.value)
    assert caught.value.hint
    assert not forbidden_in(caught.value.message)


@pytest.mark.parametrize("each", HOSTILE, ids=lambda each: each.name)
def test_a_note_takes_lines_and_tabs_but_nothing_else(each: Hostile) -> None:
    if each.refused_by and each.refused_in_note:
        with pytest.raises(TextProblem) as caught:
            check_text(each.text, max_length=20_000, required=True, multiline=True)
        assert caught.value.rule == each.refused_by
    else:
        stored = check_text(each.text, max_length=20_000, required=True, multiline=True)
        assert stored == each.stored


@pytest.mark.parametrize("each", ACCEPTED, ids=lambda each: each.name)
def test_a_field_keeps_lawful_text(each: Hostile) -> None:
    assert check_text(each.text, max_length=20_000, required=True) == each.stored


def test_positions_count_from_one(english: None) -> None:
    with pytest.raises(TextProblem, match=r"U\+0000, at position 2"):
        check_text("a\x00b", max_length=10)
    with pytest.raises(TextProblem, match=r"U\+200B, at position 6"):
        check_text("  Jan\u200bssens", max_length=20)


def test_nothing_is_lawful_unless_required() -> None:
    assert check_text(" \u00a0 ", max_length=10) == ""
    with pytest.raises(TextProblem) as caught:
        check_text(" \u00a0 ", max_length=10, required=True)
    assert caught.value.rule == "text.empty"


def test_length_is_counted_after_composing(english: None) -> None:
    assert check_text("e\u0301" * 10, max_length=10) == "é" * 10
    with pytest.raises(TextProblem, match="11 characters; at most 10"):
        check_text("é" * 11, max_length=10)
    with pytest.raises(TextProblem, match="5000 characters"):
        check_text("\x00" * 5000, max_length=10)


@given(any_text | nasty_text, st.integers(0, 80), st.booleans(), st.booleans())
def test_check_text_raises_only_its_own_and_settles_at_once(
    s: str, most: int, required: bool, multiline: bool
) -> None:
    try:
        stored = check_text(s, max_length=most, required=required, multiline=multiline)
    except TextProblem:
        return
    assert len(stored) <= most
    assert check_text(stored, max_length=most, required=required, multiline=multiline) == stored
    assert clean(stored, limit=most + 1, keep_newlines=True) == stored
    assert "\x00" not in stored
    stored.encode()


@pytest.mark.parametrize("each", HOSTILE, ids=lambda each: each.name)
def test_formulas_and_nothing_else_get_an_apostrophe(each: Hostile) -> None:
    assert (neutralise_formula(each.text) == "'" + each.text) is each.formula


@pytest.mark.parametrize("start", [*"=+-@|\t\r\n＝＋－＠｜", "  =", "\ufeff\u00a0=", "\u200b@"])
def test_every_start_of_a_formula_is_known(start: str) -> None:
    assert neutralise_formula(start + "1") == "'" + start + "1"


@given(any_text | nasty_text | st.sampled_from(FORMULAS).map(lambda each: "'" + each.text))
def test_neutralising_can_be_undone(s: str) -> None:
    assert restore_formula(neutralise_formula(s)) == s


@pytest.mark.parametrize(
    ("s", "folded"),
    [
        ("Coördinatie", "coordinatie"),
        ("FAÇADE  Œuvre", "facade oeuvre"),
        ("cafe\u0301", "cafe"),
        ("’s Avonds", "'s avonds"),
        ("ruimte–voor", "ruimte-voor"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("  OD2.3 ", "od2.3"),
    ],
)
def test_fold(s: str, folded: str) -> None:
    assert fold(s) == folded


@given(any_text)
def test_fold_settles_and_ignores_case_and_spaces(s: str) -> None:
    assert fold(fold(s)) == fold(s)
    assert fold(f"  {s} ") == fold(s)


def test_nearest() -> None:
    names = ["Vormingplus Gent", "Vormingplus Limburg", "Davidsfonds", "Markant", "Één Vlaanderen"]
    assert nearest("vormingplus", names) == ["Vormingplus Gent", "Vormingplus Limburg"]
    assert nearest("davidsfnods", names) == ["Davidsfonds"]
    assert nearest("limburg", names) == ["Vormingplus Limburg"]
    assert nearest("EEN VLAANDREN", names) == ["Één Vlaanderen"]
    assert nearest("xyz", names) == []
    assert nearest("", names) == []
    assert nearest("OD1.9", ["OD1.1", "OD1.2", "OD1.3", "OD1.4", "SD2"], n=2) != []
    assert len(nearest("OD1.9", ["OD1.1", "OD1.2", "OD1.3", "OD1.4", "SD2"], n=2)) == 2


@given(any_text, st.lists(any_text, max_size=5), st.integers(1, 4))
def test_nearest_gives_candidates_only(word: str, candidates: list[str], n: int) -> None:
    found = nearest(word, candidates, n)
    assert len(found) <= n
    assert set(found) <= set(candidates)
