"""Files in which people write down marked passages: a sheet (CSV, XLSX), a row a passage, or TOML, a table a passage.

Invariant: a column that is neither one of ours nor a property is an error, never left out in silence. Cells are text as
written; only page, start and end are numbers, in digits of any script.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cenotaph.errors import InputError, NotFound
from cenotaph.messages import Message
from cenotaph.sources import read_table
from cenotaph.sources.narrative import KINDS, Mark
from cenotaph.sources.readers import Hints, media
from cenotaph.values import properties
from cenotaph.values.folding import fold

COLUMNS: Mapping[str, tuple[str, ...]] = {  # ours, and what a sheet in Persian calls them
    "source": ("منبع", "narrative", "text"),
    "record": ("شناسه", "رکورد", "key"),
    "kind": ("نوع", "گونه"),
    "page": ("صفحه",),
    "start": ("آغاز", "از"),
    "end": ("پایان", "تا"),
    "quote": ("متن", "نقل", "passage"),
    "digest": ("sha256",),
    "reason": ("دلیل", "چرا"),
    "author": ("نویسنده", "کد"),
    "withdraw": ("پس گرفتن", "حذف"),
}
KIND_WORDS = {"شخص": "person", "رویداد": "event", "اظهار": "statement", "گفته": "statement"}
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_NUMBERS = ("page", "start", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One passage as a person wrote it down; ``where`` names its place in the file."""

    where: str
    source: str
    record: str
    kind: str
    mark: Mark
    reason: str
    author: str
    withdraw: bool = False
    claims: Mapping[str, str | tuple[int, int]] = field(default_factory=dict)  # words, or their place in the text


def read_rows(path: Path, *, source: str = "") -> list[Row]:
    """Read a file of marked passages.

    Parameters
    ----------
    path
        A ``.csv``, ``.xlsx`` or ``.toml`` file.
    source
        The narrative of rows that name none.

    Raises
    ------
    NotFound
        There is no such file.
    InputError
        It has a column that means nothing, or a cell that cannot be followed; the message names row and column.
    """
    if not path.is_file():
        raise NotFound(Message("{file}: there is no such file; name the file of passages", file=path))
    if path.suffix.lower() == ".toml":
        return list(_from_toml(path, source))
    return list(_from_sheet(path, source))


def _from_toml(path: Path, source: str) -> Iterator[Row]:
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Message("{file}: {error}; correct that line", file=path.name, error=str(error))) from error
    found = data.get("passage")
    if set(data) != {"passage"} or not isinstance(found, list):
        raise InputError(Message("{file}: it takes [[passage]] tables and nothing else", file=path.name))
    for number, table in enumerate(found, 1):
        where = Message("{file}, passage {n}", file=path.name, n=str(number))
        said = {key: str(value) for key, value in table.items() if key != "claims"}
        wrong = sorted(set(said) - set(COLUMNS))
        if wrong:
            raise InputError(_unknown(where, wrong[0]))
        claims = {key: _placed(where, key, value) for key, value in _flat(table.get("claims", {}))}
        yield _row(where, {**said, "withdraw": "1" if table.get("withdraw") else ""}, claims, source)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield ``death.date`` for a table ``death`` with a key ``date``: TOML reads a dot as one."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def _placed(where: str, key: str, value: object) -> str | tuple[int, int]:
    """Return the words of a claim, or where they stand in the text: ``[120, 134]``."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value):
        return int(value[0]), int(value[1])
    raise InputError(
        Message("{where}, {key}: write the words in quotes, or where they start and end: [120, 134]", where=where,
                key=f"`{key}`")
    )  # fmt: skip


def _from_sheet(path: Path, source: str) -> Iterator[Row]:
    data = path.read_bytes()
    kind = media.media_type(data[: media.HEAD], path.name)
    media.require_list(kind, path.name)
    raw = read_table(data, path.name, kind, Hints(columns=tuple(COLUMNS)))
    keys = {column: _column(path.name, column) for column in raw.columns}
    if "record" not in keys.values():
        raise InputError(
            Message("{file}: no column is called {name}; the guide shows the columns", file=path.name, name="`record`")
        )
    rows = raw.cells.to_pylist()
    for number, cells in zip(raw.rows.to_pylist(), rows, strict=True):
        said = {keys[column]: (text or "").strip() for column, text in cells.items()}
        if any(said.values()):
            claims = {key: text for key, text in said.items() if key not in COLUMNS and text}
            yield _row(Message("{file}, row {n}", file=path.name, n=str(number)), said, claims, source)


def _column(file: str, header: str) -> str:
    """Return our name for a column: one of ours, or a property by its name or by its label in any language."""
    plain = fold(header)
    for name, others in COLUMNS.items():
        if plain in {fold(name), *map(fold, others)}:
            return name
    if properties.is_known(header):
        return header
    for each in properties.PROPERTIES.values():
        if plain in map(fold, each.labels.values()):
            return each.name
    raise InputError(_unknown(Message("{file}, header", file=file), header))


def _unknown(where: str, name: str) -> Message:
    near = difflib.get_close_matches(name.casefold(), [*COLUMNS, *properties.PROPERTIES], n=1)
    hint = Message("did you mean {name}?", name=f"`{near[0]}`") if near else Message("see the guide for the columns")
    return Message("{where}: {name} is no column of passages and no property; {hint}", where=where, name=f"`{name}`",
                   hint=hint)  # fmt: skip


def _row(where: str, said: Mapping[str, str], claims: Mapping[str, str | tuple[int, int]], source: str) -> Row:
    for key in claims:
        if not properties.is_known(key):
            raise InputError(_unknown(where, key))
    numbers = {name: _number(where, name, said.get(name, "")) for name in _NUMBERS}
    if not said.get("record"):
        raise InputError(
            Message("{where}: no record; give the person, event or statement a key, such as p1", where=where)
        )
    kind = said.get("kind") or "person"
    return Row(
        where=where,
        source=said.get("source") or source,
        record=said["record"],
        kind=_kind(where, kind),
        mark=Mark(quote=said.get("quote", ""), digest=said.get("digest", "").lower(), **numbers),
        reason=said.get("reason", ""),
        author=said.get("author", ""),
        withdraw=bool(said.get("withdraw")),
        claims=claims,
    )


def _number(where: str, name: str, text: str) -> int | None:
    plain = text.translate(_DIGITS).replace(",", "")
    if not plain:
        return None
    if not plain.isdecimal():
        raise InputError(Message("{where}, {name}: this is no number", where=where, name=f"`{name}`"))
    return int(plain)


def _kind(where: str, text: str) -> str:
    kind = KIND_WORDS.get(text, text.casefold())
    if kind not in KINDS:
        raise InputError(
            Message(
                "{where}: {kind} is no kind of record; write {kinds}", where=where, kind=repr(text), kinds=list(KINDS)
            )
        )
    return kind
