"""The cover's motifs as silhouettes that words can fill, on the board of 200 the pages draw on."""

from collections.abc import Callable
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from models.words import MOTIFS

SIZE = 800
"""Pixels of a silhouette's side."""
BOARD = 200
_SCALE = SIZE / BOARD
_Points = list[tuple[float, float]]


class _Board:
    """Draws in units of the pages' board; `ink` takes words, without it they stay out."""

    def __init__(self) -> None:
        self.image = Image.new("L", (SIZE, SIZE), 255)
        self._draw = ImageDraw.Draw(self.image)

    def disc(self, x: float, y: float, r: float, *, ink: bool = True) -> None:
        box = [_SCALE * v for v in (x - r, y - r, x + r, y + r)]
        self._draw.ellipse(box, fill=0 if ink else 255)

    def shape(self, points: _Points) -> None:
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=0)

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        box = [_SCALE * v for v in (x, y, x + width, y + height)]
        self._draw.rounded_rectangle(box, radius=width * _SCALE / 3, fill=0)

    def band(self, points: _Points, width: float) -> None:
        half = width / 2
        under = [(x, y + half) for x, y in reversed(points)]
        self.shape([(x, y - half) for x, y in points] + under)


def _arcs(board: _Board) -> None:
    for r, ink in ((140, True), (102, False), (92, True), (56, False), (46, True)):
        board.disc(130, 200, r, ink=ink)
    board.disc(34, 42, 30)


def _hills(board: _Board) -> None:
    board.disc(120, 66, 46)
    for peak, top, foot in ((50, 96, 190), (140, 122, 190)):
        crest = [(x, foot - (foot - top) * _bell(x, peak, 44)) for x in range(BOARD + 1)]
        board.shape([(0, BOARD), *crest, (BOARD, BOARD)])


def _waves(board: _Board) -> None:
    for row in range(4):
        y = 28 + row * 48
        line = [(x, y + 9 * sin(2 * pi * x / 100 + row)) for x in range(BOARD + 1)]
        board.band([(float(x), level) for x, level in line], 34)


def _equaliser(board: _Board) -> None:
    for at, height in enumerate((70, 130, 188, 104, 156, 84)):
        board.bar(5 + at * 32.5, 100 - height / 2, 27, height)


def _moon(board: _Board) -> None:
    board.disc(96, 76, 72)
    board.disc(140, 50, 52, ink=False)
    for row in range(2):
        board.bar(8, 158 + row * 21, 184, 16)


def _tiles(board: _Board) -> None:
    for at in range(4):
        x, y = at % 2 * 100, at // 2 * 100
        cx, cy = ((x, y), (x + 100, y), (x, y + 100), (x + 100, y + 100))[(at * 3) % 4]
        turn = [(cx + 98 * cos(a * pi / 60), cy + 98 * sin(a * pi / 60)) for a in range(121)]
        inside = [(min(max(px, x), x + 98), min(max(py, y), y + 98)) for px, py in turn]
        board.shape(inside)


def _disc(board: _Board) -> None:
    board.disc(100, 100, 97)
    board.disc(100, 100, 9, ink=False)


def _umbrella(board: _Board) -> None:
    arch = [(100 + 96 * cos(a * pi / 60), 112 - 96 * sin(a * pi / 60)) for a in range(61)]
    board.shape(arch)
    board.bar(92, 100, 16, 84)
    board.bar(60, 172, 48, 22)


def _ridges(board: _Board) -> None:
    crest = [(float(x), 176 - 150 * _bell(x, 100, 46)) for x in range(6, 195)]
    board.shape([(6, 196), *crest, (194, 196)])


def _bell(x: float, centre: float, width: float) -> float:
    return float(np.exp(-(((x - centre) / width) ** 2)))


_DRAWN: dict[str, Callable[[_Board], None]] = dict(
    zip(
        MOTIFS,
        (_arcs, _hills, _waves, _equaliser, _moon, _tiles, _disc, _umbrella, _ridges),
        strict=True,
    )
)


def silhouette(motif: str) -> NDArray[np.uint8]:
    """Return the mask of a motif: words go where it is 0."""
    board = _Board()
    _DRAWN[motif](board)
    return np.asarray(board.image)
