"""What claim keys mean."""

from __future__ import annotations

import pytest

from cenotaph.errors import NotFound
from cenotaph.values.properties import PROPERTIES, is_known, property_of

KINDS = {"name", "date", "place", "age", "code", "text", "number"}


def test_index_does_not_matter() -> None:
    """``trial[2].date`` is the same property as ``trial.date``."""
    assert property_of("trial[2].date") is property_of("trial.date")
    assert is_known("name[3]")


@pytest.mark.parametrize("key", ["other.hospital", "cites.some_book"])
def test_unmapped_columns_are_internal(key: str) -> None:
    """A column that is mapped to nothing, and a citation, are internal."""
    assert property_of(key).audience == "internal"
    assert not is_known(key)


def test_unknown_key_is_refused_with_a_hint() -> None:
    """A misspelt property is an error that proposes the nearest name."""
    with pytest.raises(NotFound, match=r"did you mean `death\.date`"):
        property_of("death.dat")
    with pytest.raises(NotFound, match=r"values/data/properties\.csv"):
        property_of("zzzzzz")


def test_every_property_is_complete() -> None:
    """Each has a kind, an audience and a label in English and Persian."""
    for each in PROPERTIES.values():
        assert each.kind in KINDS
        assert each.audience in {"public", "internal"}
        assert each.label("en")
        assert each.label("fa") != each.label("en")


def test_label_falls_back() -> None:
    """A language without a label gets the English one, a property without labels its own name."""
    assert property_of("age").label("xx") == "Age"
    assert property_of("other.hospital").label("fa") == "other.hospital"


def test_the_dangerous_ones_are_internal() -> None:
    """Relatives, informants, contacts, identity numbers and allegations are internal by default."""
    for key in ("relative", "informant", "contact", "identity.number", "actor.alleged", "sexual.violence", "photo"):
        assert property_of(key).audience == "internal"
