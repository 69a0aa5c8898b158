"""What a check of the file found, in words."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Damage: the file is not as it was written. Data: what was written does not agree."""

    DAMAGE = "damage"
    DATA = "data"


class Finding(NamedTuple):
    """One thing that is wrong: `code` is stable, `kind` and `row_id` say in which row.

    `sentence` says what is wrong and `advice` what to do, in the interface language.
    """

    code: str
    severity: Severity
    kind: str
    row_id: str
    sentence: str
    advice: str


class CheckReport(NamedTuple):
    """What a check found, and how much it looked at.

    `in_full` is False for a file of an earlier version, of which only the pages are checked.
    """

    findings: tuple[Finding, ...]
    rows: int
    changes: int
    in_full: bool = True

    @property
    def damaged(self) -> bool:
        """Whether the file itself is not whole."""
        return any(finding.severity is Severity.DAMAGE for finding in self.findings)
