"""Words of lyrics and comments: cut, counted, drawn."""

SHAPES = ("plain", "record")
"""What a drawn cloud can fill: a rectangle, or a cover's record."""
