"""What the site says in each language."""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest

from cenotaph.errors import ConfigError
from cenotaph.publishing.site import codes
from cenotaph.publishing.site.build import untranslated
from cenotaph.publishing.site.pages import _WHAT
from cenotaph.publishing.site.words import words

SITE = Path(str(files("cenotaph.publishing.site")))


def _calls() -> list[tuple[str, str | None]]:
    """Every text that Python code asks a translation of, with its plural where it has one."""
    found: list[tuple[str, str | None]] = []
    for path in sorted(SITE.parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if node.func.attr == "say" and texts:
                found.append((texts[0], None))
            if node.func.attr == "count" and len(texts) > 1:
                found.append((texts[0], texts[1]))
    return found


def test_every_text_is_translated() -> None:
    """The Persian catalogue has every text that a template, a table of codes or the code asks for."""
    said = words("fa")
    for text, plural in _calls():
        said.count(text, plural, 2, said="", fate="", what="") if plural else said._find(text)
    for table in (
        codes.FATE,
        codes.CODE,
        codes.RULE,
        codes.CALENDAR,
        codes.SCRIPT,
        codes.COVERS,
        codes.FLAG,
        codes.STATE,
        codes.SITE_KIND,
        codes.ONE_SITE,
        codes.SITE_EVENT,
        codes.SITE_LINK,
        codes.SITE_GRADE,
        codes.POSITION,
        codes.BASIS,
        codes.FINALITY,
        codes.ACT,
        codes.FOLLOWS,
        codes.CERTAINTY,
        codes.DOUBT,
    ):
        for text in table.values():
            said._find(text)
    for text in _WHAT.values():
        said._find(text)
    assert said.missing == set()
    assert untranslated(["en", "fa"]) == {}


def test_translations_keep_their_parts() -> None:
    """A translation has the same parts to fill in as the English text."""
    catalogue = words("fa").catalogue
    assert catalogue is not None
    for message in catalogue:
        if message.id:
            ids, texts = (x if isinstance(x, tuple) else (x,) for x in (message.id, message.string))
            wanted = set(re.findall(r"\{\w+\}", ids[0]))
            assert all(set(re.findall(r"\{\w+\}", text)) == wanted for text in texts), ids[0]


def test_a_language_without_catalogue_falls_back_and_is_reported() -> None:
    """A language nobody has translated yet gets English words, and the report says which."""
    missing = untranslated(["en", "ckb"])
    assert "Names" in missing["ckb"]
    assert words("ckb").say("Names") == "Names"
    assert words("ckb").direction == "rtl"


def test_numbers_are_written_as_the_language_does() -> None:
    """Persian numbers have Persian digits and separators."""
    assert words("en").number(1234567) == "1,234,567"
    assert words("fa").number(1234.5) == "۱٬۲۳۴٫۵"
    assert words("fa").count("{n} person", "{n} persons", 3) == "۳ نفر"
    assert [words("en").count("{n} person", "{n} persons", n) for n in (1, 2)] == ["1 person", "2 persons"]


def test_what_is_no_language_is_refused() -> None:
    """A language tag that could leave the folder of catalogues is refused."""
    with pytest.raises(ConfigError, match="is no language tag"):
        words("../fa")


def test_translations_cannot_open_a_template_expression() -> None:
    """A brace in a translation is shown, never run."""
    assert "{{" not in words("en").fill('{{ _("{{ site }} <b>x</b> & y") }}')
    assert words("en").fill('{{ _("<b>x</b> & y") }}') == "<b>x</b> &amp; y"
