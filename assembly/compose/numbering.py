"""Numbering: sections, tables, figures and Randnummern are counted here and nowhere else."""

from __future__ import annotations

from string import ascii_uppercase

from assembly.document import Randnummer


class Numbering:
    """Counters of one book. Chapters are 1, 2, 3 …, annexes A, B, C …; front matter has a sign of its own."""

    def __init__(self) -> None:
        self.chapter = self.annex = self.section = self.table = self.figure = self.paragraph = 0
        self.heading = 0  # headings of the whole book, for ids of those that bear none
        self.current = ""  # number of the current chapter: „7“, „A“ or empty in the front matter
        self.sign = ""  # what Randnummern begin with: „7“, „A“, „K“

    def open_chapter(self) -> str:
        """Begin the next chapter; return its number."""
        self.chapter += 1
        return self._open(str(self.chapter))

    def open_annex(self) -> str:
        """Begin the next annex; return its letter (after Z: AA, AB …)."""
        index = self.annex
        self.annex += 1
        letters = ascii_uppercase[index % 26]
        return self._open(letters if index < 26 else ascii_uppercase[index // 26 - 1] + letters)

    def open_front(self, sign: str) -> None:
        """Begin a chapter of the front matter, without number."""
        self._open("")
        self.sign = sign

    def _open(self, number: str) -> str:
        self.current = self.sign = number
        self.section = self.paragraph = 0
        return number

    def next_section(self) -> str:
        """Return the number of the next section, „7.2“; empty in the front matter."""
        self.section += 1
        return f"{self.current}.{self.section}" if self.current else ""

    def next_table(self) -> int:
        """Return the number of the next table."""
        self.table += 1
        return self.table

    def next_figure(self) -> int:
        """Return the number of the next figure."""
        self.figure += 1
        return self.figure

    def next_paragraph(self) -> Randnummer:
        """Return the next Randnummer of the chapter, `7/12`."""
        self.paragraph += 1
        return randnummer(self.sign, self.paragraph)


def randnummer(sign: str, number: int) -> Randnummer:
    """Return `sign/number` with its anchor."""
    return Randnummer(f"{sign}/{number}", f"rn-{sign}-{number}")
