"""A sentence that remembers what it was made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Self

FIELD = re.compile(r"\{([a-z_]+)\}")


class Message(str):
    """An English sentence that can be said again in another language.

    It is the English text itself, so that errors, reports and JSON need to know nothing of languages.

    Parameters
    ----------
    template
        The sentence with ``{parts}``; it is what a catalogue translates.
    parts
        What stands in the fields: text, a path, a number (written with separators), a message, or a list of them.

    Examples
    --------
    >>> Message("{n} rows refused in {file}", n=1200, file="a.csv")
    '1,200 rows refused in a.csv'
    """

    template: str
    parts: Mapping[str, object]

    def __new__(cls, template: str, /, **parts: object) -> Self:
        """Fill the template in English."""
        made = super().__new__(cls, FIELD.sub(lambda found: english(parts[found[1]]), template))
        made.template, made.parts = template, parts
        return made


def english(part: object) -> str:
    """Write one part in English."""
    if isinstance(part, bool) or not isinstance(part, int | list | tuple):
        return str(part)
    return f"{part:,}" if isinstance(part, int) else ", ".join(english(each) for each in part)
