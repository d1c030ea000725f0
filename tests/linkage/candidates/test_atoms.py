"""What records are found by, where there is too much of it."""

from __future__ import annotations

import numpy as np
from tests.linkage.world import crowd, facts, run, table, together

from cenotaph.linkage.candidates import atoms
from cenotaph.linkage.encoding import encode, prepare


def _atoms(rows: list[dict[str, str | None]]) -> atoms.Atoms:
    records = table(rows)
    order = encode.canonical_rows(records)
    lists, names = encode.encode_lists(records, order, facts("a", "b"))
    columns = prepare.prepare(records, order, lists, [facts("a", "b")[name] for name in names])
    return atoms.of_columns(columns, len(rows))


def test_a_record_holds_its_rarest_atoms_and_no_more_than_forty() -> None:
    """Of a name of a hundred words forty atoms are kept, and none that is left out is rarer than they are."""
    rows = crowd()
    rows += [dict(row, record=f"{row['record']}x", list="b") for row in rows[:40]]
    words = " ".join(str(row["name"]) for row in rows[:50])
    rows += [{"record": f"{name}:long", "list": name, "name": words} for name in "ab"]
    found = _atoms(rows)
    held = np.diff(found.offsets)
    assert held.max() == 40
    assert found.shortened == int((held == 40).sum()) == 2
    long = int(np.argmax(held))
    kept = found.atom[found.offsets[long] : found.offsets[long + 1]]
    assert (np.diff(kept) > 0).all()  # numbered from the commonest on
    assert (np.diff(found.held[kept]) <= 0).all()


def test_two_long_names_of_one_person_are_still_found() -> None:
    """A page of names on two lists is compared, linked where all else agrees, and reported as shortened."""
    rows = crowd()
    words = " ".join(str(row["name"]) for row in rows[:50])
    both = {"name": words, "death.date": "1987-07-14", "death.place": "Dorud", "age": "31", "sex": "male"}
    rows += [{"record": "a:x", "list": "a", **both}, {"record": "b:y", "list": "b", **both}]
    links = run(rows)
    assert links.report["candidates"]["shortened"] == 2
    assert together(links, rows, "a:x", "b:y")
