"""Any change behind the ledger's back is found, and named where it was made."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.making import SECRET, Clock, judgement
from tests.ledger.tampering import COLUMNS, Tamperer, rules

from cenotaph.errors import Conflict, NotFound
from cenotaph.ledger import Head, Ledger, verify_chain

SIZE = 12  # entries of the whole ledger below; 7 is an erasure, of 3
ERASED, ERASURE = 3, 7
ENTRIES = st.integers(1, SIZE)
FILE = "ledger.sqlite"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a ledger of twelve entries, one of them an erasure."""
    path = tmp_path_factory.mktemp("whole") / FILE
    with Ledger.create(path, secret=SECRET, clock=Clock()) as ledger:
        ledger.append_many(judgement(number) for number in range(1, ERASURE))
        ledger.erase(ERASED, "the family", "they asked", author="r1")
        ledger.append_many(judgement(number) for number in range(ERASURE + 1, SIZE + 1))
    return path


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    """Copy the whole ledger, to be tampered with."""
    return Path(shutil.copy(whole, tmp_path / FILE))


def _where(path: Path, *known: Head) -> list[int | str]:
    return [fault.where for fault in verify_chain(path, known=known).faults]


def _what(path: Path, *known: Head) -> list[tuple[int | str, str]]:
    return [(fault.where, fault.what) for fault in verify_chain(path, known=known).faults]


def test_a_sound_ledger_has_no_fault(whole: Path) -> None:
    """What was never tampered with gives no false alarm, with an erasure in it, and against its own head."""
    with Ledger.open(whole) as ledger:
        found = verify_chain(ledger, known=[Head(ledger.head), Head(ledger.entry(4).hash, 4)])
        assert found.ok
        assert found == ((), SIZE, ledger.head)


def test_an_empty_ledger_is_sound(path: Path, ledger: Ledger) -> None:
    """A ledger without entries verifies, and its head is its beginning."""
    assert verify_chain(path, known=[Head(ledger.head)]) == ((), 0, ledger.head)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(["one", "batch", "erase"]), max_size=12))
def test_whatever_is_done_through_the_ledger_verifies(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str]
) -> None:
    """No sequence of appends, batches and erasures ever gives a false alarm."""
    path = tmp_path_factory.mktemp("acts") / FILE
    with Ledger.create(path, secret=SECRET) as ledger:
        for number, act in enumerate(acts, 1):
            if act == "erase" and ledger.count:
                ledger.erase(1 + number * 7 % ledger.count, "w", "y", author="r1")
            else:
                ledger.append_many([judgement(number)] * (3 if act == "batch" else 1))
        assert verify_chain(ledger).ok


VALUES = st.one_of(
    st.integers(-5, 2**62), st.text(st.characters(codec="utf-8"), max_size=8), st.binary(max_size=8), st.floats(0, 9)
)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sequence=ENTRIES, column=st.sampled_from(COLUMNS), value=VALUES)
def test_any_other_value_in_an_entry_is_located(
    whole: Path, tmp_path: Path, sequence: int, column: str, value: object
) -> None:
    """Whatever is put into whichever column of an entry, that entry is named, and no other as a cause of its own."""
    path = Path(shutil.copy(whole, tmp_path / FILE))
    before = Tamperer(path).value("entry", column, sequence)
    Tamperer(path).alter(column, sequence, value)
    changed = Tamperer(path).value("entry", column, sequence)
    if changed == before and type(changed) is type(before):
        assert verify_chain(path).ok
    else:
        allowed = {sequence} | ({ERASED} if sequence == ERASURE else set())  # its erasure is not believed any more
        assert sequence in _where(path)
        assert set(_where(path)) <= allowed


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(1, SIZE), st.sampled_from(COLUMNS[1:]), st.data())
def test_any_flipped_bit_in_an_entry_is_located(
    whole: Path, tmp_path: Path, sequence: int, column: str, data: st.DataObject
) -> None:
    """One flipped bit in any text of an entry names that entry, even where the text is no UTF-8 any more."""
    path = Path(shutil.copy(whole, tmp_path / FILE))
    text = str(Tamperer(path).value("entry", column, sequence)).encode()
    bit = data.draw(st.integers(0, len(text) * 8 - 1))
    flipped = bytearray(text)
    flipped[bit // 8] ^= 1 << bit % 8
    statement = f"UPDATE entry SET {column} = CAST(? AS TEXT) WHERE sequence = ?"  # noqa: S608
    Tamperer(path).run((statement, (bytes(flipped), sequence)))
    assert sequence in _where(path)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sequence=ENTRIES.filter(lambda n: n != ERASED), column=st.sampled_from(["salt", "words"]), value=VALUES)
