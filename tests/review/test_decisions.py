"""What people decide becomes one entry each, checked, and without a name among its facts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.errors import InputError, NotFound
from cenotaph.ledger import Ledger, verify_chain
from cenotaph.model import Verdict
from cenotaph.review import Review

TOML = '[case]\ntitle = "A town"\nlanguages = ["en"]\n'
A, B, C = "paper:Invented Name-1", "book:2", "book:3"
KNOWN = frozenset({A, B, C})
WHY = "the same father"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Make a case without entries."""
    return Case.create(tmp_path / "town", TOML)


@pytest.fixture
def ledger(case: Case) -> Iterator[Ledger]:
    """Open its ledger."""
    with case.open_ledger() as found:
        yield found


@pytest.fixture
def review(ledger: Ledger) -> Review:
    """Let a reviewer work on it."""
    return Review(ledger, "r1", KNOWN)


def test_a_judgement_counts_at_once(case: Case, review: Review) -> None:
    """A judgement is one entry and stands in the case that is loaded after it, records in their order."""
    entry = review.judge(B, A, "different", reason=f" {WHY} ")
    (found,) = Case.load(case.folder).judgements
    assert (found.left, found.right, found.verdict) == (B, A, Verdict.DIFFERENT)
    assert (found.reviewer, found.reason, found.sequence) == ("r1", WHY, entry.sequence)


def test_a_wrong_judgement_is_taken_back_without_loss(case: Case, review: Review) -> None:
    """A later verdict replaces the earlier one, and both stay in the ledger."""
    review.judge(A, B, "same", reason=WHY)
    review.judge(B, A, "unsure", reason="looked again")
    assert [each.verdict for each in Case.load(case.folder).judgements] == [Verdict.UNSURE]
    assert [entry.facts["verdict"] for entry in review.ledger.entries()] == ["same", "unsure"]


def test_no_fact_names_a_record(case: Case, review: Review) -> None:
    """A list's own key can hold a name, so facts, which are kept for ever, have opaque ids only."""
    review.judge(A, B, "same", reason=WHY)
    review.choose(A, "name", reason=WHY, chosen=B)
    review.consent(A, "hidden", reason=WHY)
    review.erase(A, who="the family", why="they asked")
    review.release("0" * 64)
    facts = json.dumps([dict(entry.facts) for entry in review.ledger.entries()])
    assert "Invented" not in facts
    assert "paper" not in facts
    assert case.public_id(A) in facts


def test_a_choice_shows_another_records_value(case: Case, review: Review) -> None:
    """A choice names the property without its index, and the record itself when no other is given."""
    review.choose(A, "death.date", reason=WHY, chosen=B)
    review.choose(C, "name[2]", reason=WHY)
    found = [(each.record, each.property, each.chosen) for each in Case.load(case.folder).choices]
    assert found == [(A, "death.date", B), (C, "name", C)]


def test_a_choice_can_be_taken_back(case: Case, review: Review) -> None:
    """Taking back is a later choice of nobody: it stands in the ledger with its reason, and the rule decides again."""
    review.choose(A, "death.date", reason=WHY, chosen=B)
    review.unchoose(B, "death.date", reason="the letter was about somebody else")
    found = [(each.record, each.property, each.chosen) for each in Case.load(case.folder).choices]
    assert found == [(A, "death.date", B), (B, "death.date", "")]
    assert verify_chain(review.ledger).ok


def test_consent_is_cautious_among_reviewers(case: Case, review: Review) -> None:
    """Another reviewer who does not know of a wish cannot undo it, but can overrule it knowingly."""
    hidden = review.consent(A, "hidden", reason="the family asked")
    other = Review(review.ledger, "r2", KNOWN)
    other.consent(A, "public", reason="no reason not to")
    assert Case.load(case.folder).visibility([A]) == "hidden"
    other.consent(A, "public", reason="the family changed its mind", overrules=hidden.sequence)
    assert Case.load(case.folder).visibility([A]) == "public"


def test_only_a_consent_for_the_same_record_is_overruled(review: Review) -> None:
    """Naming another entry by mistake is refused."""
    judged = review.judge(A, B, "same", reason=WHY)
    hidden = review.consent(B, "hidden", reason=WHY)
    for entry in (judged, hidden):
        with pytest.raises(NotFound, match=f"entry {entry.sequence} is no consent for this record"):
            review.consent(A, "public", reason=WHY, overrules=entry.sequence)
    with pytest.raises(NotFound, match="entry 99 does not exist"):
        review.consent(A, "public", reason=WHY, overrules=99)


def test_erasing_a_record_erases_what_was_said_of_it(case: Case, review: Review) -> None:
    """All words about a record go, those about others stay, no reading may bring it back, and the chain verifies."""
    review.judge(A, B, "same", reason="CANARY one")
    review.judge(B, C, "same", reason="stays")
    review.consent(A, "name-only", reason="CANARY two")
    review.choose(B, "name", reason="CANARY three", chosen=A)
    entry = review.erase(A, who="the family", why="they asked")
    assert entry.facts == {"erases": [1, 3, 4], "records": [case.public_id(A)]}
    assert verify_chain(review.ledger).ok
    after = Case.load(case.folder)
    assert (after.is_erased(A), after.is_erased(B)) == (True, False)
    assert [(each.left, each.right) for each in after.judgements] == [(B, C)]
    assert (after.choices, after.decided.moot) == ((), (1, 4))
    assert after.visibility([A]) == "name-only"
    data = case.ledger_path.read_bytes()
    assert b"CANARY" not in data
    assert b"Invented" not in data
    assert b"stays" in data


