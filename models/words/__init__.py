"""Words of lyrics and comments: cut, counted, drawn."""

MOTIFS = (
    "arcs", "hills", "waves", "equaliser", "moon", "tiles", "disc", "umbrella", "ridges",
)  # fmt: skip
"""The nine motifs of drawn covers, in the order the pages count them."""
SHAPES = ("plain", "record", *MOTIFS)
"""What a drawn cloud can fill: a rectangle, a record, or a cover's motif."""
