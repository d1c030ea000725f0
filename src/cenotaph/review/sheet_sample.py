"""The workbook of one coder: sampled pairs side by side, as the sources wrote them, and nothing else.

Invariant: blind. No probability, no stratum, no link, no other coder's label; the order of the rows comes from the
coder's code alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from cenotaph.case import Case
from cenotaph.model import SampledPair, Verdict, split_key
from cenotaph.review.layout import Column, Row, Sheet, given
from cenotaph.review.reasons import label
from cenotaph.review.wording import LANGUAGES, Words, words_for
from cenotaph.review.workbook import stamp_of
from cenotaph.review.writing import Page, write
from cenotaph.values import is_known, property_of

_WIDTHS = {"name": 28, "place": 22, "date": 14, "age": 10, "code": 10, "text": 30, "number": 10}
_SIDES = ("a", "b")
_IN_SIGHT = 4  # verdict, remark and both names: whoever scrolls to the age still sees whose it is


def write_sample(path: Path, case: Case, records: pa.Table, pairs: Sequence[SampledPair], coder: str) -> int:
    """Write a coder's workbook and return how many pairs it holds; what the coder said before is filled in."""
    words = words_for(case.config.case.languages)
    write(path, _read_me(case, len(pairs), coder), [_sheet(case, records, pairs, coder, words)], stamp_of(case),
          right_to_left=words.right_to_left)  # fmt: skip
    return len(pairs)


def _read_me(case: Case, count: int, coder: str) -> Page:
    spoken = [name for name in case.config.case.languages if name in LANGUAGES] or ["en"]
    lines: list[tuple[str, str, bool]] = []
    for words in (words_for([name]) for name in spoken):
        named = case.config.case.titles.get(words.language) or case.config.case.title
        lines.append((words.say("readme_sample", "title", title=named), "title", words.right_to_left))
        said = [words.say("readme_sample", "counts", pairs=count, coder=coder), *words.table["readme_sample"]["lines"]]
        lines += [(text, "text", words.right_to_left) for text in said]
    return Page(words_for(spoken).say("sheets", "readme"), tuple(lines))


def _sheet(case: Case, records: pa.Table, pairs: Sequence[SampledPair], coder: str, words: Words) -> Sheet:
    at = {record: row for row, record in enumerate(records.column("record").to_pylist())}
    there = [pair for pair in pairs if pair.left in at and pair.right in at]
    rows = [(at[pair.left], at[pair.right]) for pair in there]
    said = _said(records, rows)
    shuffled = _order(coder, there)
    lists = [
        case.lists[name].title or name if name in case.lists else name for name in records.column("list").to_pylist()
    ]
    made = (_row(case, there[n], coder, (_cells(records, rows[n], said), [lists[row] for row in rows[n]]), words)
            for n in shuffled)  # fmt: skip
    return Sheet("sample", words.say("sheets", "sample"), _columns(words, said), made, _IN_SIGHT)


def _order(coder: str, pairs: Sequence[SampledPair]) -> list[int]:
    """Return the pairs in an order that depends on the coder and tells nothing."""
    number = pairs[0].sample if pairs else 0
    seed = int.from_bytes(hashlib.sha256(f"{coder} {number}".encode()).digest()[:8], "big")
    return [int(n) for n in np.random.default_rng(seed).permutation(len(pairs))]


def _said(records: pa.Table, rows: Sequence[tuple[int, int]]) -> Mapping[str, tuple[str, ...]]:
    """Return the properties that any record of the pairs has, each with its columns: the name, then what most have."""
    taken = records.take(pa.array(sorted({row for pair in rows for row in pair}), pa.int64()))
    found: dict[str, list[str]] = {}
    for key in records.column_names:
        name = split_key(key)[0]
        if is_known(name) and not key.endswith(("@", "#", "%")) and taken.column(key).null_count < taken.num_rows:
            found.setdefault(name, []).append(key)
    gaps = {name: min(taken.column(key).null_count for key in keys) for name, keys in found.items()}
    return {name: tuple(found[name]) for name in sorted(found, key=lambda name: (name != "name", gaps[name]))}


def _columns(words: Words, said: Mapping[str, tuple[str, ...]]) -> tuple[Column, ...]:
    verdicts = tuple(words.say("verdicts", verdict) for verdict in Verdict)
    sides = [
        Column(f"{side}.{name}", words.say("columns", side, name=label(name, words.language)),
               _WIDTHS[property_of(name).kind])
        for name in said for side in _SIDES
    ]  # fmt: skip
    lists = [Column(name, words.say("columns", name), 24) for name in ("left_list", "right_list")]
    return (
        Column("verdict", words.say("columns", "verdict"), 14, fill=True, options=verdicts),
        Column("reason", words.say("columns", "remark"), 18, fill=True),
        *sides,
        *lists,
    )


def _cells(records: pa.Table, rows: tuple[int, int], said: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for keys in said.values():
        for row in rows:
            texts = (records.column(key)[row].as_py() for key in keys)
            yield " / ".join(text.strip() for text in texts if text and text.strip())


def _row(case: Case, pair: SampledPair, coder: str, cells: tuple[Iterator[str], list[str]], words: Words) -> Row:
    mine = pair.said.get(coder)
    sides, lists = cells
    return Row(
        key=f"{case.public_id(pair.left)} {case.public_id(pair.right)}",
        cells=(words.say("verdicts", mine) if mine else None, None, *sides, *lists),
        options=coder,  # whose copy this is
        given=given(coder, str(mine or ""), ""),
    )
