"""What a register holds that a question may name: lists, statuses, places, affiliations, manners, as they are written.

Invariant: plain texts only, so that a question is read alike for a whole register and for its public part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cenotaph.model import split_key
from cenotaph.registry.asking import words
from cenotaph.registry.register import Register
from cenotaph.values import PROPERTIES, fold
from cenotaph.values.gazetteer import words as tokens
from cenotaph.values.skeleton import skeleton

_PARTS = re.compile(r"[,،;/\\()\[\]|–—]+")
_BRACKETS = re.compile(r"^([^(\[]*)[(\[]([^)\]]*)[)\]]\s*$")
_SHORTEST = 3  # letters of a consonant skeleton that say which place is meant; of a prison or a cemetery one less

Name = tuple[str, str]  # kind of site or "", and the words without it


@dataclass(frozen=True)
class Known:
    """What a question may name.

    Attributes
    ----------
    country : str, optional
        Where places are looked for first.
    lists : Mapping
        Names and titles of the lists.
    statuses : Mapping
        Names of the statuses, and their titles by language.
    places, affiliations, manners : tuple of str
        Each distinct text that the register holds.
    """

    country: str | None = None
    lists: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    manners: tuple[str, ...] = ()

    def places_called(self, text: str) -> frozenset[str]:
        """Return the texts that name a place so, in any script; a name in brackets beside another leads on to it."""
        found = self._called(text)
        others = {part for each in found if (both := _BRACKETS.match(each)) for part in both.groups()}
        return found.union(*(self._called(other) for other in others))

    def _called(self, text: str) -> frozenset[str]:
        kind, name = site_name(text)
        keys = {name, _bones(name, kind)} - {""}
        found = {each for key in keys for at, each in self._index.get(key, ()) if at == kind or not (at and kind)}
        exact = {each for key in keys for at, each in self._index.get(key, ()) if at == kind}
        return frozenset(exact if kind and exact else found)

    @cached_property
    def _index(self) -> Mapping[str, list[tuple[str, str]]]:
        index: dict[str, list[tuple[str, str]]] = {}
        for text in self.places:
            for kind, name in {site_name(part) for part in _PARTS.split(text) if part.strip()}:
                for key in {name, _bones(name, kind)} - {""}:
                    index.setdefault(key, []).append((kind, text))
        return index


def site_name(text: str) -> Name:
    """Return what kind of site a name says it is, and the name without that word."""
    said = tokens(text)
    for row in words.of("site"):
        for form in map(tokens, row.forms):
            for rest in (said[len(form) :] if said[: len(form)] == form else (),
                         said[: -len(form)] if said[-len(form) :] == form else ()):  # fmt: skip
                if rest:
                    return row.code, _plain(rest)
    return "", _plain(said)


def _plain(said: tuple[str, ...]) -> str:
    """Join words; the ezafe of a transliteration is no word: Divar-e Sabz."""
    return " ".join(each for each in said if each not in {"e", "ye", "i", "yi"})


def _bones(name: str, kind: str) -> str:
    found = skeleton(name)
    has_digits = any(sign.isdigit() for sign in name)  # of which a skeleton knows nothing
    return "" if has_digits or len(found) < _SHORTEST - bool(kind) else f"~{found}"


def known(register: Register, opens: Callable[[str], bool] = lambda _: True) -> Known:
    """Return what the people of a register, its lists and its criteria can be asked by.

    Parameters
    ----------
    register
        All persons.
    opens
        Which properties are looked at; all of them if left out.
    """
    case = register.case
    return Known(
        country=case.config.case.country,
        lists={name: facts.title or name for name, facts in case.lists.items()},
        statuses={row.name: row.title for row in register.criteria.status},
        places=_texts(register, [name for name, each in PROPERTIES.items() if each.kind == "place" and opens(name)]),
        affiliations=_texts(register, filter(opens, ["affiliation"])),
        manners=_texts(register, filter(opens, ["death.manner"])),
    )


def _texts(register: Register, names: Iterable[str]) -> tuple[str, ...]:
    columns, wanted = register.assembly.columns, set(names)
    keys = [key for key in columns.keys if split_key(key)[0] in wanted]
    return tuple(dict.fromkeys(text for key in keys for text in columns[key].texts if fold(text)))
