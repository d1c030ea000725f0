"""What one value of ``cenotaph.toml`` must be like; a check returns it or says what to write instead."""

from __future__ import annotations

import codecs

from cenotaph.config.period import read_period
from cenotaph.config.templates import is_well_formed
from cenotaph.errors import NotFound
from cenotaph.values import calendars, properties


def many(value: object) -> object:
    """Take a single text for a list of one."""
    return (value,) if isinstance(value, str) else value


def property(key: str) -> str:
    """Return a property that a column may be mapped to."""
    if not properties.is_known(key):
        try:
            properties.property_of(key)
        except NotFound as error:
            raise ValueError(str(error)) from error
        raise ValueError(f"property `{key}` cannot be mapped: unmapped columns become `other.` by themselves")
    return key


def period(text: str) -> str:
    """Return the text of a period that can be read."""
    read_period(text)
    return text


def calendar(text: str) -> str:
    """Return a calendar that is known."""
    found = calendars.calendar_id(text)
    if found is None:
        raise ValueError(f'"{text}" is no calendar; write one of {", ".join(calendars.IDS)}')
    return found


def encoding(text: str) -> str:
    """Return the name of an encoding."""
    try:
        return codecs.lookup(text).name
    except LookupError as error:
        raise ValueError(f'"{text}" is no encoding; write one such as utf-8, cp1256 or iso-8859-1') from error


def sheet(value: object) -> object:
    """Return the name or the number of a sheet."""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
        return value
    raise ValueError("write the name of a sheet, or its number counted from 1")


def expression(text: str) -> str:
    """Return the name of a column, or a template of columns."""
    if not is_well_formed(text):
        raise ValueError(f'"{text}" is no column and no template; write "column" or "{{column}}, {{other column}}"')
    return text
