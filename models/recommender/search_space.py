"""Where settings are searched: starts, and the values to try for each setting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RECENT = (1.0, 2.0, 4.0, 8.0)
LASTING = (3.0, 30.0, 300.0)


@dataclass(frozen=True)
class Axes:
    """A start to search from and the values to try, setting by setting, in this order."""

    start: Mapping[str, Any]
    values: Mapping[str, Sequence[Any]]


SEARCH: Mapping[str, Mapping[str, Axes]] = {
    "itemcf": {
        "cosine": Axes(
            {"method": "cosine"},
            {
                "memory": LASTING,
                "sharpness": (0.4, 0.8, 1.0),
                "shrinkage": (0.0, 4.0, 60.0),
                "listener_power": (0.3, 0.6),
                "source_power": (0.5, 0.9),
                "target_power": (0.5, 0.9),
                "neighbours": (100, 1_000),
            },
        ),
        "ease": Axes(
            {
                "method": "ease",
                "neighbours": 1_000,
                "ridge": 30.0,
                "dropout": 0.8,
                "listener_power": 0.45,
            },
            {
                "memory": LASTING,
                "ridge": (10.0, 90.0, 270.0),
                "dropout": (0.5,),
                "listener_power": (0.0,),
                "popularity_power": (0.0, 0.15),
            },
        ),
    },
    "usercf": {
        "usercf": Axes(
            {"rarity": 2.5, "length_power": 0.0, "neighbours": 90},
            {
                "memory": LASTING,
                "length_power": (0.2, 0.4, 0.8),
                "neighbours": (30, 50, 120, 200, 400),
                "rarity": (1.0, 2.0, 3.0),
                "sharpness": (1.5, 2.0),
                "popularity_power": (0.0, 0.3),
            },
        ),
    },
    "session_rules": {
        "session_rules": Axes(
            {},
            {
                "memory": RECENT,
                "backward": (0.0, 0.6),
                "source_power": (0.4, 0.55, 0.85),
                "decay": (0.0, 3.0),
            },
        ),
    },
    "vsknn": {
        form: Axes(
            {"form": form, "memory": memory},
            {
                "memory": RECENT,
                "neighbours": (100, 600),
                "sharpness": (1.0, 2.0),
                "decay": (0.0, 4.0),
                "length_power": (0.25, 0.75),
                "fading": (1.0, 4.0, 8.0),
            },
        )
        for form, memory in (("plain", 2.0), ("signed", 4.0))
    },
    "rnn": {"rnn": Axes({}, {})},
    "two_tower": {"two_tower": Axes({}, {"memory": LASTING})},
    "als": {
        "als": Axes(
            {},
            {
                "memory": LASTING,
                "regularization": (25.0, 100.0),
                "confidence": (5.0, 20.0),
                "popularity_power": (0.0, 0.5),
            },
        ),
    },
}
