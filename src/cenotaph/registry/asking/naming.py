"""Terms that name something of the case: a list, a verification status, an affiliation, a manner of death.

Invariant: a name is compared whole, folded; an affiliation is one that some source gives, never a group of our making.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cenotaph.registry.asking import wording, words
from cenotaph.registry.asking.known import Known
from cenotaph.registry.asking.terms import Kind, Term
from cenotaph.values import fold, vocabularies

_MANNER, _KILLING = "manner", "killing"
_Finder = Callable[[str, str, Known], Iterator[Term]]


def under_prefix(part: str, known: Known) -> Iterator[Term]:
    """Yield what a part says that it is: ``list Amar Committee``, ``status corroborated``, ``member of …``."""
    said = part.replace(":", " ").split()
    for cut in range(len(said) - 1, 0, -1):
        for word in words.called("prefix", " ".join(said[:cut])):
            yield from _FINDERS[word.code](part, " ".join(said[cut:]), known)


def named(part: str, known: Known) -> Iterator[Term]:
    """Yield everything of the case that bears a name."""
    for find in _FINDERS.values():
        yield from find(part, part, known)


def _lists(part: str, name: str, known: Known) -> Iterator[Term]:
    for code, title in known.lists.items():
        if fold(name) in (fold(code), fold(title)):
            yield Term(said=part, kind=Kind.LIST, codes=(code,), wording=wording.of_list(title))


def _statuses(part: str, name: str, known: Known) -> Iterator[Term]:
    for code, titles in known.statuses.items():
        if fold(name) in {fold(text) for text in (code, *titles.values())}:
            yield Term(said=part, kind=Kind.STATUS, codes=(code,), wording=wording.status(titles))


def _affiliations(part: str, name: str, known: Known) -> Iterator[Term]:
    texts = frozenset(text.strip() for text in known.affiliations if fold(text) == fold(name))
    if texts:
        yield Term(
            said=part, kind=Kind.AFFILIATION, codes=(fold(name),), texts=texts, wording=wording.affiliation(texts)
        )


def _manners(part: str, name: str, known: Known) -> Iterator[Term]:
    """Yield a manner of the vocabulary with all narrower ones, or one that only the sources of the case name."""
    entry = vocabularies.entry(_MANNER, name)
    texts = frozenset(text.strip() for text in known.manners if _is_manner(text, name, entry))
    if entry is not None and entry.code != _KILLING:  # whether it was a killing is the question of fates
        yield Term(said=part, kind=Kind.MANNER, codes=(entry.code,), texts=texts, wording=wording.manner(entry.labels))
    elif entry is None and texts:
        said = dict.fromkeys(("en", "fa"), " = ".join(sorted(texts)))
        yield Term(said=part, kind=Kind.MANNER, codes=(fold(name),), texts=texts, wording=wording.manner(said))


def _is_manner(text: str, name: str, entry: vocabularies.Entry | None) -> bool:
    return fold(text) == fold(name) or (entry is not None and vocabularies.is_under(_MANNER, text, entry.code))


_FINDERS: Mapping[str, _Finder] = {
    "list": _lists,
    "status": _statuses,
    "affiliation": _affiliations,
    "manner": _manners,
}
