"""Where the lines of a paper break."""

import pytest

from portail_app.pdf.wrapping import wrap


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("abcdefgh", ["abcdefgh"]),
        ("abcdefghi", ["abcdefgh", "i"]),
        ("abcd efg", ["abcd efg"]),
        ("abcd efgh", ["abcd", "efgh"]),
        ("abc-defghi", ["abc-", "defghi"]),
        ("ab abcdefghij", ["ab", "abcdefgh", "ij"]),
        ("12\u00a0345\u202f678\u00a0€", ["12\u00a0345\u202f6", "78\u00a0€"]),
    ],
)
def test_lines_are_cut_at_spaces_then_hyphens_then_anywhere(text: str, lines: list[str]) -> None:
    assert wrap(text, len, 8, at_most=9) == lines


def test_an_accent_stays_on_the_line_of_its_letter() -> None:
    assert wrap("abcdefgx\u0302y", len, 8, at_most=9) == ["abcdefgx\u0302", "y"]


@pytest.mark.parametrize(("at_most", "lines"), [(3, ["aaaa", "bbbb", "cccc"]), (2, ["aaaa", "bbb…"]), (1, ["aaa…"])])
def test_lines_beyond_the_limit_end_with_an_ellipsis(at_most: int, lines: list[str]) -> None:
    assert wrap("aaaa bbbb cccc", len, 4, at_most) == lines
