"""A stranger can prove that nothing was altered; every fault is named."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.errors import NotFound
from cenotaph.pipeline import decide
from cenotaph.pipeline.checking import verify
from cenotaph.pipeline.estimating import register_of


@pytest.fixture
def judged(case_folder):
    """Return a case with a few decisions in its ledger."""
    people = [person.id for person in register_of(Case.load(case_folder)).persons()][:6]
    for left, right in zip(people[::2], people[1::2], strict=True):
        decide(case_folder, "judge", author="r1", left=left, right=right, verdict="different", reason="two people")
    return case_folder


def tamper(folder: Path, *statements: str) -> None:
    """Change the ledger as somebody with the file and a database program would: triggers do not stop them."""
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def where(found):
    return [fault["where"] for fault in found["faults"]]


def test_untouched_case_is_whole(judged):
    """A case nobody touched verifies, with its head and its counts."""
    found = verify(judged)

    assert found["ok"]
    assert found["faults"] == []
    assert found["files"] == 8 + 7 + 1  # lists of the dead, tables about places and actors, an article
    assert found["entries"] == 16 + 8 + 3 + 9  # files, readings of lists, judgements, records from the article


@pytest.mark.parametrize("place", [0, -1])
def test_flipped_byte_of_a_captured_file_is_named(judged, place):
    """One flipped bit in one captured file is found, and the file named."""
    path = sorted(path for path in (judged / "sources").rglob("*") if path.is_file())[2]
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    found = verify(judged)

    assert not found["ok"]
    assert where(found) == [path.relative_to(judged).as_posix()]


def test_deleted_captured_file_is_named(judged):
    """A captured file that is gone is found."""
    path = next(path for path in sorted((judged / "sources").rglob("*")) if path.is_file())
    path.unlink()

    assert where(verify(judged)) == [path.relative_to(judged).as_posix()]


def test_file_that_nobody_captured_is_named(judged):
    """A file smuggled in among the originals is found."""
    (judged / "sources" / "aa").mkdir(exist_ok=True)
    (judged / "sources" / "aa" / "smuggled").write_text("x", encoding="utf-8")

    assert where(verify(judged)) == ["sources/aa/smuggled"]


def test_altered_entry_is_named(judged):
    """An entry whose verdict was turned round is found by its number."""
    with sqlite3.connect(judged / "ledger.sqlite") as ledger:
        number = ledger.execute("SELECT max(sequence) FROM entry WHERE facts LIKE '%different%'").fetchone()[0]
    tamper(judged, "UPDATE entry SET facts = replace(facts, 'different', 'same') WHERE sequence ="
                   " (SELECT max(sequence) FROM entry WHERE facts LIKE '%different%')")  # fmt: skip

    assert where(verify(judged))[0] == number


def test_deleted_entry_is_named(judged):
    """An entry taken out of the middle is found."""
    tamper(judged, "DELETE FROM words WHERE sequence = 13", "DELETE FROM entry WHERE sequence = 13")

    assert 13 in where(verify(judged))


def test_swapped_entries_are_named(judged):
    """Two entries that changed places are found."""
    tamper(
        judged,
        "UPDATE entry SET sequence = 1014 WHERE sequence = 14",
        "UPDATE entry SET sequence = 14 WHERE sequence = 15",
        "UPDATE entry SET sequence = 15 WHERE sequence = 1014",
    )

    assert {14, 15} & set(where(verify(judged)))


def test_altered_derived_table_is_named(judged):
    """A derived table that is not as it was built is found too."""
    path = judged / "build" / "register" / "persons.parquet"
    path.write_bytes(path.read_bytes() + b"x")

    assert where(verify(judged)) == ["build/register/persons.parquet"]


def test_no_ledger_at_all(tmp_path):
    """A folder without a ledger is an error, not a clean bill."""
    with pytest.raises(NotFound, match=r"there is no ledger.sqlite"):
        verify(tmp_path)
