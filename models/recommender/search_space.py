"""Where settings are searched: starts, and the values to try for each setting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Axes:
    """A start to search from and the values to try, setting by setting, in this order."""

    start: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Sequence[Any]] = field(default_factory=dict)


SEARCH: Mapping[str, Mapping[str, Axes]] = {
    "itemcf": {
        Axes(
            {"method": "cosine"},
            {
                "memory": (3.0, 30.0, 300.0),
                "sharpness": (0.4, 0.8, 1.0),
                "shrinkage": (0.0, 4.0, 60.0),
                "listener_power": (0.3, 0.6),
                "source_power": (0.5, 0.9),
                "target_power": (0.5, 0.9),
                "neighbours": (100, 1_000),
            },
        ),
        Axes(
            {"method": "ease"},
            {
                "memory": (3.0, 30.0, 300.0),
                "ridge": (30.0, 400.0),
                "dropout": (0.5, 0.65),
                "listener_power": (0.0, 0.45),
                "popularity_power": (0.0, 0.15, 0.45),
            },
        ),
    ),
    "session_rules": {
        Axes(
            {},
            {
                "memory": (1.0, 4.0, 8.0),
                "backward": (0.0, 0.6),
                "source_power": (0.4, 0.55, 0.85),
                "decay": (0.0, 3.0),
            },
        ),
    ),
    "vsknn": tuple(
        Axes(
            {"form": form, "memory": memory},
            {
                "memory": (1.0, 2.0, 4.0, 8.0),
                "neighbours": (100, 600),
                "sharpness": (1.0, 2.0),
                "decay": (0.0, 4.0),
                "length_power": (0.25, 0.75),
                "fading": (1.0, 4.0),
            },
        )
        for form, memory in (("plain", 2.0), ("signed", 4.0))
    ),
    "usercf": {
        Axes(
            {},
            {
                "memory": (3.0, 30.0, 300.0),
                "neighbours": (100, 200, 400),
                "rarity": (1.0, 2.5, 3.5),
                "length_power": (0.4, 0.6),
                "sharpness": (1.5, 2.0),
                "popularity_power": (0.0, 0.3),
            },
        ),
    ),
}
