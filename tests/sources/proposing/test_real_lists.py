"""How much of the hand-made mappings is proposed from the raw files. Only columns and counts of theirs are here."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.config import ListTable, load_config, template_columns
from cenotaph.demo import write_case
from cenotaph.sources.proposing import Draft, Line, propose
from cenotaph.values import calendars, is_known, property_of

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
NAMES = ("iran-2022", "iran-1988", "chile-1973-1990", "us-2013-2017")
LEAST = 0.9
DETAIL = frozenset({"setting", "coordinates", "coordinates_exact"})  # of an event, mapped by hand where a list has them
Mapping = dict[str, object]


def by_hand(table: ListTable) -> Mapping:
    """Return what a hand-made table maps: columns, key, order, calendars, citations, words that say nothing."""
    found: Mapping = {f"columns.{key}": frozenset(rule.sources) for key, rule in table.columns.items()}
    found["key"] = frozenset(template_columns(table.key))
    found |= {f"calendar.{key}": calendar for key, calendar in table.calendar.items()}
    found |= {f"cites.{cite.column}": True for cite in table.cites.values()}
    found |= {"date_order": table.date_order} if table.date_order else {}
    return found | ({"missing": frozenset(table.missing)} if table.missing else {})


def value_of(line: Line) -> object:
    """Return what a proposed line says, in the form of ``by_hand``."""
    value = line.value["column"] if isinstance(line.value, dict) else line.value
    texts = value if isinstance(value, list) else [str(value)]
    if line.property or line.key == "key":
        return frozenset(name for text in texts for name in template_columns(text))
    if line.key.startswith("calendar."):
        return calendars.calendar_id(str(value))
    return frozenset(texts) if line.key == "missing" else value


def proposed(draft: Draft) -> Mapping:
    found = {line.key.replace('"', ""): value_of(line) for line in draft.lines}
    return found | {f"cites.{column}": True for column in draft.cites.values()}


def is_wrong(line: Line, hand: Mapping) -> bool:
    """Say whether a line without a question mark contradicts the hand-made table, or would publish what it does not."""
    key = line.key.replace('"', "")
    if line.certainty != "sure" or key == "language":
        return False
    if key in hand:
        return value_of(line) != hand[key]
    return bool(line.property) and is_known(line.property) and property_of(line.property).audience == "public"


@pytest.fixture(scope="module")
def drafts(cases: Path) -> dict[str, tuple[ListTable, Draft]]:
    """Return hand-made table and proposal of every list of the examples."""
    found = {}
    for name in NAMES:
        for list_name, table in load_config(EXAMPLES / name).lists.items():
            path = cases / name / table.files[0]
            found[f"{name}/{list_name}"] = (table, propose(path.read_bytes(), path.name))
    return found


def first_of(key: str) -> str:
    """Return the key of the first value: ``occupation`` of ``occupation[2]``; numbered acts keep their numbers."""
    return key if "." in key.partition("[2]")[2] else key.replace("[2]", "")


def test_nine_of_ten_hand_made_mappings_are_proposed(
    drafts: dict[str, tuple[ListTable, Draft]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the lines of the hand-made examples, details of events apart, nine in ten are proposed, in each example too.

    A column that the hand keeps as a second value beside a first may be proposed as one of the two that are looked at.
    """
    hit: dict[str, int] = dict.fromkeys(NAMES, 0)
    total: dict[str, int] = dict.fromkeys(NAMES, 0)
    for name, (table, draft) in drafts.items():
        hand, machine = by_hand(table), proposed(draft)
        hand = {key: value for key, value in hand.items() if key.strip('"').rpartition(".")[2] not in DETAIL}
        found = [key for key, value in hand.items() if value <= machine.get(first_of(key), frozenset())]
        case = name.partition("/")[0]
        hit[case] += len(found)
        total[case] += len(hand)
    with capsys.disabled():
        print("\n" + "\n".join(f"{case}: {hit[case]} of {total[case]} mappings proposed" for case in NAMES))  # noqa: T201
        print(f"all: {sum(hit.values())} of {sum(total.values())}")  # noqa: T201
    assert all(hit[case] >= LEAST * total[case] for case in NAMES)


def test_nothing_is_wrong_without_a_question_mark(drafts: dict[str, tuple[ListTable, Draft]]) -> None:
    """No line that is proposed as sure contradicts the hand-made example or publishes what it keeps internal."""
    wrong = {
        name: [line.key for line in draft.lines if is_wrong(line, by_hand(table))]
        for name, (table, draft) in drafts.items()
    }
    assert {name: keys for name, keys in wrong.items() if keys} == {}


def test_three_quarters_of_the_bundled_mappings_are_proposed(tmp_path: Path) -> None:
    """Of the bundled case three of four hand-made lines are proposed, and nothing sure is wrong in any list.

    The docket is not counted: its forty columns of acts are named as lawyers of one office name them.
    """
    write_case(tmp_path / "case", size=240)
    hit = total = 0
    wrong = {}
    for name, table in load_config(tmp_path / "case").lists.items():
        path = next((tmp_path / "case").rglob(Path(table.files[0]).name))
        draft = propose(path.read_bytes(), path.name)
        hand, machine = by_hand(table), proposed(draft)
        if name != "docket":
            hit += sum(machine.get(key) == value for key, value in hand.items())
            total += len(hand)
        wrong[name] = [line.key for line in draft.lines if is_wrong(line, hand)]
    assert {name: keys for name, keys in wrong.items() if keys} == {}
    assert hit >= 0.75 * total
