"""The names of the recommenders, as the wire spells them."""

from typing import Literal

Algorithm = Literal["popularity", "usercf", "itemcf", "rnn", "two_tower", "blend"]
"""Those that a page shows."""
HOME_ROWS: tuple[Algorithm, ...] = ("rnn", "usercf", "itemcf", "two_tower")
"""The personal rows of the home page, in their order."""