def test_any_other_words_are_located(whole: Path, tmp_path: Path, sequence: int, column: str, value: object) -> None:
    """Other words, or another salt, name the entry they belong to, and what it is."""
    path = Path(shutil.copy(whole, tmp_path / FILE))
    Tamperer(path).run((f"UPDATE words SET {column} = ? WHERE sequence = ?", (value, sequence)))  # noqa: S608
    assert _what(path) == [(sequence, "its words or their salt were altered")]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(left=ENTRIES, right=ENTRIES)
def test_two_swapped_entries_are_both_named(whole: Path, tmp_path: Path, left: int, right: int) -> None:
    """Two entries that changed places are both named with the place they came from, near or far."""
    path = Path(shutil.copy(whole, tmp_path / FILE))
    if left != right:
        Tamperer(path).swap(left, right)
    expected = sorted([(left, f"entry {right} stands here"), (right, f"entry {left} stands here")])
    assert _what(path) == (expected if left != right else [])


@pytest.mark.parametrize("sequence", range(1, SIZE + 1))
@pytest.mark.parametrize("close_gap", [False, True])
def test_a_deleted_entry_is_named(copied: Path, sequence: int, *, close_gap: bool) -> None:
    """A deleted entry is named by its number, also when those after it were renumbered to hide it."""
    Tamperer(copied).delete(sequence, close_gap=close_gap)
    expected: list[tuple[int | str, str]] = [(sequence, "it is gone")]
    if sequence == ERASURE:
        expected.insert(0, (ERASED, "its words are gone, and no later erasure says so"))
    assert _what(copied) == expected


def test_an_entry_deleted_without_its_words_is_named(copied: Path) -> None:
    """Deleting only the row of an entry, or only its words, is told apart."""
    Tamperer(copied).run(("DELETE FROM entry WHERE sequence = 5", ()), ("DELETE FROM words WHERE sequence = 9", ()))
    assert _what(copied) == [(5, "it is gone"), (9, "its words are gone, and no later erasure says so")]


@pytest.mark.parametrize("sequence", range(2, SIZE + 1))
@pytest.mark.parametrize("sound", [False, True])
def test_an_inserted_entry_is_named(copied: Path, sequence: int, *, sound: bool) -> None:
    """An entry slipped in between others, well made or not, is named, and not those it pushed away."""
    Tamperer(copied).insert(sequence, sound=sound)
    assert _what(copied) == [(sequence, "an entry was inserted here")]


@pytest.mark.parametrize("sequence", range(1, SIZE))
def test_a_rewritten_entry_is_named_though_its_hash_is_right(copied: Path, sequence: int) -> None:
    """An entry altered together with its hash is found by the entry after it."""
    Tamperer(copied).rewrite(sequence, "r9")
    assert [where for where, what in _what(copied) if "rewritten" in what] in ([sequence], [sequence + 1])
    assert _where(copied)[0] in (sequence, sequence + 1)


def test_the_last_entry_rewritten_is_seen_against_a_known_head(copied: Path) -> None:
    """Rewriting the end can only be seen by who holds the head, and then it is named."""
    with Ledger.open(copied) as ledger:
        head = ledger.head
    Tamperer(copied).rewrite(SIZE, "r9")
    assert _where(copied) == []
    assert _where(copied, Head(head, SIZE)) == [SIZE]
    assert _where(copied, Head(head)) == [FILE]


