"""A case folder folds into frozen facts: the configuration, and what its people decided."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.case import FOLDERS, VISIBILITIES, Case, Consent
from cenotaph.case.fold import fold, settle, settle_attributions, settle_consents
from cenotaph.errors import ConfigError, Conflict, LedgerError, NotFound
from cenotaph.ledger import is_public_id, public_id
from cenotaph.model import Attribution, Citation, Involvement, Judgement, Verdict

SECRET = bytes(range(32))
TOML = """
[case]
title = "A town"
languages = ["en"]
period = "1988"

[lists.paper]
title = "The paper"
file = "paper.csv"
key = "id"
unique = true
capture = true
states = "killed"
language = "en"
date_order = "dmy"
covers = { period = "1988/.." }
columns.name = "name"
columns."death.date" = "date"
calendar."death.date" = "gregorian"

[lists.compiler]
file = "compiler.csv"
key = "id"
derived_from = ["paper"]
columns.name = "name"
[lists.compiler.cites]
paper = "P"
book = { column = "B", title = "The book" }
"""


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Make a case without entries."""
    return Case.create(tmp_path / "town", TOML, secret=SECRET)


def _append(case: Case, kind: str, facts: dict[str, Any], words: dict[str, Any], author: str = "r1") -> Case:
    with case.open_ledger() as ledger:
        ledger.append(kind, facts, words, author)
    return Case.load(case.folder)


def test_a_case_folder_is_made_whole(case: Case) -> None:
    """Making a case gives configuration, ledger and the folders beside them; loading gives the same case."""
    assert sorted(path.name for path in case.folder.iterdir()) == sorted([*FOLDERS, "cenotaph.toml", "ledger.sqlite"])
    assert Case.exists(case.folder)
    assert Case.load(case.folder) == case
    assert all(folder.is_dir() for folder in (case.sources_folder, case.build_folder, case.releases_folder))
    assert case.period == (dt.date(1988, 1, 1), dt.date(1988, 12, 31))


def test_a_case_is_frozen_and_keeps_its_secret(case: Case) -> None:
    """A case does not change, and its secret is in no text made of it."""
    with pytest.raises(FrozenInstanceError):
        case.head = "x"  # type: ignore[misc]
    assert case.secret == SECRET
    assert repr(SECRET) not in repr(case)
    assert SECRET.hex() not in repr(case)


def test_lists_become_facts_and_citations_lists_of_their_own(case: Case) -> None:
    """Every list is a frozen fact; a list that is only cited stands after them and is never a capture."""
    assert list(case.lists) == ["paper", "compiler", "book"]
    paper, compiler, book = case.lists.values()
    assert (paper.title, paper.unique, paper.capture, paper.states) == ("The paper", True, True, "killed")
    assert (paper.calendars, paper.date_order, paper.language) == ({"death.date": "gregory"}, "dmy", "en")
    assert (paper.covers, paper.citation_of) == ({"period": "1988/.."}, None)
    assert (compiler.title, compiler.capture, compiler.derived_from) == ("compiler", None, ("paper",))
    assert compiler.citations == (Citation(name="paper", title="paper"), Citation(name="book", title="The book"))
    assert (book.title, book.citation_of, book.capture) == ("The book", "compiler", False)


