"""The base of all use cases: a checked description of what a person wants done."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import check_text
from socius_tui.errors import InvalidInput
from socius_tui.i18n import _
from socius_tui.store.unit_of_work import Transaction


def _line(limit: int) -> AfterValidator:
    return AfterValidator(lambda text: check_text(text, max_length=limit, required=True))


def _prose(limit: int) -> AfterValidator:
    return AfterValidator(
        lambda text: check_text(text, max_length=limit, required=False, multiline=True)
    )


Name = Annotated[str, _line(200)]
Title = Annotated[str, _line(500)]
Tag = Annotated[str, _line(80)]
Sentence = Annotated[str, _line(2000)]
Label = Annotated[str, AfterValidator(lambda t: check_text(t, max_length=120, required=False))]
Prose = Annotated[str, _prose(20_000)]


class UseCase(BaseModel):
    """What one use case needs, checked; `apply` carries it out in one transaction."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def of(cls, **fields: Any) -> Self:
        """Make it from fields. Raises InvalidInput that names the first wrong field."""
        try:
            return cls(**fields)
        except ValidationError as error:
            raise invalid_input(error) from error

    def apply(self, transaction: Transaction) -> str:
        """Write, and give the title of what was done."""
        raise NotImplementedError


def invalid_input(error: ValidationError) -> InvalidInput:
    """The first problem of a pydantic error as one of ours."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InputProblem):
        return InvalidInput(cause.message, field=field, hint=cause.hint)
    if first["type"] == "missing":
        return InvalidInput(_("{field} is missing.").format(field=field), field=field)
    return InvalidInput(
        _("{field} is not right: {reason}.").format(field=field, reason=first["msg"]), field=field
    )