@pytest.mark.parametrize("kept", range(1, SIZE))
def test_a_cut_tail_is_seen(copied: Path, kept: int) -> None:
    """A cut tail is named by the database's own count, and, if that was altered too, by a known head."""
    with Ledger.open(copied) as ledger:
        head = ledger.head
    tamperer = Tamperer(copied)
    tamperer.run(*((f"DELETE FROM {name} WHERE sequence > ?", (kept,)) for name in ("entry", "words")))  # noqa: S608
    gone = "it is gone" if kept == SIZE - 1 else f"entries {kept + 1} to {SIZE} are gone"
    assert (kept + 1, gone) in _what(copied)
    tamperer.run(("UPDATE sqlite_sequence SET seq = ?", (kept,)))
    assert (kept + 1, gone) not in _what(copied)
    assert (kept + 1, gone) in _what(copied, Head(head, SIZE))
    assert "no entry has the known head" in _what(copied, Head(head))[-1][1]


def test_several_faults_are_all_named_in_order(copied: Path) -> None:
    """The walk goes on after a fault: altered words, facts, a deletion and a swap are all named, the first first."""
    tamperer = Tamperer(copied)
    tamperer.run(("UPDATE words SET words = '{}' WHERE sequence = 2", ()))
    tamperer.alter("facts", 5, "{}")
    tamperer.delete(8)
    tamperer.swap(10, 12)
    assert _what(copied) == [
        (2, "its words or their salt were altered"),
        (5, "its facts were altered"),
        (8, "it is gone"),
        (10, "entry 12 stands here"),
        (12, "entry 10 stands here"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("facts", '{ "left":"left5"}', "its facts were altered"),
        ("facts_digest", "0" * 64, "the digest of its facts was altered"),
        ("words_digest", "0" * 64, "the digest of its words was altered"),
        ("kind", "record", "its kind was altered, it was judgement"),
        ("version", 2, "its version was altered, it was 1"),
        ("previous", "0" * 64, "its link to the entry before was altered"),
        ("hash", "0" * 64, "its hash was altered"),
        ("author", "r9", "its author or its time was altered"),
        ("at", "2020-01-01T00:00:00Z", "its author or its time was altered"),
        ("author", b"r1", "it was altered and cannot be read"),
        ("sequence", 10**18, "entry 5 stands here"),
    ],
)
def test_what_was_altered_is_said(copied: Path, column: str, value: object, what: str) -> None:
    """The fault says which part of the entry was altered, as far as that can be known."""
    Tamperer(copied).alter(column, 5, value)
    assert what in [what for _, what in _what(copied)]


def test_words_put_back_after_an_erasure_are_named(copied: Path) -> None:
    """Words that an erasure removed must not come back, not even the true ones."""
    Tamperer(copied).run(("INSERT INTO words VALUES (?, ?, ?)", (ERASED, bytes(32), "{}")))
    assert _where(copied) == [ERASED, ERASED]
    assert "its words are still there, although they were erased" in [what for _, what in _what(copied)]


def test_words_without_an_entry_are_named(copied: Path) -> None:
    """Words under a number that never was are found."""
    Tamperer(copied).run(("INSERT INTO words VALUES (99, ?, '{}')", (bytes(32),)))
    assert _what(copied) == [(99, "there are words here and no entry")]


