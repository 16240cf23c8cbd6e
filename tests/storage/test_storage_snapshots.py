"""Pages as fetched: complete or absent."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.snapshots import Snapshots


@given(st.binary(max_size=2000))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_was_kept_is_read_back(tmp_path: Path, body: bytes) -> None:
    snapshots = Snapshots(tmp_path)
    digest = snapshots.keep(body)
    assert digest == hashlib.sha256(body).hexdigest()
    assert snapshots.read(digest) == body


def test_the_same_page_is_kept_once(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    first = snapshots.keep(b"<html>")
    written = snapshots.path(first).stat().st_mtime_ns
    assert snapshots.keep(b"<html>") == first
    assert snapshots.path(first).stat().st_mtime_ns == written


def test_the_same_page_gives_the_same_file_in_two_folders(tmp_path: Path) -> None:
    one, two = Snapshots(tmp_path / "a"), Snapshots(tmp_path / "b")
    digest = one.keep(b"<html>" * 50)
    two.keep(b"<html>" * 50)
    assert one.path(digest).read_bytes() == two.path(digest).read_bytes()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_page_whose_writing_was_cut_short_is_absent_and_can_be_kept_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def crash(*_: object) -> None:
        raise OSError("no space left")

    snapshots = Snapshots(tmp_path)
    digest = hashlib.sha256(b"page").hexdigest()
    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), crash)
        with pytest.raises(OSError, match="no space"):
            snapshots.keep(b"page")
    assert not snapshots.path(digest).exists()
    assert snapshots.keep(b"page") == digest
    assert snapshots.read(digest) == b"page"
