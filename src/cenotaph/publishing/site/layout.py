"""Where each page lies: no folder holds more than ten thousand, and addresses are relative, so a copy on a disk works.

Invariant: the address of a person depends on their id and on the size class of the register only.
"""

from __future__ import annotations

from dataclasses import dataclass

_FLAT, _ONE = 10_000, 200_000  # at most this many pages without, with one, letter of shelf


@dataclass(frozen=True, slots=True)
class Layout:
    """The depth of the shelves that person pages stand on."""

    depth: int

    @classmethod
    def of(cls, persons: int) -> Layout:
        """Return the layout for a number of pages."""
        return cls(0 if persons <= _FLAT else 1 if persons <= _ONE else 2)

    def person(self, name: str) -> str:
        """Return the address of a person's page below the folder of a language.

        The shelf is the end of the id: it is the part of a keyed digest that spreads evenly whatever the beginning is.
        """
        return f"p/{name[-self.depth :]}/{name}.html" if self.depth else f"p/{name}.html"


def up(address: str) -> str:
    """Return the way from a page back to the folder of its language: ``../`` for each folder."""
    return "../" * address.count("/")
