"""Write the logical structure of a document: headings, paragraphs, tables, and what is only decoration.

A screen reader needs it to read a table cell by cell. fpdf2 writes a flat list of figures; this module gives its
structure tree the nested elements of the PDF standard (ISO 32000-1, 14.7), through its own classes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fpdf import FPDF
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject, Raw


class Tags:
    """Mark what is drawn in a document with its role."""

    def __init__(self, pdf: FPDF) -> None:
        self._pdf = pdf
        self._tree = _NestedTree()
        self._open: list[StructElem] = [self._tree.doc_struct_elem]
        pdf.struct_builder = self._tree

    @contextmanager
    def group(self, role: str) -> Iterator[None]:
        """Open an element that holds other elements: Table, TR, L."""
        self._open.append(self._element(role))
        yield
        self._open.pop()

    @contextmanager
    def content(self, role: str, alt: str | None = None) -> Iterator[None]:
        """Mark what is drawn inside as one heading, paragraph, cell or figure; it must stay on one page."""
        element = self._element(role, alt)
        marked = self._tree.marked_on(self._pdf.page)
        element.k.append(len(marked))
        marked.append(element)
        self._pdf.pages[self._pdf.page].struct_parents = self._tree.spid_per_page_number[self._pdf.page]
        self._pdf._out(f"/{role} <</MCID {len(marked) - 1}>> BDC")
        yield
        self._pdf._out("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Mark what is drawn inside as nothing to read: rules, panels, running heads."""
        self._pdf._out("/Artifact BMC")
        yield
        self._pdf._out("EMC")

    def _element(self, role: str, alt: str | None = None) -> StructElem:
        element = _Element(f"/{role}", self._open[-1], [], page_number=self._pdf.page, alt=alt)
        element.pg = self._pdf.pages[self._pdf.page]  # type: ignore[assignment]  # fpdf2 sets it later, and only says None
        if role == "TH":
            element.a = Raw("<</O /Table /Scope /Column>>")
        self._open[-1].k.append(element)
        self._tree.add(element, nested=len(self._open) > 1)
        return element


class _Element(StructElem):
    """A structure element that can carry attributes (/A), such as the scope of a table header."""

    a: Raw | None = None


class _NestedTree(StructureTreeBuilder):
    """The tree of fpdf2, plus the elements that stand under another element."""

    def __init__(self) -> None:
        super().__init__()
        self._nested: list[StructElem] = []

    def __iter__(self) -> Iterator[PDFObject]:
        yield from super().__iter__()
        yield from self._nested

    def add(self, element: StructElem, *, nested: bool) -> None:
        if nested:
            self._nested.append(element)

    def marked_on(self, page: int) -> list[PDFObject]:
        """Return the elements drawn on a page; the place of each is its marked-content number."""
        number = self.spid_per_page_number.setdefault(page, len(self.spid_per_page_number))
        return self.struct_tree_root.parent_tree.nums[number]
