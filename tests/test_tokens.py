"""The colours of the house can be read and told apart by all eyes."""

import itertools
import math
import re
from pathlib import Path

import pytest

WIDGETS = Path(__file__).parent.parent / "widgets"


def linear(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour):
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TOKENS = dict(
    re.findall(r"--wb-([\w-]+): (#[0-9a-f]{6});", (WIDGETS / "tokens.css").read_text())
)
INKS = ["ink", "ink-soft", "accent", "good", "warn", "bad"]
GROUPS = ["leadership", "personal", "both"]
PARTS = ["thought", "feeling", "behaviour"]


@pytest.mark.parametrize("ground", ["paper", "surface", "sunken"])
@pytest.mark.parametrize("ink", INKS + GROUPS + PARTS)
def test_every_ink_can_be_read_on_every_ground(ink, ground):
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("name", ["accent", "good", "warn", "bad", *GROUPS, *PARTS])
def test_a_colour_can_be_read_on_its_own_soft_ground_and_carries_white(name):
    assert contrast(TOKENS[name], TOKENS[f"{name}-soft"]) >= 4.5
    assert contrast(TOKENS[name], "#ffffff") >= 4.5


@pytest.mark.parametrize("ground", ["paper", "surface", "sunken"])
def test_the_edges_of_controls_can_be_seen(ground):
    assert contrast(TOKENS["line-strong"], TOKENS[ground]) >= 3
    assert contrast(TOKENS["focus"], TOKENS[ground]) >= 3


# What eyes without red, green or blue receptors make of a colour: Machado, Oliveira
# and Fernandes (2009), https://doi.org/10.1109/TVCG.2009.113, severity 1.
EYES = {
    "all receptors": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(colour, eyes):
    light = linear(colour)
    r, g, b = (
        min(1, max(0, sum(a * b for a, b in zip(row, light, strict=True))))
        for row in eyes
    )
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(GROUPS, 2)))
def test_the_three_colours_differ_for_all_eyes(one, other, eyes):
    both = (seen(TOKENS[name], EYES[eyes]) for name in (one, other))
    assert math.dist(*both) >= 25
