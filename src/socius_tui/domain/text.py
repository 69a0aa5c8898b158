"""Text from people and files: made safe to show, checked when it comes in, compared.

Every string that is data passes `clean` before it reaches a screen, a terminal or an error
sentence: a widget or a terminal carries out an escape sequence even when markup is off. What
comes in passes `check_text` first, so that the file holds no such text to begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from socius_tui.domain.problem import InputProblem
from socius_tui.i18n import _

SHOWN_LIMIT: Final = 2000
MAX_MARKS: Final = 4  # combining marks in a row; more climb over neighbouring lines

_ELLIPSIS: Final = "…"
_REPLACEMENT: Final = "\ufffd"
# What no reader can see: soft hyphen, fillers, zero-width space, joiners of words, shorthand
# and music controls, tags. ZWJ and ZWNJ are not here: emoji and Persian are written with them.
_UNSEEN: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SURROGATES: Final = "\ud800-\udfff"
_CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_SPACES: Final = (
    " \t\r\n\x0b\x0c\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
_EDGES: Final = _SPACES + "\ufeff\u200b"
# A few letters and signs that decomposition leaves alone but that people type plainly.
_PLAIN: Final = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
        "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"',
        "‐": "-", "‑": "-", "–": "-", "—": "-",
    }
)  # fmt: skip

# Patterns stay text: `re` compiles each at its first use and keeps it, so start-up pays nothing.
_FORBIDDEN: Final = f"[{_CONTROLS}{_BIDI}{_UNSEEN}{_SURROGATES}]"
_LINE_END: Final = "\r\n?|[\u2028\u2029]"
# Letters and digits are \w and marks never are, so only such a run can hold too many marks.
_MARK_RUN: Final = rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1}}}"
# A joiner after a Latin letter, or at the start, joins nothing: it only hides a difference.
_STRAY_JOINER: Final = "(?:^|[\x00-\u024f])[\u200c\u200d]"
_FORMULA: Final = (
    "'*[ \u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff\u00ad]*"
    "[=+\\-@|\t\r\n＝＋－＠｜﹦﹢﹣﹫]"
)


class TextProblem(InputProblem):
    """Text that a field cannot take; `rule` is one of the `text.…` names."""


def clean(s: str, *, limit: int = SHOWN_LIMIT, keep_newlines: bool = False) -> str:
    """Any text, safe to show: nothing in the result steers a terminal or reorders a line.

    Controls become their pictures (ESC is ␛), other dangerous or unseen characters become �,
    more than four combining marks in a row are dropped. A line end or tab becomes a space,
    unless `keep_newlines`. The result has at most `limit` (>= 1) characters, the last being an
    ellipsis when text was cut. Cleaning twice changes nothing more. Never raises.
    """
    if len(s) <= limit and s.isprintable() and len(s.encode("latin-1", "ignore")) == len(s):
        return s  # nearly every name and title
    s = re.sub(_LINE_END, "\n", s)
    if not keep_newlines:
        s = s.replace("\n", " ").replace("\t", " ")
    if len(s) > limit:
        s = s[: limit - 1] + _ELLIPSIS
    s = re.sub(_FORBIDDEN, _picture, s)
    return _cap_marks(s) if re.search(_MARK_RUN, s) else s


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else _REPLACEMENT


def _is_mark(character: str) -> bool:
    """Whether it is drawn on, or joined to, the character before it."""
    import unicodedata

    return character in "\u200c\u200d" or unicodedata.category(character)[0] == "M"


def _cap_marks(s: str) -> str:
    kept: list[str] = []
    run = 0
    for character in s:
        run = run + 1 if character > "\u02ff" and _is_mark(character) else 0
        if run <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def check_text(s: str, *, max_length: int, required: bool = False, multiline: bool = False) -> str:
    """Text for the file, in one spelling: NFC, line ends LF, no space around, no soft hyphens.

    At most `max_length` characters, counted as SQLite counts them. With `multiline`, line ends
    and tabs are allowed. Raises `TextProblem`, with the position counted from 1, for controls
    (`text.control`), line ends in a one-line field (`text.newline`), direction controls
    (`text.bidi`), unseen characters inside (`text.invisible`), halves of characters
    (`text.surrogate`), more than four combining marks in a row (`text.combining`), too much
    (`text.too_long`) or, when required, nothing (`text.empty`).
    """
    if s and len(s) <= max_length and s.isascii() and s.isprintable() and s.strip() == s:
        return s  # nearly every cell and field
    if len(s) > 4 * max_length + 1000:  # composing never shortens by more; spares the scan
        raise _too_long(len(s), max_length)
    start = len(s) - len(s.lstrip(_EDGES))
    body = s.strip(_EDGES)
    for match in re.finditer(_FORBIDDEN, body):
        if match[0] != "\u00ad":  # a soft hyphen comes with text pasted from a PDF
            raise _forbidden_character(match[0], start + match.start() + 1)
    joiner = re.search(_STRAY_JOINER, body)
    if joiner:
        raise _invisible(body[joiner.end() - 1], start + joiner.end())
    body = re.sub(_LINE_END, "\n", body).replace("\u00ad", "")
    if not multiline:
        _refuse_line_marks(body)
    if re.search(_MARK_RUN, body) and _cap_marks(body) != body:
        raise TextProblem(
            "text.combining",
            _("This text stacks more than {n} accents on one letter.").format(n=MAX_MARKS),
            _("Type the letter again with one accent."),
        )
    if not body.isascii():
        import unicodedata

        body = unicodedata.normalize("NFC", body)
    if required and not body.strip(_SPACES + "\u2800\u200c\u200d\ufe0e\ufe0f"):
        raise TextProblem("text.empty", _("This must not be empty."), _("Type something here."))
    if len(body) > max_length:
        raise _too_long(len(body), max_length)
    return body


def _refuse_line_marks(body: str) -> None:
    if "\n" in body:
        raise TextProblem(
            "text.newline",
            _("This text has more than one line, and there is room for one."),
            _("Put it on one line."),
        )
    if "\t" in body:
        raise TextProblem(
            "text.control",
            _("This text holds a tab, at position {position}.").format(
                position=body.index("\t") + 1
            ),
            _("Use a space instead."),
        )


def _too_long(length: int, max_length: int) -> TextProblem:
    return TextProblem(
        "text.too_long",
        _("This text has {length} characters; at most {most} fit.").format(
            length=length, most=max_length
        ),
        _("Make it shorter."),
    )


def _invisible(character: str, position: int) -> TextProblem:
    return TextProblem(
        "text.invisible",
        _("This text holds a character that nobody can see ({code}, at position {position}).")
        .format(code=f"U+{ord(character):04X}", position=position),
        _("Type the text again instead of pasting it."),
    )  # fmt: skip


def _forbidden_character(character: str, position: int) -> TextProblem:
    code = f"U+{ord(character):04X}"
    if re.match(f"[{_CONTROLS}]", character):
        return TextProblem(
            "text.control",
            _("This text holds a control character ({code}, at position {position}).").format(
                code=code, position=position
            ),
            _("Type the text again instead of pasting it."),
        )
    if re.match(f"[{_BIDI}]", character):
        return TextProblem(
            "text.bidi",
            _("This text holds a character that turns the reading direction "
              "({code}, at position {position}).").format(code=code, position=position),
            _("Type the text again instead of pasting it."),
        )  # fmt: skip
    if re.match(f"[{_SURROGATES}]", character):
        return TextProblem(
            "text.surrogate",
            _("This text holds half a character ({code}, at position {position}).").format(
                code=code, position=position
            ),
            _("The text was damaged on its way here; type it again."),
        )
    return _invisible(character, position)


def neutralise_formula(s: str) -> str:
    """A text cell that no spreadsheet takes for a formula: it gets an apostrophe in front.

    For text only; a number such as -12,5 never passes here. What already looks neutralised
    gets one more apostrophe, so that `restore_formula` always gives back the original.
    """
    if not s or s[0].isalnum():
        return s  # nearly every cell
    return "'" + s if re.match(_FORMULA, s) else s


def restore_formula(s: str) -> str:
    """The text that `neutralise_formula` was given."""
    return s[1:] if s.startswith("'") and re.match(_FORMULA, s) else s


def fold(s: str) -> str:
    """A key for comparing what people type: no case, no accents, single spaces."""
    if s.isascii():
        return " ".join(s.lower().split())
    import unicodedata

    if re.search(_MARK_RUN, s):  # decomposing a long run of marks takes quadratic time
        s = _cap_marks(s)
    for _round in range(2):  # folding case can make new marks, as in "İ"
        letters = unicodedata.normalize("NFKD", s.casefold().translate(_PLAIN))
        s = "".join(c for c in letters if c < "\u0300" or not _is_mark(c))
    return " ".join(s.split())


def nearest(word: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """At most `n` candidates that look like `word`, best first; accents and case ignored."""
    import difflib

    key = fold(word[:200])
    if not key:
        return []
    by_key: dict[str, str] = {}
    for candidate in candidates:
        by_key.setdefault(fold(candidate), candidate)
    starting = sorted(k for k in by_key if k.startswith(key))
    similar = difflib.get_close_matches(key, by_key, n=n, cutoff=0.6)
    holding = sorted(k for k in by_key if len(key) >= 3 and key in k)
    keys = list(dict.fromkeys([*starting[:n], *similar, *holding]))
    return [by_key[k] for k in keys[:n]]
