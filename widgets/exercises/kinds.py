"""All kinds of fields that an exercise may have."""

from collections.abc import Iterable
from typing import Annotated, TypeVar

from pydantic import Discriminator

from .date_fields import DateField, DatetimeField
from .fields import SKIPPED, BaseField, ChecksField, ChoiceField, TextField
from .list_fields import LinesField, MultiField, PickField, Top3Field
from .number_fields import NumberField, ScaleField, SliderField
from .pairs import PairField

Asked = (
    TextField
    | LinesField
    | ChoiceField
    | ChecksField
    | MultiField
    | Top3Field
    | PickField
    | ScaleField
    | SliderField
    | NumberField
    | DateField
    | DatetimeField
)
Field = Asked | PairField  # a pair follows from two answers, nobody fills it in
AnyField = Annotated[Asked, Discriminator("kind")]
F = TypeVar("F", bound=BaseField)


def by_key(fields: Iterable[F]) -> dict[str, F]:
    """The fields by their keys; raises ValueError when two share one."""
    found: dict[str, F] = {}
    for field in fields:
        if field.key in found or field.key == SKIPPED:
            raise ValueError(f"the field key {field.key!r} is taken")
        found[field.key] = field
    return found
