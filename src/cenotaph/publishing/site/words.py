"""The words of the site in one language: gettext catalogues from the package, and a report of what is not translated.

Invariant: a page is never half in silence. A text without a translation is shown in English, marked as English, and
counted in ``missing``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from babel.messages.catalog import Catalog

from cenotaph import messages
from cenotaph.errors import ConfigError
from cenotaph.messages import RIGHT_TO_LEFT

_OWN_NAME = {"en": "English", "fa": "فارسی", "ar": "العربية", "ckb": "کوردی", "fr": "Français", "de": "Deutsch",
             "es": "Español", "no": "Norsk", "ru": "Русский", "tr": "Türkçe", "he": "עברית",
             "uk": "Українська"}  # fmt: skip
_SCRIPT = {"fa": "Arab", "ar": "Arab", "ckb": "Arab", "ps": "Arab", "ur": "Arab", "he": "Hebr", "ru": "Cyrl",
           "uk": "Cyrl"}  # fmt: skip
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_CALL = re.compile(r"""\{\{-?\s*_\("((?:[^"\\]|\\.)*)"\)\s*-?\}\}""")
_TAG = re.compile(r"</?[a-z][^>]*>")


@dataclass(slots=True)
class Words:
    """What the site says in one language."""

    language: str
    catalogue: Catalog | None
    plural: Callable[[int], int]
    missing: set[str] = field(default_factory=set)
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def direction(self) -> str:
        """Return ``rtl`` or ``ltr``."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def own_name(self) -> str:
        """Return the language's name for itself."""
        return _OWN_NAME.get(self.language, self.language)

    @property
    def script(self) -> str:
        """Return the script the language is read in."""
        return _SCRIPT.get(self.language, "Latn")

    def say(self, text: str, /, **parts: object) -> str:
        """Return the text in this language with its parts filled in, English when there is no translation."""
        said = self._find(text)
        return said.format(**parts) if parts else said

    def count(self, one: str, many: str, n: int, /, **parts: object) -> str:
        """Return the form of a text that goes with a number, the number written in the language's digits."""
        forms = self._forms(one)
        index = self.plural(n)
        form = forms[index] if forms and index < len(forms) and forms[index] else (one if n == 1 else many)
        return form.format(n=self.number(n), **parts)

    def number(self, n: float) -> str:
        """Write a number with the digits and separators of the language."""
        return messages.number(n, self.language)

    def digits(self, text: str) -> str:
        """Write the digits of a text as the language writes them, without separators."""
        return text.translate(_PERSIAN_DIGITS) if self.language == "fa" else text

    def fill(self, template: str) -> str:
        """Put the translations in the place of ``{{ _("…") }}`` in a template, once, when it is loaded."""
        return _CALL.sub(lambda found: self._markup(found.group(1).replace('\\"', '"')), template)

    def choose(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """Return the text of a small multilingual mapping to show, and the language it is in."""
        for language in (self.language, "en", *sorted(texts)):
            if texts.get(language):
                return texts[language], language
        return "", self.language

    def _markup(self, text: str) -> str:
        """Return the translation as markup: plain tags may stand in it, everything else is escaped."""
        said = self._find(text)
        pieces = _TAG.split(said)
        tags = [*_TAG.findall(said), ""]
        escaped = "".join(html.escape(piece, quote=True) + tag for piece, tag in zip(pieces, tags, strict=True))
        return escaped.replace("{", "&#123;").replace("}", "&#125;")

    def _find(self, text: str) -> str:
        forms = self._forms(text)
        return forms[0] if forms and forms[0] else text

    def _forms(self, text: str) -> tuple[str, ...]:
        if text not in self._known:
            self._known[text] = self._look_up(text)
        return self._known[text]

    def _look_up(self, text: str) -> tuple[str, ...]:
        if self.catalogue is None:
            return ()
        message = self.catalogue.get(text)
        if message is None or not message.string or message.fuzzy:
            self.missing.add(text)
            return ()
        found: Any = message.string
        return (found,) if isinstance(found, str) else tuple(found)


def words(language: str) -> Words:
    """Return the words of a language; English needs no catalogue.

    Raises
    ------
    ConfigError
        The language is no language tag.
    """
    if not _LANGUAGE.fullmatch(language):
        raise ConfigError(
            f'cenotaph.toml: [case] languages: "{language}" is no language tag; write "en", "fa", "ckb" …'
        )
    if language == "en":
        return Words("en", None, lambda n: int(n != 1))
    found = messages.load("cenotaph.publishing.site", language)
    if found is None:
        return Words(language, Catalog(), lambda n: int(n != 1))
    return Words(language, found, messages.plural_rule(found))
