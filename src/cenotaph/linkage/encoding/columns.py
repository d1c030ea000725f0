"""What each property is to linkage: names, dates, places, ages, codes and texts, each distinct value parsed once.

Invariant: arrays are indexed by the number of the distinct value; a value that says nothing has code -1 in `codes`, so
missing is never mistaken for disagreement.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding import bracketed, hashing, iso
from cenotaph.linkage.encoding.encode import MISSING, Coded, Ints
from cenotaph.linkage.encoding.flattened import Filled, doubtful, filled, widen
from cenotaph.linkage.encoding.information import bits, of_counts, of_names
from cenotaph.linkage.encoding.spelling import Spelling, spell
from cenotaph.values import ages, calendars, codes, dates, fathers, identity, names, places, words
from cenotaph.values.words import Words

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]
_WRITTEN = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\s*")  # nothing but a year first tells them apart
_YEARS = range(1500, 2200)  # of the Gregorian calendar, where the date itself could not be read
_NONE = (0, 0, 0)
_KNOWN = "#"  # begins the key of a place that the gazetteer knows
Context = tuple[str | None, str | None, str | None]  # calendar, order of day and month, language
OPEN_LOW, OPEN_HIGH = -(1 << 30), 1 << 30


@dataclass(frozen=True, slots=True)
class Column:
    """A property ready to be compared: its codes, and how many bits each distinct value tells when it agrees."""

    key: str
    kind: str
    codes: Ints
    information: Floats


@dataclass(frozen=True, slots=True)
class NameColumn(Column):
    """Names as written, and their words."""

    table: names.NameTable  # behind the names as written, those that say something in brackets without it
    words: Words
    spelling: Spelling
    outside: Ints  # where in the table a name stands without its brackets, -1 where it has none

    @property
    def word_counts(self) -> Ints:
        """Return how many words each name has."""
        return self.words.counts.astype(np.int32)


@dataclass(frozen=True, slots=True)
class FatherColumn(NameColumn):
    """Names of fathers, without the words that only say *son of*."""

    fathers: fathers.FatherTable


@dataclass(frozen=True, slots=True)
class IdentityColumn(Column):
    """Identity numbers; a value is a distinct number, whatever its spelling."""

    identities: identity.IdentityTable


@dataclass(frozen=True, slots=True)
class DateColumn(Column):
    """Dates as intervals of day numbers; ``full`` where the very day was stated and may be trusted."""

    low: Ints
    high: Ints
    full: Flags
    parts: Ints  # (values, 3): year, month, day as written, also of a day that cannot be; zeros where not stated
    filled: Mapping[int, Filled]  # by number of list: how its days were filled in; absent where they were not


@dataclass(frozen=True, slots=True)
class PlaceColumn(Column):
    """Places: a number for the locality and one for the region it lies in, -1 where not said."""

    table: names.NameTable
    locality: Ints
    region: Ints
    regions: names.NameTable  # by number of the region: its name as written, nothing where the gazetteer knows it
    keys: tuple[Hashes, Hashes]  # of the locality and of the region, the same in every column; 0 where not said
    latitude: Floats
    longitude: Floats


@dataclass(frozen=True, slots=True)
class AgeColumn(Column):
    """Ages as lowest and highest completed years."""

    low: Ints
    high: Ints


@dataclass(frozen=True, slots=True)
class TextColumn(Column):
    """Texts and codes; ``spelling`` holds the letters of texts, None for codes, which agree or do not."""

    hashes: Hashes  # of the folded texts
    spelling: Spelling | None


def drop(codes: Ints, empty: Flags) -> Ints:
    """Return the codes with the values that say nothing taken out."""
    if not empty.any():
        return codes
    kept: Ints = np.where((codes >= 0) & empty[codes], MISSING, codes).astype(np.int32)
    return kept


def name_column(coded: Coded) -> NameColumn:
    """Parse names; an unknown name is no name. What stands in brackets is found by, and tells nothing of its own."""
    found = words.of_texts(coded.texts)
    kept = drop(coded.codes, words.unknown_names(found))
    outside, plain = bracketed.outside(coded.texts)
    told = _name_information(
        kept, found if not plain else words.of_texts(bracketed.without(coded.texts, outside, plain))
    )
    return NameColumn(
        key=coded.key, kind="name", codes=kept, information=told, table=_name_table(coded.texts, plain, found),
        words=found, spelling=spell(found.points, np.arange(len(coded.texts))), outside=outside,
    )  # fmt: skip


def _name_table(texts: Sequence[str], plain: Sequence[str], found: words.Words) -> names.NameTable:
    """Return what names are compared by, then those without what stands in brackets; words are cut once."""
    if not plain:
        return names.prepare(texts, found)
    both = [*texts, *plain]
    return names.prepare(both, words.of_texts(both))


def father_column(coded: Coded) -> FatherColumn:
    """Parse fathers' names: *son of Ali* is Ali."""
    plain = name_column(replace(coded, texts=tuple(fathers.father(text).name for text in coded.texts)))
    return FatherColumn(
        key=plain.key, kind=plain.kind, codes=plain.codes, information=plain.information, table=plain.table,
        words=plain.words, spelling=plain.spelling, outside=plain.outside, fathers=fathers.prepare_fathers(coded.texts),
    )  # fmt: skip


