"""What files say, and what of hostile ones is refused in words."""

from __future__ import annotations

import asyncio
import io
import struct
import sys
import time
import unicodedata
import zipfile
from pathlib import Path

import made
import pytest

from crawler.apart import Patience, read_apart, reader_of_files
from crawler.attachments import LETTERS, PAGES, kind_of, read_file
from crawler.ocr import recogniser
from crawler.pdf_text import open_pdf, picture
from monitor.replica.markup import pdf

SENTENCE = (
    "Ủy ban nhân dân tỉnh trân trọng kính mời các đồng chí dự Hội nghị trực tuyến sơ kết công tác chuyển đổi số "
    "tỉnh Thanh Hóa quý III năm 2026"
)


@pytest.mark.parametrize("body", [made.PDF, made.DOC])
def test_an_invitation_reads_the_same_from_a_pdf_and_from_an_old_word_file(body: bytes) -> None:
    found = read_file(body)
    lines = found.text.split("\n")
    assert (found.state, found.problem) == ("read", None)
    assert "Số: 412/GM-UBND | Thanh Hóa, ngày 20 tháng 11 năm 2026" in lines
    assert "GIẤY MỜI" in lines
    assert any(line.startswith(SENTENCE) and line.endswith("của Bộ Chính trị.") for line in lines)
    assert "1. Thời gian: 08 giờ 00, ngày 25/11/2026 (thứ Tư)." in lines
    assert "Thời gian | Nội dung | Địa điểm" in lines
    assert "14h00 | Tiếp công dân | Trụ sở" in lines
    assert unicodedata.is_normalized("NFC", found.text)


def test_a_docx_gives_paragraphs_and_the_rows_of_tables_in_their_order() -> None:
    found = read_file(made.word("LỊCH CÔNG TÁC", unicodedata.normalize("NFD", "Tuần thứ chín"), rows=made.ROWS))
    assert found.text.split("\n") == [
        "LỊCH CÔNG TÁC",
        "Tuần thứ chín",
        "Thời gian | Nội dung | Địa điểm",
        "8h00 | Họp giao ban | Phòng họp số 2",
        "14h00 | | Trụ sở",
    ]
    assert (found.kind, found.state, found.pages) == ("docx", "read", None)


def test_text_that_was_inserted_with_its_traces_is_read_and_what_was_deleted_is_not() -> None:
    paragraph = (
        "<w:p><w:r><w:t>Họp </w:t></w:r><w:ins><w:r><w:t>giao ban</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>chuyên đề</w:delText></w:r></w:del></w:p>"
    )
    xml = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraph}</w:body></w:document>'
    assert read_file(made.with_part(made.word("x"), "word/document.xml", xml.encode())).text == "Họp giao ban"


def test_the_pages_of_a_pdf_are_read_in_their_order() -> None:
    found = read_file(pdf(["Trang một:"], ["Trang hai."]))
    assert (found.text, found.pages) == ("Trang một:\nTrang hai.", 2)


# --- kinds ---


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (made.PDF, "pdf"),
        (b"\xef\xbb\xbf  " + made.PDF, "pdf"),
        (made.DOC, "doc"),
        (b"{\\rtf1 abc}", "rtf"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "html"),
        ("\ufeff<html>".encode("utf-16-le"), "html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "html"),
        (b"<!-- cached --><!DOCTYPE html><html>", "html"),
        (b"<head><title>Error</title></head>", "html"),
        (b"<script>location='/'</script>", "html"),
        (b"<!DOCTYPE note><note/>", "text"),
        (b"<table-of-contents/>", "text"),
        (b"PK\x03\x04", "archive"),
        (b"Rar!\x1a\x07", "archive"),
        ("Lịch công tác".encode(), "text"),
        (b"", "other"),
        (b"\0\1\2", "other"),
    ],
)
def test_a_files_kind_is_what_its_bytes_say(body: bytes, kind: str) -> None:
    assert kind_of(body) == kind


def test_the_kind_of_an_archive_of_hundreds_of_thousands_of_parts_is_found_at_once() -> None:
    count = 400_000
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 46 * count, 4, 0)
    body = b"PK\x03\x04" + (b"PK\x01\x02" + bytes(42)) * count + end
    began = time.perf_counter()
    assert kind_of(body) == "archive"
    assert time.perf_counter() - began < 0.5


def test_an_archive_that_holds_a_document_is_no_document() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as container:
        container.writestr("giay-moi.docx", made.word("Giấy mời"))
    found = read_file(archive.getvalue())
    assert (found.state, found.text, found.problem) == ("refused", "", "an archive; its kind is not read")


def test_a_kind_that_is_not_read_is_told() -> None:
    found = read_file(b"{\\rtf1 abc}")
    assert (found.state, found.text, found.problem) == ("unread", "", "an RTF text; its kind is not read")


# --- scans ---


def test_a_scan_is_said_to_be_one_whatever_its_signature_writes_over_it() -> None:
    stamp = "Ky boi: Van phong UBND tinh, Thoi gian ky: 24.04.2024 08:40:12 +07:00"
    found = read_file(made.scan(b"\xee" * 100, 10, 10, stamp))
    assert (found.state, found.pages, found.problem) == ("scan", 1, "a scan without a text layer")


def test_a_logo_makes_no_scan() -> None:
    assert read_file(pdf([])).state == "unread"


@pytest.mark.slow
@pytest.mark.skipif(recogniser() is None, reason="needs Tesseract with its Vietnamese data")
def test_a_scan_is_read_where_tesseract_is_installed() -> None:
    drawn = picture(open_pdf(made.PDF)[0])
    head, grey = drawn.split(b" 255\n", 1)
    _, width, height = head.split()
    found = read_file(made.scan(grey, int(width), int(height)), recogniser())
    assert (found.state, found.problem) == ("read", "a scan, its text recognised on 1 of 1 pages")
    words = " ".join(found.text.split())
    assert "GIẤY MỜI" in words
    assert "Ủy ban nhân dân tỉnh trân trọng kính mời" in words
    assert "ngày 25/11/2026" in words


