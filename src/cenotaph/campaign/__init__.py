"""What a group publishes beside its list of people: articles, events, statements, panels, and facts with sources.

The door is ``load_content``: it reads the folder ``content/`` of a case and checks every file. ``Content`` holds only
what is marked ``audience = "public"``; a file with a fault is left out with a ``Problem`` and harms no other. Site and
exhibition read the same structures.
"""

from __future__ import annotations

from cenotaph.campaign.content import (
    Attendance,
    Book,
    Content,
    Document,
    Entry,
    Event,
    Figure,
    Panel,
    Picture,
    Problem,
    Site,
    Source,
    Statement,
    Text,
)
from cenotaph.campaign.loading import load_content
from cenotaph.campaign.markdown import paragraphs, to_html
from cenotaph.campaign.tracing import records_of

__all__ = [
    "Attendance",
    "Book",
    "Content",
    "Document",
    "Entry",
    "Event",
    "Figure",
    "Panel",
    "Picture",
    "Problem",
    "Site",
    "Source",
    "Statement",
    "Text",
    "load_content",
    "paragraphs",
    "records_of",
    "to_html",
]
