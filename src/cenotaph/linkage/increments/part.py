"""A few records of a collection, prepared and compared as they would be within the whole.

Invariant: what is said of a record, and of a pair, is what the whole would say of them under the same frequencies; how
a list fills in its days is told, for a few of its dates do not show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.linkage.candidates import atoms, blocks
from cenotaph.linkage.candidates.sieve import Sieve
from cenotaph.linkage.clusters.facts import RecordFacts, facts_of
from cenotaph.linkage.comparison.compare import Compared, compare
from cenotaph.linkage.encoding import hashing, prepare
from cenotaph.linkage.encoding.columns import Column
from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.linkage.encoding.flattened import Filled
from cenotaph.linkage.encoding.listwise import Counts
from cenotaph.linkage.increments import frequencies
from cenotaph.linkage.weights.model import Kind
from cenotaph.model import ListFacts

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """Where records are taken from: the table, its rows in canonical order, their lists, and what is known of these."""

    records: pa.Table
    rows: Longs
    lists: Ints
    facts: Sequence[ListFacts]
    filled: Mapping[str, Mapping[int, Filled]]
    frequencies: frequencies.Frequencies
    listwise: Mapping[str, Counts]
    kinds: tuple[Kind, ...]

    def columns(self, positions: npt.NDArray[np.integer]) -> list[Column]:
        """Return the columns of some records.

        Raises
        ------
        KeyError
            They say something that no record said when the frequencies were learnt.
        """
        plain = few(self.records, self.rows[positions])
        rows = np.arange(len(positions))
        found = prepare.prepare(plain, rows, self.lists[positions], self.facts, self.filled)
        told = frequencies.told(found, self.frequencies)
        return frequencies.told_lists(told, self.listwise, self.lists[positions], [one.name for one in self.facts])

    def compare(self, left: Ints, right: Ints) -> Compared:
        """Compare pairs of canonical positions, in the properties of the whole."""
        found = Compared.empty(len(left), len(self.kinds))
        if len(left):
            own, at = np.unique(np.concatenate((left, right)), return_inverse=True)
            one, two = at.reshape(2, -1).astype(np.int32)
            columns = self.columns(own)
            said, places = compare(columns, one, two), self._places(columns)
            found.levels[:, places], found.bits[:, places], found.kin[:] = said.levels, said.bits, said.kin
        return found

    def facts_of(self, columns: Sequence[Column], records: int) -> RecordFacts:
        """Return what guards must know of records, in the properties of the whole."""
        said, places = facts_of(columns, records), self._places(columns)
        words = np.zeros((records, len(self.kinds)), dtype=np.int32)
        full = np.zeros((records, len(self.kinds)), dtype=bool)
        words[:, places], full[:, places] = said.words, said.full
        return RecordFacts(self.kinds, words, full)

    def _places(self, columns: Sequence[Column]) -> list[int]:
        return [self.kinds.index(Kind(column.key, column.kind)) for column in columns]


def few(records: pa.Table, rows: Longs) -> pa.Table:
    """Return some rows of what is compared, as plain texts: a dictionary would bring along every value of the whole."""
    names = [name for slots in prepare.slots_of(records).values() for name in slots]
    taken = records.select(names).take(pa.array(rows))
    return pa.table({name: taken[name].cast(pa.string()) for name in names})


def keys_of(columns: Sequence[Column], sieve: Sieve, ids: Hashes) -> Hashes:
    """Return the sorted packed keys of the records of columns."""
    told = atoms.told_by(columns)
    names = names_of(told)
    number = sieve.known(names)
    keys = sieve.keys(*atoms.numbered(columns, told, number, len(ids)), ids)
    return blocks.merged(keys, rare_keys(columns, told, number, sieve, len(ids)))


def rare_keys(
    columns: Sequence[Column], told: Sequence[atoms.Told], number: Ints, sieve: Sieve, records: int
) -> Hashes:
    """Return the sorted packed keys of the atoms that the sieve does not know."""
    names = names_of(told)
    rank, first = hashing.ranked(names[number < 0])
    own = np.full(len(names), -1, dtype=np.int32)
    own[number < 0] = rank
    starts, atom = atoms.numbered(columns, told, own, records)
    record = np.repeat(np.arange(records), np.diff(starts))
    return sieve.rare_keys(record, names[number < 0][first][atom])


def shared_atoms(columns: Sequence[Column], sieve: Sieve, records: int) -> tuple[Longs, Ints, Floats]:
    """Return the atoms of records, those that the sieve does not know among them, and the bits of each atom."""
    told = atoms.told_by(columns)
    names = names_of(told)
    number = sieve.known(names)
    rank, first = hashing.ranked(names[number < 0])
    above = np.concatenate([each.above for each in told])[number < 0][first] if told else np.empty(0, np.uint64)
    wider = sieve.known(above)
    whole = np.float32(np.log2(max(1, sieve.records)))
    less = np.append(sieve.about[:, 1], 0)[wider] / 1000.0  # an atom without a wider one (-1) reads the last
    number[number < 0] = rank + len(sieve.bits)
    bits = np.concatenate((sieve.bits, np.maximum(0.0, whole - less).astype(np.float32)))
    return (*atoms.numbered(columns, told, number, records), bits)


def names_of(told: Sequence[atoms.Told]) -> Hashes:
    """Return the hashes of all told atoms in one row."""
    return np.concatenate([each.atom for each in told]) if told else np.empty(0, np.uint64)
