"""Where the moods of the demo library stand on the plane: the truth that placings are held against.

Set by hand, valence and arousal in [-1, 1]; only the quadrant and the order are relied on.
"""

PLACES = {
    "欢快": (0.8, 0.6),
    "温暖": (0.6, -0.3),
    "平静": (0.45, -0.6),
    "思念": (-0.4, -0.3),
    "忧伤": (-0.7, -0.4),
    "孤独": (-0.6, -0.5),
    "激昂": (0.4, 0.8),
    "梦幻": (0.3, -0.4),
}
