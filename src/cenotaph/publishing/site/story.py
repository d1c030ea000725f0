"""What was done to a person, in order, and what follows from it: two sections of the person's page.

Invariant: every line here is a value that also stands among the claims below it, with its sources. An act says what is
in doubt about it; a flag names the values it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minijinja import Markup

from cenotaph.publishing.public import PublicAct, PublicPerson, PublicValue
from cenotaph.publishing.site import codes
from cenotaph.publishing.site.words import Words
from cenotaph.registry.acts import ONCE
from cenotaph.values import properties, vocabularies

Show = Callable[[PublicValue], tuple[Markup | str, str]]
_ELSEWHERE = frozenset({*ONCE, "event", "disappearance"})  # stand among the facts; alone they make no story


class StoryView:
    """Makes the acts and the flags of a person, in one language.

    Parameters
    ----------
    words
        The words of the language.
    show
        Returns a value as the language writes it, and a note of doubt.
    """

    def __init__(self, words: Words, show: Show) -> None:
        self.words = words
        self._show = show
        self._kinds = {each.code: each.label(words.language) for each in vocabularies.entries("act")}

    def acts(self, person: PublicPerson) -> list[dict[str, Any]]:
        """Return the acts in time order; none where all that is known of them stands among the facts."""
        if all(act.kind in _ELSEWHERE for act in person.acts):
            return []
        return [self._act(act, person) for act in person.acts if act.kind != "birth"]

    def follows(self, person: PublicPerson) -> list[dict[str, Any]]:
        """Return what follows from the acts, with the values it rests on."""
        return [
            {
                "title": codes.said(codes.FOLLOWS, flag.name, self.words),
                "certainty": codes.said(codes.CERTAINTY, flag.certainty, self.words),
                "grounds": self.words.say(", ").join(self._label(name, number) for name, number in flag.grounds),
            }
            for flag in person.follows
        ]

    def _act(self, act: PublicAct, person: PublicPerson) -> dict[str, Any]:
        told = [value for value in person.values if value.index == act.index and _kind(value) == act.kind]
        dated = next((value for value in told if value.property == f"{act.kind}.date"), None)
        label = self._kinds[act.kind]
        return {
            "title": label[:1].upper() + label[1:],
            "when": self._shown(dated) if dated else self._undated(),
            "details": [self._detail(value) for value in self._ordered(told) if value is not dated],
            "doubt": codes.said(codes.DOUBT, act.doubt, self.words),
        }

    def _undated(self) -> dict[str, Any]:
        return {"shown": self.words.say("no date stated"), "note": "", "differ": False}

    def _ordered(self, told: Sequence[PublicValue]) -> list[PublicValue]:
        ranks = {name: rank for rank, name in enumerate(properties.PROPERTIES)}
        return sorted(told, key=lambda value: ranks[value.property])

    def _detail(self, value: PublicValue) -> dict[str, Any]:
        return {"label": self._label(value.property, 1), **self._shown(value)}

    def _shown(self, value: PublicValue) -> dict[str, Any]:
        shown, note = self._show(value)
        return {"shown": shown, "note": note, "differ": value.disputed}

    def _label(self, name: str, number: int) -> str:
        label = properties.property_of(name).label(self.words.language)
        return label if number == 1 else self.words.say("{label}, {n}", label=label, n=self.words.number(number))


def _kind(value: PublicValue) -> str:
    return properties.property_of(value.property).act
