from __future__ import annotations

from typing import Any

import pytest

from cenotaph.errors import InputError, LedgerError
from cenotaph.ledger.canon import digest
from cenotaph.ledger.entries import KINDS, Draft, Header, checked, genesis, upgraded


def _draft(kind: str, **facts: Any) -> Draft:
    return Draft(kind=kind, facts=facts, words={}, author="r1")


def test_there_are_eight_kinds() -> None:
    """The ledger knows eight kinds of entry and nothing else."""
    assert list(KINDS) == ["source", "reading", "record", "judgement", "choice", "consent", "erasure", "release"]


def test_an_unknown_kind_is_refused() -> None:
    """A ninth kind cannot enter."""
    with pytest.raises(InputError, match="entry kind 'merge' does not exist; the kinds are source"):
        checked(_draft("merge"))


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_fact_that_is_missing_is_named(kind: str) -> None:
    """Each kind refuses to be entered without its facts, and says which."""
    with pytest.raises(InputError, match=f"{kind} entry: its facts need `{next(iter(KINDS[kind]))}`"):
        checked(_draft(kind))


def test_a_yes_is_no_number() -> None:
    """A fact of the wrong type is refused; true does not pass for 1."""
    with pytest.raises(InputError, match=r"`number` \(int\)"):
        checked(_draft("release", number=True, manifest="x"))


def test_an_unsigned_entry_is_refused() -> None:
    """Somebody answers for every entry."""
    with pytest.raises(InputError, match="nobody signs it"):
        checked(Draft(kind="erasure", facts={"erases": []}, words={}, author=" "))


def test_the_hash_covers_every_part_of_the_header() -> None:
    """Changing any part of the header changes its hash."""
    header = Header(at="t", author="a", facts="f", kind="k", previous="p", sequence=1, version=1, words="w")
    texts = [
        Header(**{**header._asdict(), name: "x"}) for name, value in header._asdict().items() if isinstance(value, str)
    ]
    others = [*texts, header._replace(sequence=7), header._replace(version=7)]
    assert len({header.hash(), *(other.hash() for other in others)}) == len(header) + 1


def test_the_hash_is_that_of_canonical_json() -> None:
    """A verifier written from the documentation alone computes the same hash."""
    header = Header(at="t", author="س", facts="f", kind="k", previous="p", sequence=1, version=1, words="w")
    assert header.hash() == digest(dict(reversed(header._asdict().items())))


def test_the_beginning_of_a_chain_depends_on_the_secret() -> None:
    """Two cases never share a beginning, and the beginning does not give the secret away."""
    assert genesis(bytes(32)) != genesis(bytes(31) + b"\x01")
    assert bytes(32).hex() not in genesis(bytes(32))


def test_old_facts_are_upgraded_step_by_step() -> None:
    """An entry of an old version is read as the current version writes it."""
    steps = {
        1: lambda kind, facts: {**facts, "kind": kind},
        2: lambda _, facts: {"a": facts["a"], "seen": facts["kind"]},
    }
    assert upgraded("source", 1, {"a": 1}, steps=steps, current=3) == {"a": 1, "seen": "source"}
    assert upgraded("source", 3, {"a": 1}, steps=steps, current=3) == {"a": 1}


def test_facts_of_a_newer_version_are_refused() -> None:
    """An entry that this program cannot understand is not half understood."""
    with pytest.raises(LedgerError, match="version 2; this Cenotaph reads versions up to 1: install a newer one"):
        upgraded("source", 2, {})
