"""Pages whose sentences lead to passages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cenotaph.campaign import load_content
from cenotaph.case import Case
from cenotaph.demo import write_case
from cenotaph.pipeline import build
from cenotaph.publishing.about import public_passages
from cenotaph.publishing.traced import without_untraced
from cenotaph.review import Review

PAGE = "articles/night-lorries"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bundled case, published, small."""
    folder = tmp_path_factory.mktemp("traced") / "case"
    write_case(folder, size=60)
    build(folder, parts=("site",))
    return folder


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_sentence_of_the_article_leads_to_its_passage(demo: Path, language: str) -> None:
    """Behind each full stop of the page stands a link to an entry that says where the words stand in the capture."""
    page = (demo / "build" / "site" / language / f"{PAGE}.html").read_text(encoding="utf-8")
    body = re.search(r'<div class="body".*?</div>', page, re.DOTALL)
    assert body is not None
    text = re.sub(r'<a class="trace" href="#(passage-\d+)">[^<]*</a>', r"@\1@", body.group())
    plain = re.sub(r"<[^>]+>", "", text).strip()
    assert plain.count(".") == 8
    assert not re.search(r"\.(?!\s*@)", plain)
    led = re.findall(r"@(passage-\d+)@", plain)
    assert led == [f"passage-{number}" for number in range(1, 10)]
    assert all(f'<li id="{anchor}">' in page for anchor in led)
    assert Case.load(demo).entered[0].source in page


def test_the_passages_of_the_page_are_in_the_captured_text(demo: Path) -> None:
    """Every record the page leads to was entered with a passage of the bundled article."""
    case = Case.load(demo)
    content = load_content(demo)
    article = next(each for each in content.articles if each.traced)
    assert {each.source for each in case.entered} == {
        source.digest for source in case.sources if source.list == "gazette"
    }
    assert not without_untraced(content, public_passages(case)).problems
    assert set(article.texts) == {"en", "fa"}


def test_a_sentence_whose_passage_is_not_there_is_not_published(demo: Path) -> None:
    """Take one passage away, and the page that leads to it is left out, with its record named in the report."""
    passages = {key: each for key, each in public_passages(Case.load(demo)).items() if key != "gazette:clerk"}
    content = without_untraced(load_content(demo), passages)
    assert PAGE.partition("/")[2] not in [each.id for each in content.articles]
    assert [(each.file, "gazette:clerk" in each.what) for each in content.problems] == [(PAGE, True)]


def test_no_word_of_a_passage_and_no_hidden_record_is_public(demo: Path, tmp_path: Path) -> None:
    """The place of a passage is public and its words are not; a hidden person's passage is not even a place."""
    case = Case.load(demo)
    told = str(public_passages(case))
    assert not [passage.quote for each in case.entered for passage in each.passages if passage.quote in told]
    folder = Path(shutil.copytree(demo, tmp_path / "case"))
    case = Case.load(folder)
    with case.open_ledger() as ledger:
        Review(ledger, "r1", frozenset({"gazette:golnar"})).consent("gazette:golnar", "hidden", reason="the family")
    assert "gazette:golnar" not in public_passages(Case.load(folder))