def test_a_hand_written_configuration_becomes_a_case(tmp_path: Path) -> None:
    """Where the configuration is there already, a case is made around it and the files beside it are left alone."""
    (tmp_path / "cenotaph.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "paper.csv").write_text("id,name\n", encoding="utf-8")
    assert Case.create(tmp_path).config.case.title == "A town"
    assert (tmp_path / "paper.csv").read_text(encoding="utf-8") == "id,name\n"


def test_an_interrupted_making_can_be_repeated(tmp_path: Path) -> None:
    """A folder that has its configuration and no ledger yet takes the same configuration again."""
    (tmp_path / "cenotaph.toml").write_bytes(TOML.encode())
    assert Case.create(tmp_path, TOML).head


def test_a_case_is_never_replaced(case: Case) -> None:
    """Making a case where there is one fails, whatever configuration is given."""
    for text in (None, TOML):
        with pytest.raises(Conflict, match="a case is never replaced"):
            Case.create(case.folder, text)
    assert Case.load(case.folder) == case


def test_another_configuration_is_never_overwritten(tmp_path: Path) -> None:
    """A configuration that is there stays as it is."""
    (tmp_path / "cenotaph.toml").write_text("# mine\n", encoding="utf-8")
    with pytest.raises(Conflict, match="another configuration here"):
        Case.create(tmp_path, TOML)
    assert (tmp_path / "cenotaph.toml").read_text(encoding="utf-8") == "# mine\n"


def test_nothing_is_made_of_a_wrong_configuration(tmp_path: Path) -> None:
    """A configuration that cannot be followed leaves no folder behind."""
    with pytest.raises(ConfigError, match="`title` is missing"):
        Case.create(tmp_path / "town", '[case]\nlanguages = ["en"]\n')
    assert list(tmp_path.iterdir()) == []


def test_folders_that_are_no_case_say_what_they_lack(tmp_path: Path) -> None:
    """A missing folder, a foreign one and a template are told apart, each with the way on."""
    with pytest.raises(NotFound, match="there is no such folder"):
        Case.load(tmp_path / "nowhere")
    with pytest.raises(NotFound, match=r"no case folder, it has no cenotaph\.toml; `cenotaph init`"):
        Case.load(tmp_path)
    (tmp_path / "cenotaph.toml").write_text(TOML, encoding="utf-8")
    with pytest.raises(NotFound, match=r"no ledger\.sqlite\. If it is a template"):
        Case.load(tmp_path)
    assert not Case.exists(tmp_path)


def test_public_ids_hang_on_the_secret(case: Case) -> None:
    """A record's public id is that of the case's secret, well-formed, and stable."""
    assert case.public_id("paper:1") == public_id(SECRET, "paper:1") != public_id(bytes(32), "paper:1")
    assert is_public_id(case.public_id("paper:1"))


def test_sources_readings_and_releases_are_folded(case: Case) -> None:
    """Captured files come in order; of the readings of an edition the last counts, and the first places it."""
    source = {"digest": "d1", "size": 5, "media_type": "text/csv", "list": "paper", "edition": 2}
    case = _append(case, "source", source, {"filename": "paper.csv", "origin": "the editor"})
    reading = {"list": "paper", "edition": 2, "source": "d1", "records": 3, "refused": 1, "digest": "x"}
    case = _append(case, "reading", reading, {})
    case = _append(case, "reading", {**reading, "digest": "y", "mapping": "m"}, {})
    case = _append(case, "release", {"number": 1, "manifest": "z"}, {})
    (found,) = case.sources
    assert (found.digest, found.filename, found.origin, found.edition) == ("d1", "paper.csv", "the editor", 2)
    (read,) = case.readings
    assert (read.digest, read.sequence, read.founded, read.facts["mapping"]) == ("y", 3, 2, "m")
    assert [(each.number, each.sequence) for each in case.releases] == [(1, 4)]
    assert (case.decided.entries, len(case.head)) == (4, 64)


def test_the_latest_choice_counts(case: Case) -> None:
    """A later choice for the same record and property replaces the earlier one, whoever made it."""
    facts = {"record": "o", "property": "death.date"}
    for chosen, author in (("paper:1", "r1"), ("paper:2", "r2")):
        words = {"record": "paper:1", "chosen": chosen, "reason": "why"}
        case = _append(case, "choice", {**facts, "chosen": "o"}, words, author)
    (found,) = case.choices
    assert (found.chosen, found.reviewer, found.property, found.sequence) == ("paper:2", "r2", "death.date", 2)


def test_a_decision_whose_words_are_erased_is_moot(case: Case) -> None:
    """A judgement that no longer names its records has no effect and is counted, and the case still loads."""
    facts, words = {"left": "o", "right": "p", "verdict": "same"}, {"left": "a:1", "right": "b:1", "reason": "x"}
    case = _append(case, "judgement", facts, words)
    assert len(case.judgements) == 1
    with case.open_ledger() as ledger:
        ledger.erase(1, "who", "why", author="r1", facts={"records": [case.public_id("a:1")]})
    case = Case.load(case.folder)
    assert (case.judgements, case.decided.moot) == ((), (1,))
    assert (case.is_erased("a:1"), case.is_erased("b:1")) == (True, False)


def test_consent_outlives_the_erasure_of_its_words(case: Case) -> None:
    """Who asked to be hidden stays hidden when the words of that wish are erased."""
    facts = {"record": case.public_id("a:1"), "visibility": "hidden"}
    case = _append(case, "consent", facts, {"record": "a:1", "reason": "the family"})
    with case.open_ledger() as ledger:
        ledger.erase(1, "who", "why", author="r1")
    assert Case.load(case.folder).visibility(["a:1"]) == "hidden"


def test_the_most_closed_consent_of_a_persons_records_holds(case: Case) -> None:
    """A person is as hidden as the most closed of their records; without any consent they are public."""
    assert case.visibility(["a:1", "b:1"]) == "public"
    for record, visibility in (("a:1", "public"), ("b:1", "name-only")):
        facts = {"record": case.public_id(record), "visibility": visibility}
        case = _append(case, "consent", facts, {"record": record, "reason": "x"})
    assert [case.visibility(ids) for ids in (["a:1"], ["a:1", "b:1"], ["c:1"], [])] == [
        "public", "name-only", "public", "public",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "facts", ["{}", "[]", '{"left":"o","right":"p","verdict":"perhaps"}', '{"left":"o","right":"p","verdict":[]}']
)
def test_an_entry_that_makes_no_sense_is_named(case: Case, facts: str) -> None:
    """A ledger that was tampered with gives an error that names the entry, and never a wrong case."""
    words = {"left": "a", "right": "b"}
    _append(case, "judgement", {"left": "o", "right": "p", "verdict": "same"}, words)
    with closing(sqlite3.connect(case.ledger_path)) as connection:
        connection.execute("DROP TRIGGER entry_stays")
        connection.execute("UPDATE entry SET facts = ?", (facts,))
        connection.commit()
    with pytest.raises(LedgerError, match="entry 1 makes no sense; run `cenotaph verify`"):
        Case.load(case.folder)


RECORDS = st.sampled_from(["a:1", "b:1", "c:1"])
JUDGEMENTS = st.lists(
    st.builds(
        Judgement,
        left=RECORDS,
        right=RECORDS,
        verdict=st.sampled_from(Verdict),
        reviewer=st.sampled_from(["r1", "r2"]),
        reason=st.just("why"),
    ),
    max_size=8,
)


@given(JUDGEMENTS)
def test_there_is_one_settled_judgement_a_pair(judgements: list[Judgement]) -> None:
    """Each pair that was judged has one settled judgement, whichever way round it was named."""
    found = [(each.left, each.right) for each in settle(judgements)]
    assert found == sorted({tuple(sorted((each.left, each.right))) for each in judgements})


@given(JUDGEMENTS)
def test_a_verdict_stands_where_all_who_judged_agree(judgements: list[Judgement]) -> None:
    """The settled verdict is that of the reviewers' latest verdicts when they agree, and unsure when they do not."""
    for settled in settle(judgements):
        latest = {
            each.reviewer: each.verdict
            for each in judgements
            if {each.left, each.right} == {settled.left, settled.right}
        }
        verdicts = set(latest.values())
        assert settled.verdict == (verdicts.pop() if len(verdicts) == 1 else Verdict.UNSURE)


@given(JUDGEMENTS)
def test_settling_twice_changes_nothing(judgements: list[Judgement]) -> None:
    """What is settled is settled."""
    once = settle(judgements)
    assert [each.verdict for each in settle(once)] == [each.verdict for each in once]


def test_a_disagreement_says_who_said_what() -> None:
    """Reviewers who disagree are named by their codes, with their verdicts."""
    pair = {"left": "b:1", "right": "a:1"}
    (found,) = settle(
        Judgement(**pair, verdict=verdict, reviewer=reviewer, sequence=number)
        for number, (reviewer, verdict) in enumerate([("r2", Verdict.SAME), ("r1", Verdict.DIFFERENT)], 1)
    )
    assert (found.verdict, found.reviewer, found.sequence) == (Verdict.UNSURE, "r1 r2", 2)
    assert found.reason == "reviewers disagree: r1 different, r2 same"


CONSENTS = st.lists(st.tuples(RECORDS, st.sampled_from(VISIBILITIES), st.sampled_from(["r1", "r2", "r3"])), max_size=8)


@given(CONSENTS)
def test_the_most_closed_of_the_latest_consents_holds(decisions: list[tuple[str, str, str]]) -> None:
    """Of the latest decision of each reviewer about a record the most closed holds."""
    consents = [
        (Consent(record=record, visibility=visibility, reviewer=reviewer, sequence=number), None)
        for number, (record, visibility, reviewer) in enumerate(decisions, 1)
    ]
    latest = {(record, reviewer): visibility for record, visibility, reviewer in decisions}
    for record, held in settle_consents(consents).items():
        said = [VISIBILITIES.index(each) for (about, _), each in latest.items() if about == record]
        assert held.visibility == VISIBILITIES[max(said)]


def test_a_consent_can_overrule_another_reviewers() -> None:
    """A reviewer who is gone does not hide somebody for ever: their decision can be overruled by its number."""
    hidden = Consent(record="o", visibility="hidden", reviewer="r1", sequence=1)
    shown = Consent(record="o", visibility="public", reviewer="r2", sequence=2)
    assert settle_consents([(hidden, None), (shown, None)]) == {"o": hidden}
    assert settle_consents([(hidden, None), (shown, 1)]) == {"o": shown}


def test_no_entries_fold_into_nothing() -> None:
    """A new ledger comes to nothing."""
    assert (fold([]).entries, fold([]).judgements, fold([]).head) == (0, (), "")


ATTRIBUTIONS = st.lists(
    st.builds(
        Attribution,
        record=st.sampled_from(("a:1", "a:2")),
        allegation=st.sampled_from(("x", "y")),
        verdict=st.sampled_from(Involvement),
        reviewer=st.sampled_from(("r1", "r2")),
    ),
    max_size=8,
)


@given(ATTRIBUTIONS)
def test_an_attribution_holds_only_while_every_reviewer_of_it_agrees(attributions: list[Attribution]) -> None:
    """One settled attribution a record and allegation: the latest verdicts where they agree, *unsure* where not."""
    numbered = [dataclasses.replace(each, sequence=at) for at, each in enumerate(attributions, 1)]
    last = {(each.record, each.allegation, each.reviewer): each.verdict for each in numbered}
    settled = {(each.record, each.allegation): each.verdict for each in settle_attributions(numbered)}
    assert set(settled) == {(record, allegation) for record, allegation, _ in last}
    for (record, allegation), verdict in settled.items():
        said = {said for (r, a, _), said in last.items() if (r, a) == (record, allegation)}
        assert verdict is (said.pop() if len(said) == 1 else Involvement.UNSURE)
