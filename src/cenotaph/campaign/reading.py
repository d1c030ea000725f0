"""Reading files: UTF-8 text, TOML, and Markdown whose first lines are TOML between ``+++``.

Invariant: what is wrong with a file is an ``InputError`` whose message says the line where it can.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph.campaign import forms
from cenotaph.campaign.content import Source
from cenotaph.errors import InputError
from cenotaph.values import PartialDate
from cenotaph.values import date as read_date

_FRONT = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LARGEST = 1_000_000  # bytes: a text of a group, not a book


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown file: its front matter and its body."""

    front: Mapping[str, Any]
    body: str


def text(path: Path) -> str:
    """Return the text of a file with plain line ends.

    Raises
    ------
    InputError
        It is too large or not UTF-8.
    """
    if path.stat().st_size > _LARGEST:
        raise InputError(f"larger than {_LARGEST // 1000} kB; a text this long is published as a source, not here")
    try:
        found = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start} is not UTF-8; save the file as UTF-8") from error
    return found.replace("\r\n", "\n")


def toml(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file."""
    return _toml(text(path))


def page(path: Path) -> Page:
    """Return front matter and body of a Markdown file."""
    found = _FRONT.match(said := text(path))
    if found is None:
        raise InputError("it does not begin with a line +++, its keys, and a second line +++; see the guide")
    body = said[found.end() :].strip()
    if not body:
        raise InputError("there is no text below the second +++")
    return Page(_toml(found.group(1)), body)


def _toml(said: str) -> dict[str, Any]:
    try:
        return tomllib.loads(said)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{error}; put texts in quotes, one key a line") from error


def date(written: str | None, calendar: str | None, language: str | None = None) -> PartialDate | None:
    """Return a date as the values room reads it.

    Raises
    ------
    InputError
        It cannot be read, or has two readings: a group knows its own dates.
    """
    if written is None:
        return None
    found = read_date(written, calendar, language)
    if found.earliest is None and found.latest is None:
        raise InputError(f"`date` {written!r} cannot be read; write 1988-07-28, 1988-07, 1988, or مرداد ۱۳۶۷")
    if "ambiguous" in found.flags:
        raise InputError(f"`date` {written!r} can be read in two ways; write year-month-day")
    return found


def sources(cited: tuple[str | forms.SourceForm, ...], known: Mapping[str, Source]) -> tuple[Source, ...]:
    """Return the sources that a file cites, by key of ``sources.toml`` (``key, p. 12``) or written out.

    Raises
    ------
    InputError
        A key is not in ``sources.toml``.
    """
    return tuple(_source(each, known) for each in cited)


def _source(cited: str | forms.SourceForm, known: Mapping[str, Source]) -> Source:
    if isinstance(cited, forms.SourceForm):
        return Source(key="", **cited.model_dump())
    key, _, place = (part.strip() for part in cited.partition(","))
    if key not in known:
        raise InputError(f"`sources`: there is no source `{key}` in sources.toml")
    found = known[key]
    return Source(key=key, title=found.title, by=found.by, date=found.date, url=found.url, place=place or found.place)
