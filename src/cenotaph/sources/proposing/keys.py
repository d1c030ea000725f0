"""By what a list numbers its records: its own number, a number and a name, a name and a date, or nothing.

Invariant: what is proposed was tried on every row; a number that stands twice is never proposed alone in silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cenotaph.config import template_columns
from cenotaph.messages import Message
from cenotaph.sources.proposing.draft import Draft
from cenotaph.sources.proposing.people import Columns

_ID = re.compile(r"[\w.\-/]{1,24}")
_NEARLY = 0.5


def propose_key(draft: Draft, columns: Columns) -> None:
    """Propose the key, and ask whether the list repeats anybody."""
    named = [name for name, (meaning, profile) in columns.items()
             if meaning.says == "key" and meaning.is_sure and profile.filled > _NEARLY * profile.rows]  # fmt: skip
    unique = next((name for name in named if columns[name][1].is_unique), "")
    if unique:
        draft.propose("key", unique)
        draft.used.add(unique)
        draft.propose("unique", True, "held", Message("is every person on this list only once?"))  # noqa: FBT003
    else:
        _without_number(draft, columns, named)


def _without_number(draft: Draft, columns: Columns, named: Sequence[str]) -> None:
    if named:
        _doubt_number(draft, columns, named[0])
    elif free := _like_a_number(draft, columns):
        draft.propose("key", free, "doubtful", Message("each row has another value here: is it the list's own number?"))
        draft.doubt("key", Message("column {column} is taken for the number of a record", column=free), free)
        draft.used.add(free)
        return
    name = _column_of(draft, "name")
    tries = [f"{{{number}}}-{{{name}}}" for number in named[:1] if name]
    tries += [f"{{{name}}}, {{{date}}}" for date in [_any_date(draft)] if name and date]
    for text in tries:
        repeats = _repeats(draft, template_columns(text))
        if repeats <= 0.01 * draft.table.cells.num_rows:
            why = Message("no number is unique, so the key is put together; {n} rows still share theirs", n=repeats)
            draft.propose("key", text, "doubtful", why)
            draft.used.update(template_columns(text))
            return
    draft.propose("key", "{row}", "doubtful", Message("no column tells the rows apart: a row's number is its key"))
    draft.doubt("key", Message("the rows have no number of their own; they must stay in this order in every edition"))


def _doubt_number(draft: Draft, columns: Columns, name: str) -> None:
    profile = columns[name][1]
    repeats = sum(n for n in profile.counts.values() if n > 1)
    empty = profile.rows - profile.filled
    what = Message("column {column}: {n} rows share a number, {empty} have none", column=name, n=repeats,
                   empty=empty)  # fmt: skip
    draft.doubt("duplicate-numbers", what, name)
    draft.used.add(name)


def _like_a_number(draft: Draft, columns: Columns) -> str:
    """Return the first column without a meaning that is short and different in every row."""
    for name, (meaning, profile) in columns.items():
        free = name not in draft.used and not meaning.is_sure and not profile.is_yes_no
        if free and profile.is_unique and profile.share(_is_id) == 1.0:
            return name
    return ""


def _is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None and any(map(str.isdigit, text))


def _column_of(draft: Draft, key: str) -> str:
    line = draft.mapped.get(key)
    return line.value if line and isinstance(line.value, str) and line.value in draft.table.columns else ""


def _any_date(draft: Draft) -> str:
    return next((found for key in draft.mapped if key.endswith(".date") and (found := _column_of(draft, key))), "")


def _repeats(draft: Draft, names: Sequence[str]) -> int:
    """Return how many rows have the same texts in these columns as an earlier row."""
    rows = list(zip(*(draft.table.cells.column(name).to_pylist() for name in names), strict=True))
    return len(rows) - len(set(rows))
