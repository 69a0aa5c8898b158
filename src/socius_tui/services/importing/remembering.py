"""Keeps how a list is read, by name: the next one of the same kind needs no questions."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from socius_tui.domain.text import check_text
from socius_tui.domain.titles import said
from socius_tui.services.importing.preparing import Listed
from socius_tui.services.operation import UseCase
from socius_tui.store.ids import natural_id
from socius_tui.store.mappings import mapping
from socius_tui.store.unit_of_work import Transaction

MappingName = Annotated[
    str, AfterValidator(lambda text: check_text(text, max_length=120, required=True))
]


class KeepMapping(UseCase):
    """Keep which header is which field, in place of what was kept under this name."""

    kind: str
    name: MappingName
    decimals: str | None = None
    days: str | None = None
    columns: tuple[tuple[str, str], ...]

    def apply(self, transaction: Transaction) -> str:
        """Write the mapping and its columns."""
        old = mapping(transaction.connection, self.kind, self.name)
        mapping_id = transaction.insert_natural(
            "import_mapping",
            (self.kind, old.name if old else self.name),
            {
                "kind": self.kind,
                "name": old.name if old else self.name,
                "decimals": self.decimals,
                "days": self.days,
            },
        )
        wanted = dict(self.columns)
        for header in old.columns if old else ():
            if header not in wanted:
                transaction.retire("import_column", natural_id("import_column", mapping_id, header))
        for header, field in wanted.items():
            if old is None or old.columns.get(header) != field:
                transaction.insert_natural(
                    "import_column",
                    (mapping_id, header),
                    {"mapping_id": mapping_id, "header": header, "field": field},
                )
        return said("How “{name}” is read was kept", name=self.name)


def mapping_of(listed: Listed, name: str) -> KeepMapping:
    """The use case that keeps how this list was read."""
    columns = zip(listed.columns.header, listed.columns.fields, strict=True)
    hinted = listed.source.found
    return KeepMapping.of(
        kind=listed.kind,
        name=name,
        decimals=hinted.decimals,
        days=hinted.days,
        columns=tuple((header, field) for header, field in columns if header),
    )
