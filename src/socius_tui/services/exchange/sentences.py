"""What a checked table says is wrong, as sentences that name the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import clean, nearest
from socius_tui.i18n import _

_SHOWN: Final = 60


def quoted(value: object) -> str:
    """Something from a file, short and safe to show."""
    return clean(str(value), limit=_SHOWN)


def at(*parts: str) -> str:
    """A place: its parts from the outside in."""
    return ", ".join(part for part in parts if part)


def problems_of(
    error: ValidationError, data: Mapping[str, Any], model: type[BaseModel]
) -> list[str]:
    """A sentence for each error, with its place: "indicator OD1.1-a, baseline: This must …".

    Unknown keys come first: a key typed wrong is also one that is missing.
    """
    told: list[str] = []
    errors = error.errors(include_url=False)
    for item in sorted(errors, key=lambda item: item["type"] != "extra_forbidden"):
        where: Sequence[int | str] = item["loc"]
        if item["type"] == "extra_forbidden":
            *where, key = where
            known = _keys(model, [part for part in where if isinstance(part, str)])
            sentence = _unknown_key(str(key), known)
        else:
            sentence = sentence_of(item)
        told.append(_with_place(_place(where, data), sentence))
    return told


def sentence_of(item: ErrorDetails) -> str:
    """The rule that one error of pydantic is about, as a sentence without its place."""
    context = item.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, InputProblem):
        return cause.message
    return _sentence(item["type"], item["loc"], item.get("input"), context)


def _with_place(place: str, sentence: str) -> str:
    return f"{place}: {sentence}" if place else sentence


def _place(where: Sequence[int | str], data: Any) -> str:
    """The tables and the key: an item of a list goes by its code, else by its number."""
    parts: list[str] = []
    for step in where:
        if isinstance(step, int):
            try:
                data = data[step]
            except (LookupError, TypeError):
                data = None
            code = data.get("code") if isinstance(data, dict) else None
            label = quoted(code) if isinstance(code, str) and code.strip() else str(step + 1)
            parts[-1:] = [f"{parts[-1]} {label}" if parts else label]
        else:
            data = data.get(step) if isinstance(data, dict) else None
            parts.append(quoted(step))
    return at(*parts)


def _unknown_key(key: str, known: Sequence[str]) -> str:
    shown = quoted(key)
    near = nearest(key, known, 1)
    if near:
        return _("The key “{key}” is not known here; did you mean “{near}”?").format(
            key=shown, near=near[0]
        )
    return _("The key “{key}” is not known here; known are: {keys}.").format(
        key=shown, keys=", ".join(known)
    )


def _keys(model: type[BaseModel], path: Sequence[str]) -> list[str]:
    """The keys of the table at a path of keys."""
    for step in path:
        for name, field in model.model_fields.items():
            if (field.alias or name) == step:
                inner = _model_in(field.annotation)
                if inner is not None:
                    model = inner
                break
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None


def _sentence(
    kind: str, where: Sequence[int | str], given: object, context: Mapping[str, Any]
) -> str:
    if kind == "missing":
        return _("This is missing.")
    if kind == "string_type":
        return _("This must be text, between quotes.")
    if kind in ("enum", "literal_error"):
        choices = str(context.get("expected", "")).replace(" or ", ", ")
        choices = choices.replace(", ''", "").replace("'", "")
        near = nearest(str(given), choices.split(", "), 1)
        if near:
            return _("“{given}” is none of {choices}; did you mean “{near}”?").format(
                given=quoted(given), choices=choices, near=near[0]
            )
        return _("“{given}” is none of {choices}.").format(given=quoted(given), choices=choices)
    if kind == "tuple_type":
        if len(where) == 1:
            return _("Write [[{table}]] with two brackets: there can be more of them.").format(
                table=where[0]
            )
        return _("This must be a list, between square brackets.")
    if kind in ("too_long", "too_short"):
        return _("This must have {n} parts.").format(
            n=context.get("max_length", context.get("min_length"))
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return _("This must be a table with keys and values.")
    return _("This cannot be read.")
