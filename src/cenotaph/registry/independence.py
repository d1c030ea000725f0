"""How many of the lists that name a person are independent of each other. A copy never counts beside its original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cenotaph.model import ListFacts


class Independence:
    """Counts independent lists; remembers every combination it has seen.

    Parameters
    ----------
    lists
        The lists of the case, citations included, with what each derives from. A parent that is not itself a list of
        the case still counts as a common origin of two copies.
    """

    def __init__(self, lists: Mapping[str, ListFacts]) -> None:
        self._parents = {name: facts.derived_from for name, facts in lists.items()}
        self._seen: dict[frozenset[str], int] = {}

    def count(self, names: Iterable[str]) -> int:
        """Return how many independent origins the named lists have.

        A list with an ancestor among the names adds nothing; lists that share an ancestor outside them count once.
        """
        key = frozenset(names)
        if key not in self._seen:
            self._seen[key] = len(_groups([self._origins(name) for name in key if not self._ancestors(name) & key]))
        return self._seen[key]

    def _ancestors(self, name: str) -> set[str]:
        found: set[str] = set()
        waiting = list(self._parents.get(name, ()))
        while waiting:
            parent = waiting.pop()
            if parent not in found:
                found.add(parent)
                waiting.extend(self._parents.get(parent, ()))
        return found - {name}

    def _origins(self, name: str) -> set[str]:
        ancestors = self._ancestors(name)
        return {a for a in ancestors if not self._parents.get(a)} or {name}


def _groups(origins: list[set[str]]) -> list[set[str]]:
    groups: list[set[str]] = []
    for origin in origins:
        touching = [group for group in groups if group & origin]
        groups = [group for group in groups if not group & origin]
        groups.append(origin.union(*touching))
    return groups
