"""Numbers: pages that references and directories print.

A number enters the layout only by how many digits it has: a chunk is laid out with so many zeros (all figures are
equally wide), and the merger sets the digits once every target has its page. How many digits there will be is sure for
nearly all targets long before their pages are known, for a page is hardly ever close to 10, 100 or 1000. So the chunks
go first that print sure numbers only; from their pages those of the others become surer. Where doubt is left, the
chunks before it go first. Where an expectation was wrong all the same, the chunks that print the number are laid out
again. Asking WeasyPrint for the numbers (`target-counter`)
takes two to three layouts of the whole book, and WeasyPrint 70 stops before they agree: in a book of 100 pages the
directory was wrong by one from page 76 on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import accumulate

from assembly.render_pdf.chunk import Outside

SIGNS = 3100  # on a full page of text without breaks
BREAK = 53  # signs that a block, an item or a row takes beyond its own
ROUNDING = 0.4  # of the last page stays empty
MADE_TO_FIT = {"portrait": 1.0, "sheet": 2.0}  # pages of what the style sheet sets so that it fits
DOUBT = 0.12  # by how much the pages of many chunks together may be more or fewer than their text lets expect

Room = Mapping[str, str]  # the zeros that are kept for the page of each target


class Expectation:
    """What is expected of the pages of a book while its chunks are being laid out."""

    def __init__(self, chunks: Sequence[str]) -> None:
        self._pages = [_expected(chunk) for chunk in chunks]
        self._places = dict(reversed([*_places(chunks)]))  # the first place counts
        self._known: dict[int, Outside] = {}
        self._count()

    def learn(self, known: Mapping[int, Outside]) -> None:
        """Take note of chunks that were laid out: place among the chunks → what they show."""
        self._known |= known
        self._count()

    def room(self, targets: Iterable[str]) -> Room:
        """Return as many zeros for each target as its page is most likely going to have digits."""
        return {target: zeros(self._page(target, 1.0)) for target in targets}

    def is_sure(self, target: str) -> bool:
        """Tell whether it cannot reasonably have more digits, or fewer."""
        return len(str(self._page(target, 1 - DOUBT))) == len(str(self._page(target, 1 + DOUBT)))

    def decisive(self, printed: Mapping[int, Iterable[str]]) -> list[int]:
        """Return the chunks to lay out first of those that print doubtful numbers: place → the targets it prints.

        They are those before the first doubtful target, for their pages decide on it; where none is, all.
        """
        first = min(
            self._places[target][0] for targets in printed.values() for target in targets if not self.is_sure(target)
        )
        return [index for index in printed if index < first] or [*printed]

    def _count(self) -> None:
        """Add up what stands before each chunk: pages that are known, and pages that are expected."""
        chunks = range(len(self._pages))
        known = (self._known[index].pages if index in self._known else 0 for index in chunks)
        expected = (0.0 if index in self._known else self._pages[index] for index in chunks)
        self._before = list(zip(accumulate(known, initial=0), accumulate(expected, initial=0.0), strict=True))

    def _page(self, target: str, factor: float) -> int:
        """Return the page of a target, from 1, where what is not known yet takes `factor` times what is expected."""
        if target not in self._places:
            return 1
        index, share = self._places[target]
        known, expected = self._before[index]
        if index in self._known:
            page, _, _ = self._known[index].anchors.get(target, (0, 0.0, 0.0))
            known += page
        else:
            expected += share * self._pages[index]
        return 1 + int(known + factor * expected)


def zeros(page: int) -> str:
    """Return a zero for each digit of a page."""
    return "0" * len(str(page))


_KIND = re.compile(r'<section [^>]*class="(\w+)')
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<(?:p|li|tr|dt|h[1-6]|caption)\b")
_ID = re.compile(r'\sid="([^"]*)"')


def _expected(chunk: str) -> float:
    """Return how many pages a chunk may take."""
    kind = _KIND.search(chunk)
    if kind and kind[1] in MADE_TO_FIT:
        return MADE_TO_FIT[kind[1]]
    return max(1.0, (len(_TAG.sub("", chunk)) + BREAK * len(_BREAK.findall(chunk))) / SIGNS + ROUNDING)


def _places(chunks: Sequence[str]) -> Iterator[tuple[str, tuple[int, float]]]:
    """Yield each name in the HTML with the place of its chunk, and the share of the chunk before it."""
    for index, chunk in enumerate(chunks):
        for found in _ID.finditer(chunk):
            yield unescape(found[1]), (index, found.start() / len(chunk))


# --- in the HTML ----------------------------------------------------------------------------------------------------

# Written by `RefWriter` and the template of directories. What an editor typed is escaped and can never look like it.
_PAGE = re.compile(r'(<a (?:class="page" )?href="#([^"]+)"(?:>S\.\u00a0| data-page="))0')


def put_pages(html: str, pages: Mapping[str, str], unknown: str) -> str:
    """Return the HTML with what `pages` says of each target in place of the zero."""
    return _PAGE.sub(lambda found: found[1] + pages.get(unescape(found[2]), unknown), html)


def targets_in(html: str) -> set[str]:
    """Return the targets whose pages the HTML prints."""
    return {unescape(found[2]) for found in _PAGE.finditer(html)}
