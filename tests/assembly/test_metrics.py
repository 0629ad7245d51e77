"""Measured widths: what a text needs, how it is clipped to one line, and on how many lines it stands."""

from __future__ import annotations

import pytest

from assembly.render_pdf.metrics import clipped, lines, width
from assembly.theme import NEUTRAL

SANS = NEUTRAL.sans
LONG = "Gewerbeflächenentwicklungsgenehmigungsverfahrensbeschleunigungskoordinierungsstelle"


@pytest.mark.parametrize("text", ["7 Kosten", f"WIR-001 {LONG}", f"{LONG} " * 4, "i" * 400])
def test_a_clipped_text_fits_its_room_and_says_so(text: str) -> None:
    shown = clipped(SANS, text, 104.0, 8.5)
    assert width(SANS, shown, 8.5) <= 104.0
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1].rstrip()))
    assert shown == text or width(SANS, shown, 8.5) > 90.0, "no more is left out than must be"


@pytest.mark.parametrize("text", ["Kosten und, weil es sein muss, Finanzierung", "Kosten und Finanzierung"])
def test_a_text_is_clipped_to_whole_words_and_to_no_sign_before_the_ellipsis(text: str) -> None:
    room = width(SANS, "Kosten und F…", 8.5)
    assert clipped(SANS, text, room, 8.5) == "Kosten und\u00a0…"


@pytest.mark.parametrize(
    ("text", "count"),
    [("Plan", 1), ("Plan " * 40, 20), (LONG, 8), (f"Plan {LONG} Plan", 9)],
)
def test_lines_are_counted_with_long_words_broken(text: str, count: int) -> None:
    assert abs(lines(SANS, text.strip(), 50.0, 26.0, 600) - count) <= 1


def test_sums_are_measured_in_their_own_weight() -> None:
    """The figures of the semibold face are wider than those of the regular one."""
    plain, strong = (width(NEUTRAL.sans, "1.200.076.590.000", 9.1, weight) for weight in (400, 600))
    assert strong > plain + 0.5
