"""Drawn covers: the pages' palettes, every motif a picture of its own."""

import re
from pathlib import Path

import numpy as np

from backend.songs.cover_art import PALETTES, picture

FRONTEND = Path(__file__).parents[3] / "frontend" / "src" / "features" / "songs" / "cover"


def test_the_palettes_are_those_of_the_pages() -> None:
    found = re.findall(r"palette\('(#[^']+)'\),", (FRONTEND / "palettes.ts").read_text())
    assert [tuple(colours.split()) for colours in found] == list(PALETTES)


def test_every_motif_is_a_picture_of_its_own() -> None:
    pictures = [np.asarray(picture(2, motif)) for motif in range(9)]
    assert {one.shape for one in pictures} == {(200, 200, 3)}
    assert len({one.tobytes() for one in pictures}) == 9
    assert (np.asarray(picture(2, 3)) == pictures[3]).all()
