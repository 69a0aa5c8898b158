"""The one table of text that breaks programs, for every form, list, tree, notice and export.

`refused_by` is the rule with which a one-line field of at least 20,000 characters refuses it,
or None when it is taken and must then be stored and shown as it is (after `stored_as`).
`RAW_SIGNATURES` are bytes that may never be seen in the output of a terminal on which these
texts are shown: no part of the program writes them by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Hostile:
    """One text: what it is called in a test, the text, and what is to become of it."""

    name: str
    text: str
    refused_by: str | None = None
    refused_in_note: bool = True  # whether the rule also holds where more lines are allowed
    formula: bool = False  # a spreadsheet would run it
    stored_as: str | None = None  # where that differs from the text

    @property
    def stored(self) -> str:
        """What a field keeps of it."""
        return self.text if self.stored_as is None else self.stored_as


HOSTILE: Final = (
    # Markup of the terminal libraries: plain text for us.
    Hostile("bracket", "["),
    Hostile("closing bracket", "]"),
    Hostile("closing tag", "[/]"),
    Hostile("unknown closing tag", "[/foo]"),
    Hostile("colour tag", "[red]x[/red]"),
    Hostile("action link", "[@click=app.quit]x[/]"),
    Hostile("variable", "[$x]"),
    Hostile("theme variable", "[on $error]x[/]"),
    Hostile("link", "[link=javascript:alert(1)]klik[/link]"),
    Hostile("broken link", "[link="),
    Hostile("escaped bracket", "\\[bold]"),
    Hostile("backslash at the end", "a\\"),
    Hostile("emoji name", ":bomb:"),
    Hostile("list of tags", "[a][b][c][/c][/a]"),
    # Sequences that a terminal would carry out.
    Hostile("colour sequence", "\x1b[31mHOSTILE-SGR", "text.control"),
    Hostile("clear screen", "\x1b[2J\x1b[HHOSTILE-CLEAR", "text.control"),
    Hostile("alternate screen", "\x1b[?1049hHOSTILE-ALT", "text.control"),
    Hostile("window title", "\x1b]0;HOSTILE-TITLE\x07", "text.control"),
    Hostile("clipboard", "\x1b]52;c;SE9TVElMRQ==\x07", "text.control"),
    Hostile("clipboard, other end", "\x1b]52;c;SE9TVElMRQ==\x1b\\", "text.control"),
    Hostile("hyperlink", "\x1b]8;;http://hostile.invalid\x1b\\x\x1b]8;;\x1b\\", "text.control"),
    Hostile("device string", "\x1bPHOSTILE-DCS\x1b\\", "text.control"),
    Hostile("answer back", "a\x05b", "text.control"),
    Hostile("C1 sequence", "\x9b31mHOSTILE-C1", "text.control"),
    Hostile("C1 title", "\x9d0;HOSTILE-C1-TITLE\x9c", "text.control"),
    Hostile("next line (C1)", "a\x85b", "text.control"),
    Hostile("NUL", "a\x00b", "text.control"),
    Hostile("bell", "a\x07b", "text.control"),
    Hostile("backspaces", "goed\x08\x08\x08\x08kwaad", "text.control"),
    Hostile("form feed", "a\x0cb", "text.control"),
    Hostile("vertical tab", "a\x0bb", "text.control"),
    Hostile("delete", "a\x7fb", "text.control"),
    # Text that reads otherwise than it is.
    Hostile("right-to-left override", "abc\u202egnp.exe", "text.bidi"),
    Hostile("right-to-left isolate", "a\u2067b\u2069c", "text.bidi"),
    Hostile("right-to-left mark", "a\u200fb", "text.bidi"),
    Hostile("Arabic letter mark", "a\u061cb", "text.bidi"),
    Hostile("zero-width space", "Jan\u200bssens", "text.invisible"),
    Hostile("zero-width joiner in Latin", "Jan\u200dssens", "text.invisible"),
    Hostile("word joiner", "Jan\u2060ssens", "text.invisible"),
    Hostile("BOM inside", "Jan\ufeffssens", "text.invisible"),
    Hostile("tags", "x\U000e0041\U000e0042", "text.invisible"),
    Hostile("Hangul filler", "a\u3164b", "text.invisible"),
    Hostile("grapheme joiner", "a\u034fb", "text.invisible"),
    Hostile("interlinear annotation", "a\ufff9b", "text.invisible"),
    Hostile("high surrogate", "a\ud800b", "text.surrogate"),
    Hostile("low surrogate", "a\udcffb", "text.surrogate"),
    Hostile("500 combining marks", "e" + "\u0301" * 500, "text.combining"),
    Hostile("combining marks and joiners", "e" + "\u0301\u200d" * 50, "text.combining"),
    # Lines and spaces.
    Hostile("newline", "a\nb", "text.newline", refused_in_note=False),
    Hostile("CRLF", "a\r\nb", "text.newline", refused_in_note=False, stored_as="a\nb"),
    Hostile("carriage return", "goed\rkwaad", "text.newline", False, stored_as="goed\nkwaad"),
    Hostile("line separator", "a\u2028b", "text.newline", False, stored_as="a\nb"),
    Hostile("paragraph separator", "a\u2029b", "text.newline", False, stored_as="a\nb"),
    Hostile("tab inside", "a\tb", "text.control", refused_in_note=False),
    Hostile("log injection", "a\r\nERROR b", "text.newline", False, stored_as="a\nERROR b"),
    Hostile("empty", "", "text.empty"),
    Hostile("spaces", "   ", "text.empty", stored_as=""),
    Hostile("no-break spaces", "\u00a0\u00a0", "text.empty", stored_as=""),
    Hostile("zero-width only", "\u200b\ufeff", "text.empty", stored_as=""),
    Hostile("blank braille", "\u2800", "text.empty"),
    Hostile("spaces around", "  Socius \u00a0", stored_as="Socius"),
    # Lawful, but wide, long or of another script.
    Hostile("10,000 characters", "0123456789" * 1000),
    Hostile("10,000 characters with spaces", ("zin " * 2500).strip()),
    Hostile("20,001 characters", "x" * 20_001, "text.too_long"),
    Hostile("one long word", "Beleidsplanningsproces" * 40),
    Hostile("emoji", "👍🏽 🇧🇪 ❤️"),
    Hostile("emoji family", "👩‍👩‍👧‍👦"),
    Hostile("wide CJK", "社会文化的成人工作"),
    Hostile("Arabic", "مرحبا"),
    Hostile("Persian with ZWNJ", "می‌خواهم"),
    Hostile("accents", "Coördinatie, façade, reünie, œuvre"),
    Hostile("decomposed accent", "cafe\u0301", stored_as="café"),
    Hostile("soft hyphen", "beleids\u00adplan", stored_as="beleidsplan"),
    Hostile("double encoding", "GenÃ¨ve"),
    Hostile("private use", "\ue000"),
    # Formulas for a spreadsheet.
    Hostile("formula", "=1+1", formula=True),
    Hostile("formula with a link", '=HYPERLINK("http://hostile.invalid";"klik")', formula=True),
    Hostile("formula that runs a program", "=cmd|' /C calc'!A0", formula=True),
    Hostile("plus", "+1+1", formula=True),
    Hostile("telephone number", "+32 475 12 34 56", formula=True),
    Hostile("minus", "-1+1", formula=True),
    Hostile("at", "@SUM(A1:A2)", formula=True),
    Hostile("pipe", "|calc", formula=True),
    Hostile("full-width equals", "＝1+1", formula=True),
    Hostile("formula behind a no-break space", "\u00a0=1+1", formula=True, stored_as="=1+1"),
    Hostile("formula behind a BOM", "\ufeff=1+1", formula=True, stored_as="=1+1"),
    Hostile("formula behind an apostrophe", "'=1+1", formula=True),
    Hostile("apostrophe", "'s avonds"),
    # Words that mean something to SQL, to full-text search, to format strings or to a shell.
    Hostile("double quote", '"'),
    Hostile("single quote", "'"),
    Hostile("name with apostrophe", "O'Brien"),
    Hostile("percent", "%"),
    Hostile("underscore", "_"),
    Hostile("per cent s", "%s %(x)s %d"),
    Hostile("braces", "{0} {x} {"),
    Hostile("drop table", "'); DROP TABLE visit; --", formula=False),
    Hostile("C++", "C++"),
    Hostile("AND", "AND"),
    Hostile("NOT", "NOT x"),
    Hostile("NEAR", "NEAR("),
    Hostile("column filter", "name:x"),
    Hostile("star", "*"),
    Hostile("caret", "^a"),
    Hostile("hyphenated", "ruimte-voor"),
    Hostile("e-mail address", "a@b.be"),
    Hostile("open parenthesis", "("),
    Hostile("semicolon", "a;b;c"),
    Hostile("dollar", "$HOME `id` $(id)"),
    Hostile("option", "--help", formula=True),
    Hostile("markdown table", "a | b"),
    Hostile("markdown link", "[klik](javascript:alert(1))"),
    Hostile("html", "<script>alert(1)</script>"),
    Hostile("path", "../../etc/passwd"),
    Hostile("leading zeros", "0012"),
    Hostile("looks like a number", "1e5"),
    Hostile("looks like a date", "3/4"),
)

SHORT_HOSTILE: Final = tuple(each for each in HOSTILE if len(each.text) <= 600)
ACCEPTED: Final = tuple(each for each in HOSTILE if each.refused_by is None)
REFUSED: Final = tuple(each for each in HOSTILE if each.refused_by is not None)
FORMULAS: Final = tuple(each for each in HOSTILE if each.formula)

RAW_SIGNATURES: Final = (
    b"\x1b[31mHOSTILE",
    b"\x1b[HHOSTILE",
    b"\x1b[?1049hHOSTILE",
    b"\x1b]0;HOSTILE",
    b"\x1b]52;",
    b"\x1b]8;;http://hostile",
    b"\x1bPHOSTILE",
    b"\x05",
    b"\x00",
    b"a\x07",
    b"\x08\x08",
    b"a\x0b",
    b"a\x0c",
    b"goed\r",
    b"\x7f",
    "\x85".encode(),
    "\x9b".encode(),
    "\x9c".encode(),
    "\x9d".encode(),
    "\u061c".encode(),
    "\u200b".encode(),
    "\u200f".encode(),
    "\u2028".encode(),
    "\u2029".encode(),
    "\u202e".encode(),
    "\u2060".encode(),
    "\u2067".encode(),
    "\u2069".encode(),
    "\u3164".encode(),
    "\ufeff".encode(),
    "\ufff9".encode(),
    "\U000e0041".encode(),
    ("\u0301" * 5).encode(),
    b"\xed\xa0\x80",  # a lone surrogate, forced through UTF-8
    b"\xed\xb3\xbf",
)


def raw_signatures_in(output: bytes) -> list[bytes]:
    """Those that a captured terminal stream holds; a good test finds none."""
    return [signature for signature in RAW_SIGNATURES if signature in output]