def identity_column(coded: Coded) -> IdentityColumn:
    """Parse identity numbers; a placeholder is no number."""
    read = [identity.identity(text) for text in coded.texts]
    keys = numbered([f"{each.document} {each.key}" if each.key else "" for each in read])
    kept = np.where(coded.codes < 0, MISSING, keys[coded.codes] if len(keys) else MISSING).astype(np.int32)
    spelt = {key: text for key, text in zip(keys.tolist(), coded.texts, strict=True) if key >= 0}
    table = identity.prepare_identities([spelt[key] for key in range(len(spelt))])
    meaning = numbered([each.key for each in table.identities]).astype(np.int64)
    return IdentityColumn(key=coded.key, kind="identity", codes=kept, information=_shared_information(kept, meaning),
                          identities=table)  # fmt: skip


def date_column(
    coded: Coded, contexts: Sequence[Context], known: Mapping[int, Filled] = MappingProxyType({})
) -> DateColumn:
    """Parse dates with the calendar, order and language of their list; the unreadable say nothing.

    Parameters
    ----------
    coded
        The dates as written, their hints being the numbers of lists.
    contexts
        How each list writes its dates.
    known
        By number of list: how its days are known to be filled in, whatever these dates would show.
    """
    plain, ordered = (np.array(flags, dtype=bool)[coded.hints] for flags in _readings(contexts))
    low, high, parts = iso.read(coded.texts, ordered)
    void = (low < 0) & np.array([calendar is None for calendar, _, _ in contexts], dtype=bool)[coded.hints]
    slow = np.flatnonzero(~void & ((low <= 0) | ~plain))
    read = {at: _read_date(coded.texts[at], contexts[coded.hints[at]]) for at in slow.tolist()}
    low[void], high[void] = OPEN_LOW, OPEN_HIGH
    stated, full = low == high, low == high
    _put(read, (low, high), stated, full)
    parts[slow] = _parts([coded.texts[at] for at in read], list(read.values()), stated[slow])
    unread = void.copy()
    unread[slow] = [d.earliest is None and d.latest is None for d in read.values()]
    _only_year(unread & (parts[:, 0] > 0), parts, low, high)
    empty = unread & (parts[:, 0] == 0)
    kept = drop(coded.codes, empty)
    how = _widen(coded, _Reader(read, contexts), np.where(full, low, 0), (low, high), known)
    full = (low == high) & ~empty
    parts[stated & ~full] = 0  # a day that was filled in is no day
    return DateColumn(
        key=coded.key, kind="date", codes=kept,
        information=_shared_information(kept, (low.astype(np.int64) << 32) + high), low=low, high=high, full=full,
        parts=parts, filled=how,
    )  # fmt: skip


def _readings(contexts: Sequence[Context]) -> tuple[list[bool], list[bool]]:
    """Tell which lists use the calendar of today for all they know, and which are known to write year, month, day."""
    plain = [calendar in (None, calendars.GREGORY) for calendar, _, _ in contexts]
    return plain, [order == "ymd" for _, order, _ in contexts]


