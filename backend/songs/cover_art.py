"""Covers drawn by Pillow from what a source chose: the pages' palettes and motifs, at rest.

The page moves things about by the song's number; here each motif stands in its usual place, so
that songs of one palette and motif have one picture.
"""

from collections.abc import Callable

from PIL import Image, ImageDraw

PALETTES = (
    ("#26304f", "#d9583f", "#f0a06a", "#f3e6d6"),
    ("#0f4a48", "#2f8d7e", "#cfa64f", "#efe6cc"),
    ("#b8392a", "#f2c987", "#2b1713", "#f8ebdc"),
    ("#264a6e", "#8fb6d2", "#dbe5ea", "#f2a65a"),
    ("#e0a52e", "#3a2a26", "#f8f0dd", "#b8432a"),
    ("#d9e3cb", "#3f6f52", "#1f3b2e", "#d9822b"),
    ("#c8b1cc", "#5b487d", "#f6eaea", "#df7759"),
    ("#1b1a19", "#e8e1d3", "#7f766a", "#cc4731"),
    ("#e6edef", "#2c638e", "#7fc0d4", "#f3b45c"),
    ("#efe0d0", "#c23a28", "#24211e", "#e3a33a"),
)
"""Ground and three colours each; the front end's `palettes.ts` holds the same (tested)."""
SIDE = 200
Draw = ImageDraw.ImageDraw
Colours = tuple[str, str, str, str]


def picture(palette: int, motif: int) -> Image.Image:
    """Draw the cover of a palette and a motif, 200 x 200, RGB."""
    colours = PALETTES[palette % len(PALETTES)]
    image = Image.new("RGB", (SIDE, SIDE), colours[0])
    _MOTIFS[motif % len(_MOTIFS)](ImageDraw.Draw(image, "RGBA"), colours)
    return image


def _circle(draw: Draw, x: float, y: float, radius: float, fill: str) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _faded(colour: str, share: float) -> str:
    return f"{colour}{round(share * 255):02x}"


def _arcs(draw: Draw, colours: Colours) -> None:
    ground, a, b, c = colours
    _circle(draw, 142, 41, 15, c)
    for step, fill in enumerate((b, ground, a, ground, c, ground, b, ground)):
        _circle(draw, 58, 200, (8 - step) * 19, fill)


def _sun_over_hills(draw: Draw, colours: Colours) -> None:
    _, a, b, c = colours
    for row in range(4):
        draw.line((0, 28 + row * 12, 200, 28 + row * 12), fill=_faded(b, 0.3 - row * 0.06))
    _circle(draw, 100, 77, 34, c)
    for base, height, fill, peak in (
        (140, 42, _faded(a, 0.5), 130),
        (158, 44, a, 70),
        (184, 38, b, 120),
    ):
        top = base - height
        slope = [(0, base), (peak * 0.6, top + 8), (peak, top), (peak + 40, top + 6)]
        draw.polygon([*slope, (200, base - height / 4), (200, 200), (0, 200)], fill=fill)


def _waves(draw: Draw, colours: Colours) -> None:
    for row in range(12):
        y = 5 + row * 17.6
        width = (2, 5, 7)[row % 3]
        turns = [(x, y + (8 if (x // 12) % 2 else -8)) for x in range(-12, 224, 12)]
        draw.line(turns, fill=colours[1 + row % 3], width=width, joint="curve")


def _equaliser(draw: Draw, colours: Colours) -> None:
    _, a, b, c = colours
    for bar, height in enumerate((60, 110, 84, 140, 52, 96, 150, 70, 120, 64, 100)):
        x = 18 + bar * 15.4
        fill = c if bar in (3, 7) else a if bar % 2 else b
        draw.rounded_rectangle((x, 100 - height / 2, x + 8, 100 + height / 2), 4, fill=fill)


def _moon_over_water(draw: Draw, colours: Colours) -> None:
    ground, a, b, c = colours
    for star in range(14):
        _circle(draw, 4 + star * 53 % 192, 6 + star * 37 % 94, 1.2, b)
    _circle(draw, 100, 92, 53, c)
    _circle(draw, 126, 77, 46, ground)
    for row in range(6):
        fill = _faded(a, 0.45 + row * 0.1)
        draw.line((0, 158 + row * 8, 200, 158 + row * 8), fill=fill, width=1 + row)


def _tiles(draw: Draw, colours: Colours) -> None:
    _, a, b, c = colours
    for tile in range(16):
        x, y, fill = tile % 4 * 50, tile // 4 * 50, (c, a, c, b)[tile * 7 % 4]
        if tile % 5 < 3:
            turn = tile % 4 * 90
            draw.pieslice((x, y, x + 50, y + 50), turn, turn + 180, fill=fill)
        elif tile % 5 == 3:
            _circle(draw, x + 25, y + 25, 17, fill)


def _striped_record(draw: Draw, colours: Colours) -> None:
    ground, a, b, c = colours
    for stripe in range(-8, 20):
        y = stripe * 21
        slanted = ((0, y), (200, y + 115), (200, y + 126), (0, y + 11))
        draw.polygon(slanted, fill=_faded(a, 0.6))
    _circle(draw, 100, 100, 56, ground)
    draw.pieslice((44, 44, 156, 156), 90, 270, fill=c)
    draw.pieslice((44, 44, 156, 156), 270, 90, fill=b)
    _circle(draw, 100, 100, 12, ground)
    _circle(draw, 100, 100, 6, c)


def _rain_and_umbrella(draw: Draw, colours: Colours) -> None:
    _, a, b, c = colours
    for drop in range(60):
        x, y, long = drop * 83 % 215 - 10, drop * 59 % 208 - 12, 10 + drop * 7 % 24
        draw.line((x, y, x - long * 0.35, y + long), fill=a if drop % 4 else b, width=2)
    draw.pieslice((53, 73, 147, 167), 180, 360, fill=c)
    draw.line((100, 118, 100, 153), fill=c, width=5)
    draw.arc((100, 145, 116, 161), 0, 180, fill=c, width=4)


def _ridgelines(draw: Draw, colours: Colours) -> None:
    ground, a, _, c = colours
    for row in range(13):
        y = 46 + row * 10.8
        line = [(13 + n * 6.21, _ridge(row, n, y)) for n in range(29)]
        draw.polygon([*line, (187, y + 12), (13, y + 12)], fill=ground)
        draw.line(line, fill=c if row == 7 else a, width=2)


def _ridge(row: int, n: int, y: float) -> float:
    swell: float = 2.718 ** -(((n - 14) / 5.8) ** 2)
    return y - swell * (14 + row * 5 % 16) * (0.4 + (n * 7 + row * 3) % 6 / 10)


_MOTIFS: tuple[Callable[[Draw, Colours], None], ...] = (
    _arcs,
    _sun_over_hills,
    _waves,
    _equaliser,
    _moon_over_water,
    _tiles,
    _striped_record,
    _rain_and_umbrella,
    _ridgelines,
)
