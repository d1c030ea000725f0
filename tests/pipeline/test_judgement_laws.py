"""The laws of judgements where people meet them: in the ids of the persons of a case."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cenotaph.case import Case
from cenotaph.demo import write_case
from cenotaph.pipeline import build, decide
from cenotaph.pipeline.estimating import register_of

SIZE = 90


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built case of a few invented people; read only."""
    folder = tmp_path_factory.mktemp("laws") / "case"
    write_case(folder, size=SIZE)
    build(folder, until="link")
    return folder


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.integers(0, 10_000), min_size=2, max_size=2, unique=True), reviewer=st.sampled_from("rs"))
def test_same_then_different_gives_both_ids_back(
    small: Path, tmp_path_factory: pytest.TempPathFactory, numbers: list[int], reviewer: str
) -> None:
    """Two persons called the same are one under the elder id; called different, both have the ids they had."""
    folder = Path(shutil.copytree(small, tmp_path_factory.mktemp("judged") / "case"))
    before = {person.public_id: person.records for person in register_of(Case.load(folder)).persons()}
    one, other = (sorted(before)[number % len(before)] for number in numbers)
    if one == other:
        return
    sides = {"left": before[one][0], "right": before[other][0]}
    decide(folder, "judge", author=reviewer, verdict="same", reason="a trial", **sides)
    merged = {person.public_id: person for person in register_of(Case.load(folder)).persons()}
    kept = {one, other} & merged.keys()
    assert len(kept) == 1
    assert ({one, other} - kept) <= set(merged[kept.pop()].aliases)
    decide(folder, "judge", author=reviewer, verdict="different", reason="taken back", **sides)
    after = {person.public_id: person.records for person in register_of(Case.load(folder)).persons()}
    assert after == before


def test_persons_are_the_same_in_any_order_of_rows_and_lists(small: Path, tmp_path: Path) -> None:
    """Rows backwards in every file and lists backwards in the configuration give persons of the same records."""
    turned = tmp_path / "case"
    write_case(turned, size=SIZE)
    for path in turned.rglob("*.csv"):
        _turn(path)
    config = turned / "cenotaph.toml"
    config.write_text(_lists_backwards(config.read_text(encoding="utf-8")), encoding="utf-8")
    build(turned, until="link")
    found, plain = (
        {frozenset(person.records) for person in register_of(Case.load(folder)).persons()} for folder in (turned, small)
    )
    assert found == plain


def _turn(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        head, *rows = list(csv.reader(handle))
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([head, *reversed(rows)])


def _lists_backwards(text: str) -> str:
    """Return the configuration with its lists, each with all its tables, in the opposite order."""
    parts = re.split(r"(?m)^(?=\[)", text)
    names = list(dict.fromkeys(re.findall(r"(?m)^\[lists\.([^\].]+)", text)))
    owned = {name: [part for part in parts if re.match(rf"\[lists\.{re.escape(name)}[\].]", part)] for name in names}
    others = [part for part in parts if not part.startswith("[lists.")]
    assert len(names) > 1
    return "".join([*others, *(part for name in reversed(names) for part in owned[name])])
