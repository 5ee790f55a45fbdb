"""The names of the recommenders, as the wire spells them."""

from typing import Literal

Algorithm = Literal["popularity", "usercf", "itemcf", "rnn", "two_tower", "multimodal", "blend"]
"""Those that a page shows."""
HOME_ROWS: tuple[Algorithm, ...] = ("rnn", "usercf", "itemcf", "two_tower", "multimodal")
"""The personal rows of the home page, in their order."""
OPTIONAL: tuple[Algorithm, ...] = ("multimodal",)
"""Rows that a page leaves out until there is a model: not every site has features of songs."""