def test_a_record_nobody_decided_about_can_be_erased(case: Case, review: Review) -> None:
    """Erasing needs no earlier decision."""
    assert review.erase(C, who="w", why="y").facts["erases"] == []
    assert Case.load(case.folder).is_erased(C)


def test_releases_are_numbered_and_tied_to_a_head(case: Case, review: Review) -> None:
    """Each release has the next number, and the head and count of entries it was made from."""
    head = review.ledger.head
    first, second = review.release("a" * 64, note="first"), review.release("b" * 64)
    assert first.facts == {"number": 1, "manifest": "a" * 64, "head": head, "entries": 0}
    assert (second.facts["number"], second.facts["head"], second.facts["entries"]) == (2, first.hash, 1)
    assert [each.number for each in Case.load(case.folder).releases] == [1, 2]


Act = Callable[[Review], object]


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda r: r.judge(A, "book:9", "same", reason=WHY), "record `book:9` does not exist; ids are list:key"),
        (lambda r: r.choose("book:9", "name", reason=WHY), "record `book:9` does not exist"),
        (lambda r: r.unchoose("book:9", "name", reason=WHY), "record `book:9` does not exist"),
        (lambda r: r.unchoose(A, "deth.date", reason=WHY), "property `deth.date` does not exist"),
        (lambda r: r.choose(A, "name", reason=WHY, chosen="book:9"), "record `book:9` does not exist"),
        (lambda r: r.consent("book:9", "hidden", reason=WHY), "record `book:9` does not exist"),
        (lambda r: r.erase("book:9", who="w", why="y"), "record `book:9` does not exist"),
        (lambda r: r.choose(A, "deth.date", reason=WHY), "property `deth.date` does not exist; did you mean"),
    ],
)
def test_nobody_decides_about_what_is_not_there(review: Review, act: Act, message: str) -> None:
    """A record or property that does not exist is refused by its id, and nothing is written."""
    with pytest.raises(NotFound, match=message):
        act(review)
    assert review.ledger.count == 0


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda r: r.judge(A, A, "same", reason=WHY), "cannot be judged against itself"),
        (lambda r: r.judge(A, B, "equal", reason=WHY), "verdict 'equal' does not exist; write same, different, unsure"),
        (lambda r: r.judge(A, B, "same", reason=" "), "say why"),
        (lambda r: r.consent(A, "private", reason=WHY), "visibility 'private' does not exist; write public, name-only"),
        (lambda r: r.erase(A, who="", why="y"), "say why"),
        (lambda r: r.release("0" * 63), "64 hexadecimal digits"),
        (lambda r: r.release("G" * 64), "64 hexadecimal digits"),
    ],
)
def test_what_cannot_be_a_decision_is_refused(review: Review, act: Act, message: str) -> None:
    """A decision that says too little or nothing known is refused with what to write, and nothing is written."""
    with pytest.raises(InputError, match=message):
        act(review)
    assert review.ledger.count == 0


@pytest.mark.parametrize(
    ("author", "message"),
    [
        ("Ada Invented", "is no name: use a code"),
        ("ada@example.org", "is no e-mail address"),
        ("", "1 to 32 of the letters"),
        ("نام", "1 to 32 of the letters"),
        ("r" * 33, "1 to 32 of the letters"),
        ("-r", "1 to 32 of the letters"),
        ("r1\n", "1 to 32 of the letters"),
    ],
)
def test_reviewers_are_codes_and_never_names(ledger: Ledger, author: str, message: str) -> None:
    """Nobody can sign with a name or an address, and the refusal does not repeat what was typed."""
    with pytest.raises(InputError, match=message) as caught:
        Review(ledger, author)
    assert not author.strip() or author not in str(caught.value)


@pytest.mark.parametrize("author", ["r1", "R-2", "team.b_7", "x" * 32])
def test_codes_are_taken(ledger: Ledger, author: str) -> None:
    """Short codes of letters, digits and a few signs can sign."""
    assert Review(ledger, author).release("0" * 64).author == author


def test_a_legal_review_and_an_attribution_are_facts_by_opaque_id(case: Case, review: Review) -> None:
    """What is reviewed or attributed stands in the facts by opaque ids only, and joins no records."""
    cleared = review.clear("allegation:orders@abc", "public", reason=WHY)
    linked = review.connect(A, "orders", "linked", reason=WHY)
    assert (cleared.kind, linked.kind) == ("consent", "judgement")
    assert (cleared.facts["about"], linked.facts["about"]) == ("allegation", "actor")
    for entry in (cleared, linked):
        assert "orders" not in str(entry.facts)
        assert "Invented" not in str(entry.facts)
    found = Case.load(case.folder)
    assert found.judgements == ()
    assert found.is_cleared("allegation:orders@abc")
    assert not found.is_cleared("allegation:orders@abd")
    assert [(each.record, each.allegation) for each in found.attributions] == [(A, "orders")]


def test_erasing_a_record_takes_its_attributions_back(case: Case, review: Review) -> None:
    """Whoever is erased is linked to no allegation any more, and the chain still verifies."""
    review.connect(A, "orders", "linked", reason=WHY)
    review.connect(B, "orders", "linked", reason=WHY)
    review.erase(A, who="the family", why="they asked")
    assert [each.record for each in Case.load(case.folder).attributions] == [B]
    assert not verify_chain(case.ledger_path).faults