@pytest.mark.parametrize(
    ("statement", "value", "what"),
    [
        ("UPDATE secret SET secret = ?", bytes(32), "the case's secret, or the beginning"),
        ("UPDATE secret SET genesis = ?", "0" * 64, "the case's secret, or the beginning"),
        ("DELETE FROM secret WHERE id = ?", 1, "the case's secret is gone"),
        ("UPDATE sqlite_sequence SET seq = ?", 3, "the database's own count of entries was altered: it says 3"),
        ("UPDATE sqlite_sequence SET seq = ?", "many", "the database's own count of entries was altered: it says 0"),
        ("DELETE FROM sqlite_sequence WHERE seq > ?", 0, "the database's own count of entries was altered: it says 0"),
    ],
)
def test_the_rest_of_the_database_is_checked_too(copied: Path, statement: str, value: object, what: str) -> None:
    """The secret and the database's own count are told from the entries they speak of."""
    Tamperer(copied).run((statement, (value,)))
    ((where, said),) = _what(copied)
    assert where == FILE
    assert said.startswith(what)


def test_a_counter_that_says_too_much_is_a_cut_tail(copied: Path) -> None:
    """A count beyond the last entry is read as entries that are gone, however many."""
    Tamperer(copied).run(("UPDATE sqlite_sequence SET seq = ?", (10**15,)))
    assert _what(copied) == [(SIZE + 1, f"entries {SIZE + 1} to {10**15} are gone")]


@pytest.mark.parametrize("rule", rules())
def test_a_dropped_rule_is_named(copied: Path, rule: str) -> None:
    """Who drops a trigger and does nothing else is found as well."""
    with closing(sqlite3.connect(copied)) as connection:
        connection.execute(f"DROP TRIGGER {rule}")
    assert _what(copied) == [(FILE, f"the database's own rule `{rule}` was altered, dropped or added")]


def test_another_beginning_is_named(whole: Path, tmp_path: Path) -> None:
    """A ledger whose entries came from another case does not fit its own secret."""
    other = tmp_path / FILE
    with Ledger.create(other, secret=bytes(32)) as ledger:
        ledger.append_many([judgement(1)])
    with closing(sqlite3.connect(whole)) as connection:
        secret = connection.execute("SELECT secret, genesis FROM secret").fetchone()
    Tamperer(other).run(("UPDATE secret SET secret = ?, genesis = ?", secret))
    assert _what(other) == [(1, "it was rewritten: it follows another entry than the one before it")]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_damaged_file_never_raises_and_is_never_silently_other(
    whole: Path, tmp_path: Path, data: st.DataObject
) -> None:
    """One flipped byte anywhere in the file is a fault, or changes nothing that is said: no error, no lie."""
    content = bytearray(whole.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path / FILE
    path.write_bytes(content)
    if verify_chain(path).ok:
        with Ledger.open(path) as ledger, Ledger.open(whole) as sound:
            assert list(ledger.entries()) == list(sound.entries())
            assert ledger.secret == sound.secret


@pytest.mark.parametrize("content", [b"", b"no database", bytes(10_000)])
def test_a_file_that_is_no_ledger_is_a_fault(tmp_path: Path, content: bytes) -> None:
    """Verifying something that is no ledger gives a fault that says so."""
    path = tmp_path / FILE
    path.write_bytes(content)
    ((where, what),) = _what(path)
    assert where == FILE
    assert "this is no ledger" in what


def test_a_missing_ledger_is_said_to_be_missing(tmp_path: Path) -> None:
    """There is nothing to verify where there is no file."""
    with pytest.raises(NotFound, match="there is no ledger here"):
        verify_chain(tmp_path / FILE)


def test_a_ledger_held_by_another_program_is_no_fault(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That somebody is writing at the moment is said as such, and not as damage."""
    monkeypatch.setattr("cenotaph.ledger.verify.TIMEOUT", 0.05)
    with closing(sqlite3.connect(copied, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Conflict, match="another program is writing"):
            verify_chain(copied)


def test_everything_altered_at_once_ends_soon(tmp_path: Path) -> None:
    """A ledger of which every entry was altered is walked to its end, each entry named."""
    path = tmp_path / FILE
    with Ledger.create(path, secret=SECRET) as ledger:
        ledger.append_many(judgement(number) for number in range(1500))
    Tamperer(path).run(("UPDATE entry SET author = 'r9'", ()))
    assert _where(path) == list(range(1, 1501))
