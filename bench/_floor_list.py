"""The least that Textual can do with a list: its own, with as many rows as the plan has lines."""

from textual.app import App, ComposeResult
from textual.widgets import OptionList


class Bare(App[None]):
    """One list."""

    def compose(self) -> ComposeResult:
        """The list, with the focus."""
        yield OptionList(*(f"row {number}" for number in range(1, 76)))


if __name__ == "__main__":
    Bare().run()
