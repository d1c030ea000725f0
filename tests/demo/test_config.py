"""The demo's configuration is one a person could have written."""

from __future__ import annotations

from pathlib import Path

from cenotaph.config import load_config
from cenotaph.demo import write_case


def test_the_configuration_of_the_demo_is_accepted(tmp_path: Path) -> None:
    """Every key of the demo's cenotaph.toml is known, and it says that the case is invented in both languages."""
    config = load_config(write_case(tmp_path, size=40).folder)
    assert config.case.invented
    assert set(config.languages) == {"en", "fa"}
    assert "ساختگی" in config.case.title_in("fa")
    assert not config.publisher.missing


def test_only_independent_lists_are_captures(tmp_path: Path) -> None:
    """The copying list is derived and no capture; the four others are."""
    config = load_config(write_case(tmp_path, size=40).folder)
    captures = {name for name, table in config.lists.items() if table.capture}
    assert captures == {"prisoners", "watch", "families", "cemetery"}
    assert config.lists["voice"].derived_from == ("watch",)
