"""The commands of every list and of the tree."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_LIST = N_("In a list")
_TEXT = N_("In a text")
_TREE = N_("In the tree")

LIST = (
    Command("list.down", "down,j", "move(1)", N_("down"), N_("One line down."), _LIST,
            palette=False),
    Command("list.up", "up,k", "move(-1)", N_("up"), N_("One line up."), _LIST, palette=False),
    Command("list.page_down", "pagedown", "page(1)", N_("page down"), N_("One page down."), _LIST,
            palette=False),
    Command("list.page_up", "pageup", "page(-1)", N_("page up"), N_("One page up."), _LIST,
            palette=False),
    Command("list.first", "home", "first", N_("first"), N_("To the first line."), _LIST,
            palette=False),
    Command("list.last", "end", "last", N_("last"), N_("To the last line."), _LIST, palette=False),
    Command("list.open", "enter", "open", N_("open"), N_("Open the chosen line."), _LIST,
            palette=False),
)  # fmt: skip

READING = (
    Command("text.down", "down,j", "scroll_down", N_("down"), N_("Scroll down."), _TEXT,
            palette=False),
    Command("text.up", "up,k", "scroll_up", N_("up"), N_("Scroll up."), _TEXT, palette=False),
    Command("text.page_down", "pagedown,space", "page_down", N_("page down"),
            N_("Scroll one page down."), _TEXT, palette=False),
    Command("text.page_up", "pageup", "page_up", N_("page up"), N_("Scroll one page up."), _TEXT,
            palette=False),
    Command("text.first", "home", "scroll_home", N_("first"), N_("To the beginning."), _TEXT,
            palette=False),
    Command("text.last", "end", "scroll_end", N_("last"), N_("To the end."), _TEXT,
            palette=False),
)  # fmt: skip

TREE = (
    Command("tree.expand", "right,l", "expand", N_("unfold"),
            N_("Show what is below; again: to the first of them."), _TREE, palette=False),
    Command("tree.collapse", "left,h", "collapse", N_("fold"),
            N_("Hide what is below; again: to what is above."), _TREE, palette=False),
    Command("tree.toggle", "space", "fold", N_("fold or unfold"),
            N_("Show or hide what is below."), _TREE, palette=False),
    Command("tree.expand_all", "plus", "expand_all", N_("unfold everything"),
            N_("Show every line of the tree."), _TREE),
    Command("tree.collapse_all", "minus", "collapse_all", N_("fold everything"),
            N_("Show only the strategic goals and basic tasks."), _TREE),
)  # fmt: skip
