"""The printed papers: a frozen view goes in, the bytes of a PDF come out.

`invoice` and `first_password_letter` are what the rest of the portal calls. They draw on a `paper`, under a
`letterhead`, in the words of `french`. Below, four modules hold all that depends on the inside of fpdf2: `fonts`
(which font draws which letter), `embedding` (font files kept cut in memory), `pictures` (the logo kept in memory) and
`tagging` (structure for screen readers).
"""
