"""A published folder appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cenotaph.errors import InputError
from cenotaph.publishing.tree import FORMAT, MANIFEST, Tree

STAMP = f'{{"format":"{FORMAT}"}}'.encode()


def _make(target: Path, files: dict[str, bytes]) -> bool:
    tree = Tree(target)
    with tree as place:
        return tree.commit([place.put(name, content) for name, content in {**files, MANIFEST: STAMP}.items()])


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    """When making a tree fails half way, the old one stands untouched and nothing lies beside it."""
    target = tmp_path / "site"
    _make(target, {"a.html": b"old"})

    def fail() -> None:
        with Tree(target) as place:
            place.put("a.html", b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (target / "a.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_did_not_change_is_not_written(tmp_path: Path) -> None:
    """A page whose bytes are the same keeps its time of change; others are exchanged, added or removed."""
    target = tmp_path / "site"
    _make(target, {"p/a.html": b"same", "p/b.html": b"gone", "p/c.html": b"before"})
    os.utime(target / "p/a.html", (1, 1))
    assert _make(target, {"p/a.html": b"same", "p/c.html": b"after", "p/d.html": b"new"})
    assert (target / "p/a.html").stat().st_mtime == 1
    assert sorted(path.name for path in (target / "p").iterdir()) == ["a.html", "c.html", "d.html"]
    assert (target / "p/c.html").read_bytes() == b"after"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_nothing_changed_is_said(tmp_path: Path) -> None:
    """A second run with the same files changes nothing and says so."""
    assert _make(tmp_path / "site", {"a": b"1"})
    assert not _make(tmp_path / "site", {"a": b"1"})


def test_damage_is_repaired(tmp_path: Path) -> None:
    """A file that was altered by someone else is written again, and a stray one is removed."""
    target = tmp_path / "site"
    _make(target, {"a": b"right"})
    (target / "a").write_bytes(b"wrong")
    (target / "stray").write_bytes(b"")
    assert _make(target, {"a": b"right"})
    assert (target / "a").read_bytes() == b"right"
    assert not (target / "stray").exists()


def test_a_folder_that_is_not_ours_is_not_replaced(tmp_path: Path) -> None:
    """A folder that holds other files is refused, and keeps them."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds other files"):
        Tree(tmp_path / "letters")
    assert (tmp_path / "letters" / "mine.txt").exists()


def test_streams_are_adopted(tmp_path: Path) -> None:
    """A file written as a stream counts as unchanged when the old tree has the same bytes."""
    for fresh in (True, False):
        tree = Tree(tmp_path / "data")
        with tree as place:
            (Path(place.staging) / "big.csv").write_bytes(b"1\n")
            filed = place.adopt("big.csv")
            assert filed.fresh is fresh
            tree.commit([filed, place.put(MANIFEST, STAMP)])
    assert (tmp_path / "data" / "big.csv").read_bytes() == b"1\n"
