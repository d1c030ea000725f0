"""Markdown of a group becomes HTML that can run and load nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cenotaph.campaign import paragraphs, to_html

_TAGS = {"div", "p", "h2", "h3", "h4", "h5", "h6", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre",
         "hr", "br", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip


@given(st.text(alphabet=st.sampled_from("<>\"'&()[]!#*`:/\\ \nabjavscriptdt=on.")))
def test_only_plain_elements(body):
    """No text gives an element outside the short list, nor an attribute that runs or loads something."""
    for element in html.fragment_fromstring(to_html(body), create_parent="div").iter():
        assert element.tag in _TAGS
        assert set(element.attrib) <= {"href", "rel", "title", "start", "class", "style"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd"])
def test_no_dangerous_link(address):
    """An address that is neither web, mail nor relative makes no link."""
    assert "<a " not in to_html(f"[x]({address})")


@pytest.mark.parametrize("address", ["https://example.org/a", "mailto:a@example.org", "../names/index.html"])
def test_plain_links(address):
    """Web, mail and relative addresses are links that tell the other side nothing."""
    assert f'<a href="{address}" rel="noopener noreferrer nofollow">' in to_html(f"[x]({address})")


def test_html_of_the_author_is_text():
    """Raw HTML is shown as written."""
    assert to_html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


def test_a_heading_stands_below_the_title():
    """A first-level heading becomes a second-level one."""
    assert to_html("# A") == "<h2>A</h2>\n"


def test_paragraphs_are_plain():
    """Marks of Markdown are gone from plain paragraphs; what was said is there, in order."""
    assert paragraphs("# A\n\nb *c*\nd [e](https://x.org)\n\n- f") == ("A", "b c d e", "f")
