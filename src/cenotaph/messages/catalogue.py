"""gettext catalogues of the package: how one is found and read, its plural rule, the digits of a language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

RIGHT_TO_LEFT = frozenset({"ar", "azb", "ckb", "dv", "fa", "he", "ku-Arab", "ps", "sd", "ug", "ur", "yi"})
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@cache
def load(package: str, language: str) -> Catalog | None:
    """Return the catalogue ``locale/<language>.po`` of a package; None when it has none."""
    path = files(package).joinpath(f"locale/{language}.po")
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def translations(catalogue: Catalog | None, text: str) -> tuple[str, ...]:
    """Return the forms of a text in a catalogue; none where it is not translated, or only doubtfully."""
    message = catalogue.get(text) if catalogue is not None else None
    if message is None or not message.string or message.fuzzy:
        return ()
    found: Any = message.string
    return (found,) if isinstance(found, str) else tuple(found)


def plural_rule(catalogue: Catalog) -> Callable[[int], int]:
    """Compile the plural rule of a catalogue; the expression comes from the package, never from a case."""
    from gettext import c2py  # undocumented, yet what gettext itself reads plural rules with

    rule: Callable[[int], int] = c2py(catalogue.plural_expr)
    return rule


def number(value: float, language: str) -> str:
    """Write a number with the digits and separators of a language."""
    text = f"{value:,}"
    if language != "fa":
        return text
    return text.replace(",", "٬").replace(".", "٫").translate(PERSIAN_DIGITS)
