"""Whether a name stands in a text: every text of a piece of content or of a claim is looked at, folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from cenotaph.values import fold


def texts(item: object) -> Iterator[str]:
    """Yield every text in a piece of content, captions and sources included."""
    if isinstance(item, str):
        yield item
    elif is_dataclass(item) and not isinstance(item, type):
        for each in fields(item):
            yield from texts(getattr(item, each.name))
    elif isinstance(item, Mapping):
        for value in item.values():
            yield from texts(value)
    elif isinstance(item, tuple | list):
        for value in item:
            yield from texts(value)


def named_in(item: object, names: Mapping[str, str]) -> list[str]:
    """Return the public ids of the persons whose names stand in any text of a piece of content, or of a claim."""
    if not names:
        return []
    written = " " + " | ".join(map(fold, texts(item))) + " "
    return sorted({public_id for name, public_id in names.items() if f" {name} " in written})
