"""Where the remains are: stated apart from the fate, and never presumed."""

from __future__ import annotations

import pytest
from tests.registry.town import town

from cenotaph.registry import Fate

LISTS = {"committee": {}, "families": {"states": None}}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"whereabouts": "concealed"}, "concealed"),
        ({"whereabouts": "پیکر تحویل شد"}, "returned"),
        ({"burial.manner": "buried secretly"}, "concealed"),
        ({"burial.manner": "گور جمعی"}, "concealed"),
        ({"burial.manner": "family grave"}, "returned"),
        ({"burial.place": "mass grave"}, "concealed"),
        ({"burial.place": "Khavar"}, "claimed"),
        ({"withholding.body": "yes"}, None),
        ({"whereabouts": "who knows"}, None),
        ({"death.date": "1988"}, None),
    ],
)
def test_only_what_is_said_of_the_remains_is_stated(said: dict[str, str], expected: str | None) -> None:
    """A word for the grave states what it says; a death, a withheld body and an unknown word state nothing."""
    person = town([{"list": "committee", "name": "A", **said}], [0], lists=LISTS).person(0)
    assert person.whereabouts == ({expected: ("committee",)} if expected else {})


def test_a_killing_does_not_say_where_and_a_grave_does_not_say_how() -> None:
    """Two things: a stated killing leaves the remains unknown, a stated grave leaves the manner of death unstated."""
    rows = [{"list": "committee", "name": "A"}, {"list": "families", "name": "B", "burial.place": "Khavar"}]
    killed, buried = town(rows, [0, 1], lists=LISTS).persons()
    assert (killed.fate, killed.whereabouts) == (Fate.KILLED, {})
    assert (buried.fate, buried.whereabouts) == (Fate.DIED, {"claimed": ("families",)})


def test_statements_stand_side_by_side_with_their_lists() -> None:
    """A claimed place and a secret burial are both kept, each with who states it."""
    rows = [
        {"list": "committee", "name": "A", "burial.place": "Khavar"},
        {"list": "families", "name": "A", "whereabouts": "concealed"},
    ]
    person = town(rows, [0, 0], lists=LISTS).person(0)
    assert person.whereabouts == {"claimed": ("committee",), "concealed": ("families",)}
