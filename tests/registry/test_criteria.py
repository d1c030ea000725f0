"""One object computes the status and prints the methodology."""

from __future__ import annotations

import pytest

from cenotaph.errors import ConfigError
from cenotaph.registry.criteria import INCLUSION, Facts, load_criteria


def test_shipped_criteria_by_independent_lists():
    """One independent list reports, two corroborate."""
    criteria = load_criteria()

    assert [criteria.status_of(Facts(independent=n)) for n in (1, 2, 5)] == ["reported", "corroborated", "corroborated"]


def test_dispute_outranks_corroboration():
    """A source that states the person alive disputes the status however many lists name the person."""
    assert load_criteria().status_of(Facts(independent=4, fate_disputed=True)) == "disputed"


def test_withdrawn_by_every_list():
    """A person whom every list has dropped is withdrawn."""
    assert load_criteria().status_of(Facts(independent=1, withdrawn=True)) == "withdrawn"


def test_own_criteria_replace_the_shipped_ones():
    """A case may write its own statuses, and ask for properties."""
    rows = [
        {
            "name": "documented",
            "independent": 2,
            "has": ["death.date"],
            "title": "Documented",
            "text": "Two and a date.",
        },
        {"name": "named", "title": "Named", "text": "Named."},
    ]
    criteria = load_criteria(rows)

    assert criteria.status_of(Facts(independent=2)) == "named"
    assert criteria.status_of(Facts(independent=2, properties=frozenset({"death.date"}))) == "documented"
    assert criteria.properties == {"death.date"}


def test_no_criterion_holds():
    """Where no criterion holds the status says so."""
    rows = [{"name": "documented", "independent": 9, "title": "Documented", "text": "Nine."}]

    assert load_criteria(rows).status_of(Facts(independent=1)) == "unclassified"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"name": "a", "title": "A", "text": "A", "sources": 2}, r"unknown \['sources'\]"),
        ({"name": "a", "title": "A"}, r"lacks \['text'\]"),
    ],
)
def test_mistyped_criterion_is_refused(row, message):
    """A condition nobody computes, or a status without words for the public, is an error that says which."""
    with pytest.raises(ConfigError, match=message):
        load_criteria([row])


def test_every_text_is_there_in_both_languages():
    """Every shipped status and every reason of inclusion has its words in English and Persian."""
    for criterion in load_criteria().status:
        assert set(criterion.title) == set(criterion.text) == {"en", "fa"}
    assert all(set(texts) == {"en", "fa"} for texts in INCLUSION.values())
