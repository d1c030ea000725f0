"""How ``cenotaph.toml`` names a value of a row: a column's name, or a template of columns such as ``{city}, {state}``.

Invariant: a text without braces is a column's name, whatever else it holds; braces always enclose a column's name.
"""

from __future__ import annotations

import re

_FIELD = re.compile(r"\{([^{}]+)\}")


def is_template(text: str) -> bool:
    """Say whether a text is a template rather than a column's name."""
    return _FIELD.search(text) is not None


def template_columns(text: str) -> tuple[str, ...]:
    """Return the columns a template or a column's name takes its value from, each once, in order.

    Examples
    --------
    >>> template_columns("{city}, {state}")
    ('city', 'state')
    >>> template_columns("name")
    ('name',)
    """
    return tuple(dict.fromkeys(_FIELD.findall(text))) if is_template(text) else (text,)


def is_well_formed(text: str) -> bool:
    """Say whether every brace of a text belongs to a field with a name in it."""
    rest = _FIELD.sub("", text)
    return bool(text.strip()) and "{" not in rest and "}" not in rest