def _put(read: Mapping[int, dates.PartialDate], bounds: tuple[Ints, Ints], stated: Flags, full: Flags) -> None:
    """Put the bounds of dates read one by one in their places, and whether they are one stated day."""
    for at, found in read.items():
        bounds[0][at] = found.earliest.toordinal() if found.earliest else OPEN_LOW
        bounds[1][at] = found.latest.toordinal() if found.latest else OPEN_HIGH
        stated[at] = bounds[0][at] == bounds[1][at]
        full[at] = stated[at] and found.is_full


@dataclass(frozen=True, slots=True)
class _Reader:
    read: Mapping[int, dates.PartialDate]
    contexts: Sequence[Context]

    def whole(self, coded: Coded, own: Sequence[int]) -> list[dates.PartialDate]:
        return [self.read.get(at) or _read_date(coded.texts[at], self.contexts[coded.hints[at]]) for at in own]


def _widen(
    coded: Coded, reader: _Reader, days: Ints, bounds: tuple[Ints, Ints], known: Mapping[int, Filled]
) -> dict[int, Filled]:
    """Widen, in place, days that were filled in, in the lists where there may be such; return what was found."""
    counts = coded.counts
    open_ = ~np.isin(coded.hints, list(known))
    asked = doubtful(days[open_], coded.hints[open_], counts[open_]) + [hint for hint, how in known.items() if how]
    own = np.flatnonzero(np.isin(coded.hints, asked))
    if not len(own):
        return {}
    whole = reader.whole(coded, own.tolist())
    low, high, hints = bounds[0][own], bounds[1][own], coded.hints[own]
    how = filled(whole, hints, counts[own], known)
    widen(whole, hints, how, low, high)
    bounds[0][own], bounds[1][own] = low, high
    return how


def _only_year(which: Flags, parts: Ints, low: Ints, high: Ints) -> None:
    """Let a date whose month or day cannot be stand for its year."""
    for value in np.flatnonzero(which):
        year = int(parts[value, 0])
        low[value], high[value] = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()


def _shared_information(kept: Ints, meaning: npt.NDArray[Any]) -> Floats:
    """Return the bits of each distinct value, where several spellings mean the same."""
    if not len(meaning):
        return np.empty(0, np.float32)
    number, first = hashing.ranked(meaning.astype(np.uint64))
    held = np.where(kept >= 0, number[kept], MISSING).astype(np.int32)
    told: Floats = of_counts(held, len(first))[number]
    return told


def _name_information(kept: Ints, found: Words) -> Floats:
    """Return the bits of each name: by its words together, and by how many bear the whole of it."""
    held = np.bincount(kept[kept >= 0], minlength=len(found.lines)).astype(np.int64)
    said = np.bincount(found.number, weights=np.repeat(held, found.counts), minlength=len(found.hashes))
    word_bits = bits(said, int(held.sum()))
    return of_names(found.texts, found.number, word_bits, _shared_information(kept, found.lines))


def _read_date(text: str, context: Context) -> dates.PartialDate:
    calendar, order, language = context
    return dates.date(text, calendar, language, order=order)


def _parts(texts: Sequence[str], read: list[dates.PartialDate], full: Flags) -> Ints:
    rows = [
        _as_written(text, d) or ((d.earliest.year, d.earliest.month, d.earliest.day) if one and d.earliest else _NONE)
        for text, d, one in zip(texts, read, full, strict=True)
    ]
    return np.array(rows, dtype=np.int32).reshape(-1, 3)


def _as_written(text: str, read: dates.PartialDate) -> tuple[int, int, int] | None:
    """Return the parts of a date whose day cannot be (1967-13-10): one slip away from the day that was meant.

    A month or a day of 0 stands for unknown and is no slip.
    """
    slips = read.calendar == "unknown" or {"order", "no-such-day"} & set(read.flags)
    found = _WRITTEN.fullmatch(text) if slips else None
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    return (year, month, day) if month and day and year in _YEARS else None


def age_column(coded: Coded) -> AgeColumn:
    """Parse ages; a birth year in a column of ages says nothing here."""
    read = [ages.age(text) for text in coded.texts]
    low = np.array([a.low if a.low is not None else 0 for a in read], dtype=np.int32)
    high = np.array([a.high if a.high is not None else 150 for a in read], dtype=np.int32)
    kept = drop(coded.codes, np.array([a.low is None and a.high is None for a in read], dtype=bool))
    told = _shared_information(kept, (low.astype(np.int64) << 32) + high)
    return AgeColumn(key=coded.key, kind="age", codes=kept, information=told, low=low, high=high)


