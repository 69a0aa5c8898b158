"""The commands of the screen and of the focused widget, for the command palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.command import DiscoveryHit, Hit, Hits, Provider

from socius_tui.i18n import _
from socius_tui.ui.commands.active import Hint, hints_of


class CommandProvider(Provider):
    """Finds commands by what they do; only those that work now."""

    async def discover(self) -> Hits:
        """All of them, when nothing is typed yet."""
        for hint in self._offered():
            yield DiscoveryHit(_sentence(hint), self._runner(hint), help=" ".join(hint.keys))

    async def search(self, query: str) -> Hits:
        """Those that look like what is typed."""
        matcher = self.matcher(query)
        for hint in self._offered():
            sentence = _sentence(hint)
            score = max(matcher.match(sentence), matcher.match(_(hint.command.text)))
            if score > 0:
                keys = " ".join(hint.keys)
                yield Hit(score, matcher.highlight(sentence), self._runner(hint), sentence, keys)

    def _offered(self) -> Iterator[Hint]:
        return (hint for hint in hints_of(self.screen) if hint.command.palette)

    def _runner(self, hint: Hint) -> Callable[[], object]:
        async def run() -> None:
            await self.app.run_action(hint.command.action, default_namespace=hint.node)

        return run


def _sentence(hint: Hint) -> str:
    return _(hint.command.help).rstrip(".")
