"""The names of the recommenders, as the wire spells them."""

from typing import Literal

Algorithm = Literal["popularity", "usercf", "itemcf", "rnn"]
HOME_ROWS: tuple[Algorithm, ...] = ("rnn", "usercf", "itemcf")
"""The personal rows of the home page, in their order."""
