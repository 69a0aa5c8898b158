"""Lists in JSON Lines."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from socius_tui.errors import BadFile
from socius_tui.services.exchange.tabular import jsonlines
from socius_tui.services.exchange.tabular.source import Rejection, SourceRow, open_source


def written(folder: Path, text: str) -> Path:
    path = folder / "list.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_values_are_exact_and_every_key_is_a_column(tmp_path: Path) -> None:
    path = written(
        tmp_path, '{"a": 1.10, "b": null}\n\n{"c": true, "a": "x"}\n{"a": 12345678901234567890}\n'
    )
    source = open_source(path)
    assert source.header == ("a", "b", "c")
    assert source.form == "jsonl"
    assert source.remarks == ("1 empty row is skipped.",)
    assert list(source.rows()) == [
        SourceRow(1, (Decimal("1.10"), None, None)),
        SourceRow(3, ("x", None, True)),
        SourceRow(4, (12345678901234567890, None, None)),
    ]


LINE = ' Write one whole object on each line, such as {"name": "An"}.'
REJECTED = {
    "not JSON": ('{"a": 1', f"list.jsonl, row 2: This line is not JSON.{LINE} [json.line]"),
    "list": (
        "[1]",
        f"list.jsonl, row 2: This line is no object with keys and values.{LINE} [json.object]",
    ),
    "NaN": (
        '{"a": NaN}',
        "list.jsonl, row 2: “NaN” is not a number. Write the number in full, or null. "
        "[number.finite]",
    ),
    "beyond": (
        '{"a": 1e99999999999999999999}',
        "list.jsonl, row 2: “1e99999999999999999999” is not a number. "
        "Write the number in full, or null. [number.finite]",
    ),
    "nested": (
        '{"a": [1]}',
        "list.jsonl, row 2, column A “a”: “[1]” A list or an object stands here; a cell holds one "
        "value. Give each value a key of its own. [json.nested]",
    ),
    "surrogate": (
        '{"a": "a\\ud800b"}',
        "list.jsonl, row 2, column A “a”: “a�b” This text holds half a character (U+D800, at "
        "position 2). The text was damaged on its way here; type it again. [text.surrogate]",
    ),
    "twice": (
        '{"a": 1, "a": 2}',
        "list.jsonl, row 2, column A “a”: The key “a” is there twice. "
        "Give one of them another name. [csv.header.duplicate]",
    ),
    "deep": ("[" * 100_000, f"list.jsonl, row 2: This line is not JSON.{LINE} [json.line]"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_a_line_is_rejected_with_its_whole_text_and_the_rest_goes_on(
    tmp_path: Path, name: str
) -> None:
    line, text = REJECTED[name]
    source = open_source(written(tmp_path, f'{{"a": 1}}\n{line}\n{{"a": 3}}\n'))
    first, rejected, last = source.rows()
    assert str(rejected) == text
    assert (first, last) == (SourceRow(1, (1,)), SourceRow(3, (3,)))


def test_a_key_that_comes_late_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "SAMPLE", 1)
    _first, late = open_source(written(tmp_path, '{"a": 1}\n{"b": 2}\n')).rows()
    assert isinstance(late, Rejection)
    assert late.rule == "json.key"


def test_a_file_without_any_object_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        open_source(written(tmp_path, "[1]\n"))
    assert caught.value.message == (
        "list.jsonl, row 1: This line is no object with keys and values. [json.object]"
    )
