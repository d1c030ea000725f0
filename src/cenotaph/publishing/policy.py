"""Which properties may leave, and which never can, whatever a case file says.

Invariant: deny by default. A property is public only when the property table or the case says so *and* it is not in
``NEVER``. What is unknown, unmapped or misspelt is internal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cenotaph.model import split_key
from cenotaph.values import properties

PUBLIC = "public"

# No configuration opens these: they endanger living people, or need a review that this room cannot do.
NEVER = frozenset({"identity.number", "relative", "contact", "informant", "actor.alleged", "sexual.violence"})
NEVER_UNDER = ("other.", "cites.", "informant.", "contact.", "relative.", "identity.", "sexual.", "actor.")
ADULTS_ONLY = frozenset({"photo"})
ADULT = 18


@dataclass(frozen=True, slots=True)
class Policy:
    """The audience of each property: the table's default, then what the case decides.

    Parameters
    ----------
    overrides
        Property to audience, from the case file; it can close anything, and open what is not in ``NEVER``.
    """

    overrides: Mapping[str, str] = field(default_factory=dict)

    def is_public(self, key: str) -> bool:
        """Say whether claims under this key may be published at all."""
        name = split_key(key)[0]
        if name in NEVER or name.startswith(NEVER_UNDER) or not properties.is_known(name):
            return False
        return self.overrides.get(name, properties.property_of(name).audience) == PUBLIC
