"""The shapes of data that break linkers, as records of invented people, and what each of them promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.linkage import Links, link
from cenotaph.model import Judgement, ListFacts, Verdict

Columns = dict[str, Sequence[str | None]]
Longs = npt.NDArray[np.int64]
_LATIN = ("ba", "der", "gol", "ish", "kam", "lo", "mer", "nu", "pos", "rad", "sen", "tor", "vel", "zim", "har", "du")
_PERSIAN = ("با", "در", "گل", "یش", "کم", "لو", "مر", "نو", "پس", "رد", "سن", "تر", "ول", "زیم", "هار", "دو")
_CYRILLIC = ("ба", "дер", "гол", "иш", "кам", "ло", "мер", "ну", "пос", "рад", "сен", "тор", "вел", "зим", "хар", "ду")
_TOWNS = ("Arvand", "Belmar", "Corvin", "Dorud", "Eskar", "Fariman", "Gazur", "Haftan")
_UNSEEN = "\u202b\u200f\u200c\u200d\u202e\u0000\u0007\ufeff\u2066\u2069\u00ad"


@dataclass(frozen=True)
class Case:
    """Columns of one row a record, the list and the true person of each, which lists hold nobody twice, verdicts."""

    columns: Columns
    lists: Sequence[str]
    person: Longs
    unique: bool = False
    judgements: Sequence[Judgement] = ()

    @property
    def records(self) -> pa.Table:
        """Return the records table."""
        size = len(self.lists)
        claims = {key: pa.array(values, pa.string()) for key, values in self.columns.items()}
        fixed = {
            "record": pa.array([f"{name}:{at}" for at, name in enumerate(self.lists)], pa.string()),
            "list": pa.array(self.lists, pa.string()).dictionary_encode(),
            "order": pa.array(np.arange(size)),
        }
        return pa.table(fixed | claims)

    @property
    def facts(self) -> dict[str, ListFacts]:
        """Return what is known of the lists."""
        return {name: ListFacts(name=name, unique=self.unique, date_order="ymd") for name in sorted(set(self.lists))}

    def link(self) -> Links:
        """Link the records."""
        return link(self.records, self.facts, self.judgements)


@dataclass(frozen=True)
class Shape:
    """A shape with what it promises: the least precision and recall of pairs, and what its report must count."""

    make: Callable[[int], Case]
    precision: float = 0.0
    recall: float = 0.0
    counted: tuple[str, ...] = field(default=())


def _names(people: int, seed: int, syllables: Sequence[str] = _LATIN) -> list[str]:
    """Return names of two words, most of them rare; the same seed gives the same name in every script."""
    drawn = np.random.default_rng(seed).integers(0, len(syllables), (people, 6))
    words = np.array(syllables, dtype=object)[drawn]
    given, family = words[:, :2].sum(axis=1), words[:, 2:5].sum(axis=1)
    return [f"{one.capitalize()} {two.capitalize()}" for one, two in zip(given, family, strict=True)]


def _dates(people: int, seed: int) -> list[str]:
    days = np.random.default_rng(seed).integers(0, 3652, people)
    return [str(day) for day in np.datetime64("1980-01-01") + days.astype("timedelta64[D]")]


def _drawn(people: int, seed: int, among: Sequence[str]) -> list[str]:
    return [among[at] for at in np.random.default_rng(seed).integers(0, len(among), people)]


def _told(people: int, seed: int = 1) -> Columns:
    """Return what ordinary lists say of that many people."""
    ages = np.random.default_rng(seed + 2).integers(17, 70, people)
    return {
        "name": _names(people, seed),
        "death.date": _dates(people, seed + 1),
        "death.place": _drawn(people, seed + 3, _TOWNS),
        "age": [str(age) for age in ages],
        "sex": _drawn(people, seed + 4, ("male", "female")),
    }


def _taken(columns: Columns, person: Longs) -> Columns:
    """Return the columns of records from those of people."""
    return {key: [values[one] for one in person.tolist()] for key, values in columns.items()}


def _two_lists(size: int) -> tuple[Longs, list[str]]:
    """Return two records of each person, one on list a, one on list b."""
    half = max(1, size // 2)
    return np.tile(np.arange(half), 2), ["a"] * half + ["b"] * half


def _apart(columns: Columns, lists: Sequence[str] = (), *, unique: bool = False) -> Case:
    size = len(next(iter(columns.values())))
    return Case(columns, lists or ["a"] * size, np.arange(size), unique)


def one_name(size: int) -> Case:
    """One name and nothing else, on one list."""
    return _apart({"name": ["Dorvan Akkarov"] * size})


def one_name_two_lists(size: int) -> Case:
    """One name and nothing else, on two lists that hold nobody twice."""
    _, lists = _two_lists(size)
    return _apart({"name": ["Dorvan Akkarov"] * len(lists)}, lists, unique=True)


def names_only(size: int) -> Case:
    """Names and nothing else, each on two lists."""
    person, lists = _two_lists(size)
    return Case(_taken({"name": _names(len(person), 5), "age": [None] * len(person)}, person), lists, person)


def one_place(size: int) -> Case:
    """Everything said, but one place and one sex for all."""
    person, lists = _two_lists(size)
    said = _told(len(person)) | {"death.place": ["Arvand"] * len(person), "sex": ["male"] * len(person)}
    return Case(_taken(said, person), lists, person)


def itself(size: int) -> Case:
    """One list, and the same list again."""
    person, lists = _two_lists(size)
    return Case(_taken(_told(len(person)), person), lists, person, unique=True)


def scripts(size: int) -> Case:
    """Persian letters on one list, Cyrillic and Latin in one word on the other."""
    person, lists = _two_lists(size)
    half = len(person) // 2
    cyrillic, latin = _names(half, 7, _CYRILLIC), _names(half, 7)
    mixed = [f"{one.split()[0]} {other.split()[1]}" for one, other in zip(cyrillic, latin, strict=True)]
    said = _taken(_told(half), person) | {"name": _names(half, 7, _PERSIAN) + mixed}
    return Case(said, lists, person, unique=True)


def massacre(size: int) -> Case:
    """One day, one place, families of six with one name and one father."""
    person, lists = _two_lists(size)
    half = len(person) // 2
    given, family = _names(half, 11), _names(half // 6 + 1, 12)
    said: Columns = {
        "name": [f"{one.split()[0]} {family[at // 6].split()[1]}" for at, one in enumerate(given)],
        "name.father": [family[at // 6].split()[0] for at in range(half)],
        "death.date": ["1985-05-05"] * half, "death.place": ["Gazur"] * half,
        "age": _told(half)["age"],
    }  # fmt: skip
    return Case(_taken(said, person), lists, person, unique=True)


def clones(size: int) -> Case:
    """Rows that a copying machine made: two thousand of each in all they say, on one list of nobody twice."""
    person = np.arange(size) // 2000
    return Case(_taken(_told(size // 2000 + 1), person), ["a"] * size, np.arange(size), unique=True)


def copied(size: int, copies: int) -> Case:
    """Rows that stand many times on a list that may hold a person many times."""
    person = np.arange(size) // copies
    return Case(_taken(_told(size // copies + 1), person), ["a"] * size, person)


def copies(size: int) -> Case:
    """Rows that a careless join of two tables repeats a hundred times: more than a block holds."""
    return copied(size, 100)


def clones_of_many_lists(size: int) -> Case:
    """Rows two thousand times, of a list that may hold a person many times: more than can be weighed at once."""
    return copied(size, 2000)


def chain(size: int) -> Case:
    """Each record says half of what the one before it says: a chain of likenesses without an end."""
    said = _told(size // 2 + 2, 23)
    at = np.arange(size)
    lower, upper = _taken(said, at // 2), _taken(said, (at + 1) // 2)
    mixed = {key: (lower if place % 2 else upper)[key] for place, key in enumerate(said)}
    return _apart(mixed)


def letters(size: int) -> Case:
    """Names of one letter."""
    return _apart({"name": _drawn(size, 13, "abcdefghijklmnopqrstuvwxyzابپتثجچح")})


def pages(size: int) -> Case:
    """Names as long as a page, ten thousand characters, one record in fifty; the words are those of all others."""
    people = max(2, size // 50)
    words = [word for name in _names(200, 17) for word in name.split()]
    at = np.random.default_rng(18).integers(0, len(words), (people, 1250))
    long = [" ".join(words[one] for one in row)[:10_000] for row in at.tolist()]
    said = _told(size) | {"name": [*long, *_names(size - people, 19)]}
    return _apart(said)


def sentences(size: int) -> Case:
    """Names of twenty-five words, the words those of all others: a testimony in the column of names."""
    words = [word for name in _names(200, 43) for word in name.split()]
    at = np.random.default_rng(44).integers(0, len(words), (size, 25))
    return _apart(_told(size) | {"name": [" ".join(words[one] for one in row) for row in at.tolist()]})


def unseen(size: int) -> Case:
    """Characters that nobody sees (directions, joiners, a bell, a null) in every column of one of two lists."""
    person, lists = _two_lists(size)
    half = len(person) // 2
    said = _taken(_told(half), person)
    draw = np.random.default_rng(29).integers(0, len(_UNSEEN), (2, len(person))).tolist()
    dirty = {
        key: [f"{_UNSEEN[one]}{value}{_UNSEEN[two]}" if name == "b" else value
              for value, name, one, two in zip(values, lists, *draw, strict=True)]
        for key, values in said.items()
    }  # fmt: skip
    return Case(dirty, lists, person, unique=True)


def nothing(size: int) -> Case:
    """No value at all."""
    empty: Sequence[str | None] = [None] * size
    return _apart({"name": empty, "death.date": empty, "death.place": empty, "age": empty})


def blanks(size: int) -> Case:
    """Words that people type when they know nothing."""
    return _apart({"name": _drawn(size, 31, ("unknown", "?", "-", "نامعلوم", " ")),
                   "death.date": _drawn(size, 32, ("?", "0000-00-00", "n/a", "")),
                   "death.place": _drawn(size, 33, ("?", "unknown", "-")),
                   "identity.number": ["0000000000"] * size})  # fmt: skip


def three_beside_many(size: int) -> Case:
    """Three people on a list of their own beside a long one that has them too."""
    person = np.concatenate((np.arange(size), np.arange(min(3, size))))
    lists = ["a"] * size + ["b"] * min(3, size)
    return Case(_taken(_told(size), person), lists, person, unique=True)


def many_lists(size: int) -> Case:
    """Three hundred lists, each person on three of them."""
    people = size // 3 + 1
    person = np.arange(size) % people
    turn = np.arange(size) // people
    lists = [f"l{(one + 101 * at) % 300:03d}" for one, at in zip(person.tolist(), turn.tolist(), strict=True)]
    return Case(_taken(_told(people), person), lists, person, unique=True)


def distinct(size: int) -> Case:
    """No value occurs twice in any column."""
    ids = [f"{number:08d}" for number in range(size)]
    names = np.random.default_rng(37).integers(97, 123, (size, 24)).astype(np.uint8)
    return _apart({"name": [row.tobytes().decode() + one for row, one in zip(names, ids, strict=True)],
                   "identity.number": ids, "contact": [f"{one} street" for one in ids]})  # fmt: skip


def januaries(size: int) -> Case:
    """Every date is a first of January."""
    person, lists = _two_lists(size)
    half = len(person) // 2
    years = np.random.default_rng(41).integers(1960, 1990, half)
    return Case(_taken(_told(half) | {"death.date": [f"{year}-01-01" for year in years]}, person), lists, person)


def aliases(size: int) -> Case:
    """Four names for every record."""
    person, lists = _two_lists(size)
    half = len(person) // 2
    said = _told(half)
    for slot in range(2, 5):
        said[f"name[{slot}]"] = _names(half, 100 + slot)
    return Case(_taken(said, person), lists, person, unique=True)


def verdicts(size: int) -> Case:
    """One person said of a tenth of all that they are one, and of as many pairs of twins that they are not."""
    person, lists = _two_lists(size)
    half, tenth = len(person) // 2, len(person) // 20
    ids = [f"{name}:{at}" for at, name in enumerate(lists)]
    said = [_said(ids[at], ids[at + 1], Verdict.SAME, at) for at in range(tenth)]
    said += [_said(ids[at], ids[at + half], Verdict.DIFFERENT, half + at) for at in range(tenth + 1, 2 * tenth)]
    truth = person.copy()
    truth[: tenth + 1] = 0
    truth[half : half + tenth + 1] = 0
    truth[half + tenth + 1 : half + 2 * tenth] += half
    return Case(_taken(_told(half), person), lists, truth, judgements=said)


def _said(left: str, right: str, verdict: Verdict, sequence: int) -> Judgement:
    return Judgement(left=left, right=right, verdict=verdict, reviewer="r1", sequence=sequence)


SHAPES: Mapping[str, Shape] = {
    "one-name": Shape(one_name, precision=1.0, counted=("windowed",)),
    "one-name-two-lists": Shape(one_name_two_lists, precision=1.0, counted=("windowed",)),
    "names-only": Shape(names_only),
    "one-place": Shape(one_place, precision=0.99, recall=0.99),
    "itself": Shape(itself, precision=0.99, recall=0.99),
    "scripts": Shape(scripts, precision=0.99),
    "massacre": Shape(massacre, precision=0.98, recall=0.9),
    "clones": Shape(clones, precision=1.0, counted=("windowed",)),
    "copies": Shape(copies, precision=1.0, recall=0.99, counted=("windowed",)),
    "clones-of-many-lists": Shape(clones_of_many_lists, precision=1.0, counted=("windowed",)),
    "chain": Shape(chain),
    "letters": Shape(letters, precision=1.0),
    "pages": Shape(pages, precision=1.0, counted=("shortened",)),
    "sentences": Shape(sentences, precision=1.0, counted=("shortened",)),
    "unseen": Shape(unseen, precision=0.99, recall=0.99),
    "nothing": Shape(nothing, precision=1.0),
    "blanks": Shape(blanks, precision=1.0),
    "three-beside-many": Shape(three_beside_many, precision=0.99, recall=1.0),
    "many-lists": Shape(many_lists, precision=0.99, recall=0.99),
    "distinct": Shape(distinct, precision=1.0),
    "januaries": Shape(januaries, precision=0.9),
    "aliases": Shape(aliases, precision=0.9, recall=0.9),
    "verdicts": Shape(verdicts, precision=0.99),
}
