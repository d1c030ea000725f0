"""A case that publishes its own texts, with its list missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.errors import NotFound
from cenotaph.pipeline import build

CONFIG = """
[case]
title = "The Dead of Savalan"
languages = ["en"]
invented = true
[publisher]
name = "Savalan Circle"
affiliation = "none"
funding = "none"
contact = "desk@savalan.example"
[lists.amar]
title = "Amar"
file = "amar.csv"
key = "n"
columns.name = "name"
states = "killed"
capture = true
"""
ARTICLE = '+++\ntitle = "Who we are"\naudience = "public"\nsources = [{ title = "Our minutes" }]\n+++\nWords.\n'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """Return a template with an article and no list."""
    folder = tmp_path / "template"
    (folder / "content" / "articles").mkdir(parents=True)
    (folder / "cenotaph.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "content" / "articles" / "we.en.md").write_text(ARTICLE, encoding="utf-8")
    return folder


def test_a_case_with_texts_builds_without_its_list(template: Path, tmp_path: Path):
    """The missing file is a line of the report, the article is published, and no estimate is shown."""
    report = build(template, data=tmp_path, out=tmp_path / "case")
    assert "[lists.amar] file amar.csv is not in" in report["missing"][0]
    assert report["publish"]["persons"] == 0
    site = tmp_path / "case" / "build" / "site" / "en"
    assert "Words." in (site / "articles" / "we.html").read_text(encoding="utf-8")
    assert "No list has been read" in (site / "index.html").read_text(encoding="utf-8")


def test_without_texts_a_missing_list_is_an_error(template: Path, tmp_path: Path):
    """Where there is nothing else to publish, the missing file stops the build."""
    (template / "content" / "articles" / "we.en.md").unlink()
    (template / "content" / "articles").rmdir()
    (template / "content").rmdir()
    with pytest.raises(NotFound, match=r"\[lists.amar\] file amar.csv"):
        build(template, data=tmp_path, out=tmp_path / "case")