def place_column(coded: Coded) -> PlaceColumn:
    """Parse places: the gazetteer's answer where it has one, the words before and after the comma where not."""
    read = [places.place(text) for text in coded.texts]
    parts = [_parts_of(text) for text in coded.texts]
    localities = [_locality(place, part) for place, part in zip(read, parts, strict=True)]
    regions = [_region(place, part) for place, part in zip(read, parts, strict=True)]
    empty = np.array([not (one or wide) for one, wide in zip(localities, regions, strict=True)], dtype=bool)
    kept = drop(coded.codes, empty)
    locality = numbered(localities)
    told = [wide if not wide.startswith(_KNOWN) else "" for wide in sorted(set(regions) - {""})]
    return PlaceColumn(
        key=coded.key, kind="place", codes=kept, information=_place_information(kept, locality),
        table=names.prepare([part[0] if part else "" for part in parts]), locality=locality, region=numbered(regions),
        regions=names.prepare(told),
        keys=(words.hashes(localities), words.hashes(regions)),
        latitude=_degrees([place.latitude for place in read]), longitude=_degrees([place.longitude for place in read]),
    )  # fmt: skip


def _place_information(kept: Ints, locality: Ints) -> Floats:
    by_locality = np.append(locality, MISSING)[kept]  # a record that says no place (-1) reads the last
    told = of_counts(by_locality.astype(np.int32), int(locality.max(initial=-1)) + 1)
    found: Floats = np.where(locality >= 0, told[locality] if len(told) else 0.0, 0.0).astype(np.float32)
    return found


def _degrees(values: list[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float32)


def _locality(place: places.Place, parts: list[str]) -> str:
    if place.id and place.precision in ("site", "city"):
        return f"{_KNOWN}{place.id}"
    if place.id and place.precision in ("province", "country"):
        return ""
    return "" if parts[:1] == [""] else " / ".join(parts)


def _parts_of(text: str) -> list[str]:
    """Return what stands between commas, folded; nothing first where the text says a region only."""
    said, *more = names.fold_all(text.replace("،", ",").split(","))
    rest = [part for part in more if part]
    return [said, *rest] if said or rest else []


def _region(place: places.Place, parts: list[str]) -> str:
    if place.province or place.country:
        return f"{_KNOWN}{place.country}/{place.province or ''}"
    return parts[-1] if len(parts) > 1 else ""


def numbered(texts: list[str]) -> Ints:
    """Return the number of each text in sorted order; the empty text is -1."""
    numbers = {text: number for number, text in enumerate(sorted(set(texts) - {""}))}
    return np.array([numbers.get(text, MISSING) for text in texts], dtype=np.int32)


def code_column(coded: Coded, name: str) -> TextColumn:
    """Read codes (sex, fate …) into the house's words; what is no code says nothing."""
    said = [codes.code(name, text) or "" for text in coded.texts]
    numbers = numbered(said)
    kept = np.where(coded.codes < 0, MISSING, numbers[coded.codes] if len(numbers) else MISSING).astype(np.int32)
    told = of_counts(kept, len(set(said) - {""}))
    hashes = words.hashes(sorted(set(said) - {""}))
    return TextColumn(key=coded.key, kind="code", codes=kept, information=told, spelling=None, hashes=hashes)


def text_column(coded: Coded) -> TextColumn:
    """Fold texts, so that writing them in capitals or with accents is no difference."""
    lines, points = words.folded(coded.texts)
    ranks, first = hashing.ranked(lines)
    nothing = int(len(first) > 0 and lines[first[0]] == 0)  # the hash of a text that says nothing
    numbers = (ranks - nothing).astype(np.int32)
    kept = np.where(coded.codes < 0, MISSING, numbers[coded.codes] if len(numbers) else MISSING).astype(np.int32)
    spelling = spell(points, first[nothing:])
    told = of_counts(kept, len(first) - nothing)
    hashes = lines[first[nothing:]]
    return TextColumn(key=coded.key, kind="text", codes=kept, information=told, spelling=spelling, hashes=hashes)
