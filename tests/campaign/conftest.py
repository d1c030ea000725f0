"""A folder of content that tests fill."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cenotaph.campaign import Content, load_content

SOURCES = '[report]\ntitle = "A report"\nby = "An invented office"\nurl = "https://example.org/report"\n'
Load = Callable[[dict[str, str | bytes]], Content]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a function that writes files under ``content/`` and loads them."""

    def write_and_load(files: dict[str, str | bytes]) -> Content:
        for name, text in {"sources.toml": SOURCES, **files}.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_content(tmp_path)

    return write_and_load


def page(body: str = "Words.", **keys: object) -> str:
    """Return a Markdown file; values are TOML, texts in quotes."""
    front = {"title": '"T"', "audience": '"public"', "sources": '["report"]', "date": '"2026-03-01"', **keys}
    lines = [f"{key} = {value}" for key, value in front.items() if value is not None]
    return "\n".join(["+++", *lines, "+++", body])
