"""A paper is what it holds: whole, and nothing else."""

import pytest

from portail_app.adapters.papers import recognise
from portail_app.errors import Refused
from portail_app.services import documents
from tests import papers


def test_a_comment_in_a_pdf_is_no_reason_to_refuse_it() -> None:
    assert recognise(papers.pdf_holding(b"% made by a scanner\n"))


def test_several_pictures_in_one_telephone_photo_are_one_photo() -> None:
    assert recognise(papers.photo("MPO"))


_PDF, _JPEG, _PNG = papers.pdf(), papers.photo("JPEG"), papers.photo("PNG")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Ce fichier est vide"),
        (b"<!doctype html><script>alert(1)</script>", "ni un PDF, ni une photo"),
        (b"GIF89a" + bytes(40), "ni un PDF, ni une photo"),
        (b"\n" + _PDF, "ni un PDF, ni une photo"),
        (b"%PDF-1.7 facture", "incomplet ou abîmé"),
        (_PDF[:-30], "incomplet ou abîmé"),
        (_PDF.replace(b"startxref\n", b"startxref\n9"), "incomplet ou abîmé"),
        (_PDF + b"<html><script>alert(1)</script>", "incomplet ou abîmé"),
        (papers.pdf_holding(b"%<script>alert(1)</script>\n"), "contient autre chose"),
        (papers.pdf_holding(b"%<!DOCTYPE html>\n"), "contient autre chose"),
        (papers.pdf_holding(b"9 0 obj << /S /JavaScript /JS (app.alert) >> endobj\n"), "contient autre chose"),
        (papers.pdf_holding(b"9 0 obj << /S /Launch /F (calc) >> endobj\n"), "contient autre chose"),
        (_JPEG[: len(_JPEG) // 2], "incomplet ou abîmé"),
        (_PNG[:-20], "incomplet ou abîmé"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "incomplet ou abîmé"),
        (_JPEG + b"<script>alert(1)</script>", "contient autre chose"),
        (_PNG + b"PK\x05\x06" + bytes(18), "contient autre chose"),
    ],
)
def test_what_is_not_wholly_a_paper_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        recognise(content)


def test_a_photo_that_unfolds_into_a_huge_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portail_app.adapters.papers.MOST_PIXELS", 64 * 48 - 1)
    with pytest.raises(Refused, match="trop grande"):
        recognise(_PNG)
    monkeypatch.setattr("portail_app.adapters.papers.MOST_PIXELS", 64 * 48)
    assert recognise(_PNG)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Documents\\Nguyễn.docx", "Nguyễn.pdf"),
        ('a"b<c>\r\nSet-Cookie: x', "a b c Set-Cookie x.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("é" * 300 + ".pdf", "é" * 120 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_made_harmless(sent: str, kept: str) -> None:
    assert documents.safe_name(sent, "application/pdf") == kept
