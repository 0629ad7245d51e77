"""Colours: how they are mixed and told apart; which ones there are says `assembly.theme`."""

from __future__ import annotations

from collections.abc import Mapping

from schema.funding_source import Tier

AA, AA_MARKS = 4.5, 3.0  # the contrast that WCAG 2.1 asks of words (1.4.3) and of marks (1.4.11)

MIDDLE = 0.179  # the luminance from which black stands out more than white

_LIGHTEST = 0.83  # share of white in the lightest tint


def tints(colour: str, count: int) -> tuple[str, ...]:
    """Return `count` tints of a colour, from the full colour to a light one."""
    return tuple(mix(colour, _LIGHTEST * i / max(count - 1, 1)) for i in range(count))


def tier_colours(accent: str) -> Mapping[str, str]:
    """Return the tint of every tier of money, by its key and by its label: the same in every drawing of the book."""
    pairs = zip(Tier, tints(accent, len(Tier)), strict=True)
    return {name: tint for tier, tint in pairs for name in (tier.value, tier.label)}


def mix(colour: str, white: float) -> str:
    """Return `colour` (#rrggbb) with a share of white from 0 to 1."""
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in _channels(colour))


def legible(colour: str, ground: str, least: float) -> str:
    """Return the colour nearest to `colour` that has this contrast on `ground`: darker, or lighter on a dark ground."""
    target = 0 if _luminance(ground) > MIDDLE else 255
    for step in range(256):
        found = "#" + "".join(f"{round(part + (target - part) * step / 255):02x}" for part in _channels(colour))
        if contrast(found, ground) >= least:
            return found
    raise ValueError(f"no colour has a contrast of {least} on {ground}")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.1 defines it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
