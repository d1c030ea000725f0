"""What the files of ``content/`` may say: every key, what is required, nothing unknown."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from cenotaph.errors import InputError

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]{4})?$")]
Texts = Annotated[dict[Language, Words], Field(min_length=1)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$")]
Count = Annotated[int, Field(ge=0)]


def _day(value: object) -> object:
    """Take a date that TOML read as a date for what was written; a year alone is a number."""
    return value if isinstance(value, str | bool) else str(value)


Day = Annotated[Words, BeforeValidator(_day)]


class Form(BaseModel):
    """A table of a file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


F = TypeVar("F", bound=Form)


class SourceForm(Form):
    """A source: in ``sources.toml`` under its key, or written out where it is cited."""

    title: Words
    by: str = ""
    date: Annotated[str, BeforeValidator(_day)] = ""
    url: Address | Literal[""] = ""
    place: str = ""


Sources = Annotated[tuple[Words | SourceForm, ...], Field(min_length=1, strict=False)]


class PictureForm(Form):
    """``[[pictures]]``."""

    file: Words
    alt: Words
    credit: Words
    consent: Words
    caption: str = ""


class AttendanceForm(Form):
    """``[attendance]``: a number, or a lowest and a highest, and the method in the language of the file."""

    low: Count
    high: Count | None = None
    method: Words


class DocumentForm(Form):
    """Front matter of an article."""

    title: Words
    audience: Literal["public", "internal"] = "internal"
    date: Day | None = None
    calendar: str | None = None
    language: Language | None = None
    summary: str = ""
    place: str = ""
    organiser: str = ""
    translated_from: Language | None = None
    translator: str = ""
    sources: Sources
    traced: bool = False  # every sentence must lead to a passage of a captured text
    pictures: Annotated[tuple[dict[str, object], ...], Field(strict=False)] = ()  # one bad picture harms only itself


class EventForm(DocumentForm):
    """Front matter of an event; a source may not say when it was."""

    place: Words
    organiser: Words
    begins: Clock | Literal[""] = ""
    ends: Clock | Literal[""] = ""
    attendance: dict[str, object] | None = None


class StatementForm(DocumentForm):
    """Front matter of a statement of support."""

    date: Day
    author: Words
    capacity: Words
    consent: Words


class EntryForm(Form):
    """``[[entry]]`` of ``timeline.toml``."""

    date: Day
    calendar: str | None = None
    text: Texts
    sources: Sources


class FigureForm(Form):
    """``[[figure]]`` of ``figures.toml``."""

    low: Count | None = None
    high: Count | None = None
    by: Texts
    scope: Texts
    stated: Day | None = None
    calendar: str | None = None
    sources: Sources


class SiteForm(Form):
    """``[[site]]`` of ``sites.toml``; name and coordinates may come from the site table by ``id``."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    kind: Words
    name: Texts
    region: Texts | None = None
    text: Texts
    sources: Sources


class BookForm(Form):
    """``[[book]]`` of ``books.toml``."""

    title: Words
    author: str = ""
    language: Language
    year: int | None = None
    price: str = ""
    free: bool = False
    stock: Count | None = None
    note: Texts | None = None


def fill(form: type[F], table: object, where: str = "") -> F:
    """Return a form filled from a table.

    Raises
    ------
    InputError
        A key is missing, unknown or wrong; the message names all of them.
    """
    try:
        return form.model_validate(table)
    except ValidationError as error:
        said = "; ".join(_explain(each["loc"], each["type"], each["msg"]) for each in error.errors())
        raise InputError(f"{where}: {said}" if where else said) from None


def _explain(loc: tuple[int | str, ...], kind: str, message: str) -> str:
    key = ".".join(
        str(part) for part in loc if not re.match(r"(constrained-)?str|literal|SourceForm|function", str(part))
    )
    if kind == "missing":
        return f"`{key}` is missing"
    if kind == "extra_forbidden":
        return f"there is no key `{key}`; see the guide for those there are"
    return f"`{key}`: {message.replace('Input should', 'it should', 1)}"