# --- what is refused, or cut ---


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"%PDF-1.7\nnothing of the kind", "not a whole PDF"),
        (made.PDF[: len(made.PDF) // 8], "not a whole PDF"),
        (made.locked(), "encrypted: it opens with a password only"),
        (made.bomb(), "it unpacks to more than is read"),
        (made.lying_bomb(), "broken"),
        (made.with_part(made.word("x"), "word/document.xml", b"<w:document"), "broken"),
        (made.word("x")[:-200], "broken"),
        (made.DOC[:512] + bytes(19_000) + made.DOC[19_512:], "broken"),
        (made.DOC.replace("WordDocument".encode("utf-16-le"), "WordDocumenu".encode("utf-16-le")), "a spreadsheet"),
    ],
    ids=["pdf", "half a pdf", "locked", "bomb", "lying bomb", "xml", "half a docx", "a doc with a hole", "other ole"],
)
def test_a_broken_or_hostile_file_is_refused_in_words(body: bytes, why: str) -> None:
    found = read_file(body)
    assert found.state in ("refused", "unread")
    assert (found.problem or "").startswith(why)


def test_an_encrypted_old_word_file_is_refused() -> None:
    at = made.DOC.index(b"\xec\xa5") + 0x0A
    flags = int.from_bytes(made.DOC[at : at + 2], "little") | 0x0100
    found = read_file(made.DOC[:at] + flags.to_bytes(2, "little") + made.DOC[at + 2 :])
    assert (found.state, found.problem) == ("refused", "encrypted: it opens with a password only")


def test_a_pdf_of_thousands_of_pages_is_cut_and_that_is_said() -> None:
    found = read_file(made.long_pdf(3000))
    assert (found.state, found.pages, found.problem) == ("read", 3000, f"cut after {PAGES} of 3000 pages")
    assert found.text.endswith(f"Trang {PAGES}")


def test_a_long_text_is_cut_and_that_is_said() -> None:
    found = read_file(made.word(*["chữ " * 1000] * 100))
    assert (len(found.text), found.problem) == (LETTERS, f"cut after {LETTERS} letters")


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_to_a_file_breaks_its_reader(seed: int) -> None:
    import random

    chance = random.Random(seed)
    for whole in (made.DOC, made.word("Giấy mời", rows=made.ROWS)):
        body = bytearray(whole)
        for _ in range(chance.randrange(1, 60)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        assert read_file(bytes(body)).state in ("read", "refused", "unread")


# --- apart ---


async def test_a_file_is_read_in_a_process_of_its_own() -> None:
    found = await read_apart(made.PDF)
    assert (found.kind, found.state, found.pages) == ("pdf", "read", 1)


async def test_a_file_that_takes_too_long_is_given_up_and_tried_again_where_others_had_taken_the_time() -> None:
    patience = Patience(0.01)
    found = await read_apart(made.PDF, patience)
    assert (found.kind, found.state, found.problem) == ("pdf", "refused", "it takes longer than 0.01 s to read")
    assert found.reader == ""
    assert patience.left <= 0


async def test_what_read_a_file_is_named() -> None:
    assert (await read_apart(made.PDF)).reader == reader_of_files() != ""


async def test_a_machine_without_room_for_a_process_costs_the_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    found = await read_apart(made.PDF)
    assert (found.kind, found.state, found.reader) == ("pdf", "refused", "")
    assert (found.problem or "").startswith("it cannot be read here now (")


def pretended(told: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that reads its file and then tells whatever the test says."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\ncat > /dev/null\n{told}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


@pytest.mark.parametrize(
    "told", ["", "[", "{}", "[1]", '["pdf", "read", 1, 1, null]', '["pdf", "good", "x", 1, null]', "[" * 9999]
)
async def test_a_reader_that_its_file_broke_is_not_believed(
    told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretended(f"cat <<'END'\n{told}\nEND", tmp_path, monkeypatch)
    found = await read_apart(made.PDF)
    assert (found.kind, found.state, found.problem) == ("pdf", "refused", "it breaks its reader")


async def test_what_a_reader_tells_is_tidied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = r"""["docx", "read", "Giấy\u00a0mời\u0000\nhọp \ud800", null, "KeyError: \u0000"]"""
    pretended(f"cat <<'END'\n{told}\nEND", tmp_path, monkeypatch)
    found = await read_apart(made.PDF)
    assert (found.kind, found.state, found.text, found.problem) == ("docx", "read", "Giấy mời\nhọp ?", "KeyError: ")


async def test_the_process_of_a_file_is_told_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALWATCH_DATABASE", "postgresql://somebody:secret@127.0.0.1/x")
    monkeypatch.setenv("TESSDATA_PREFIX", "/data")
    pretended(f"env > {tmp_path}/env", tmp_path, monkeypatch)
    await read_apart(made.PDF)
    env = (tmp_path / "env").read_text()
    assert "secret" not in env
    assert {"PATH", "PORTALWATCH_LANGUAGE", "TESSDATA_PREFIX"} <= {line.partition("=")[0] for line in env.splitlines()}


async def test_a_call_that_is_cancelled_ends_its_process() -> None:
    reading = asyncio.ensure_future(read_apart(made.PDF))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


@pytest.mark.slow
async def test_a_pdf_that_fills_the_memory_costs_its_own_process_only() -> None:
    body = made.pdf_bomb(3000)
    assert len(body) < 100_000
    found = await read_apart(body)
    assert found.state in ("refused", "unread")
    assert found.problem
