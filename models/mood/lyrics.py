"""What words say of a song's mood: nearness to sentences that speak of one, and single signs.

The scorer of comments is not asked: it tells praise from panning, and of 2,218 lyrics with a known
mood its order agrees with that of their valence by no more than rho = .10, the two here by .44
and .55.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.features.interface import Encoder, Floats

BRIGHT = (
    "今天真开心，阳光很好，我们笑着唱歌",
    "春天来了，花开了，心里暖暖的",
    "和喜欢的人在一起，幸福又满足",
    "一切都会好起来，充满希望",
    "欢乐的歌声，庆祝的酒宴",
    "I am so happy, the sun is shining and we dance",
    "love and joy fill my heart",
)
DARK = (
    "我很难过，眼泪止不住地流",
    "孤独的夜里，没有人陪我",
    "你离开了，我的心碎了",
    "思念远方的人，愁绪满怀",
    "一切都失去了，只剩下绝望和痛苦",
    "I am so sad and lonely, tears are falling",
    "my heart is broken and I feel hopeless",
)
STIRRED = (
    "热血沸腾，冲向战场，呐喊",
    "疯狂地跳舞，整夜狂欢",
    "愤怒的火焰在燃烧",
    "快跑，心跳加速，激动不已",
    "战鼓雷鸣，千军万马",
    "we scream and jump, full of energy",
    "run faster, fire and thunder",
)
CALM = (
    "安静的夜晚，慢慢睡去",
    "湖水平静，云慢慢地飘",
    "闲坐喝茶，听雨",
    "轻轻地呼吸，放松下来",
    "山间小屋，与世无争",
    "calm quiet night, slowly falling asleep",
    "soft breeze over a still lake",
)
SIGNS = {
    "bright": "喜乐欢笑暖春晴香甜爱歌舞庆贺花红好美福安朋光阳幸",
    "dark": "愁泪恨悲伤孤寂寞残病老死断别离哭痛苦寒凄怨憔悴冷空怕亡坟鬼霜",
    "stirred": "剑马战兵鼓雷火狂奔冲杀烈怒龙虎豪英雄旗飞风暴",
    "calm": "静闲睡眠梦茶云轻柔慢幽淡溪竹松鹤禅坐",
}
"""Single signs, because songs are shorter than essays and poems use no fixed words."""
_GAIN = 4.0
"""Whole lyrics lie nearer the middle than sentences that say nothing else."""
_FEW = 3
"""Signs that speak of a mood, below which they count less."""


class LyricPlacer:
    """Places lyrics by vectors of the encoder that it was made with."""

    def __init__(self, encoder: Encoder[str]) -> None:
        sides = [encoder.encode(side) for side in (BRIGHT, DARK, STIRRED, CALM)]
        self._axes = [
            _Axis(high, low) for high, low in ((sides[0], sides[1]), (sides[2], sides[3]))
        ]

    def place(self, texts: Sequence[str], vectors: Floats) -> NDArray[np.float64]:
        """Return valence and arousal of lyrics, songs x 2; `vectors` are theirs, row for row."""
        sentences = np.stack([axis.along(vectors) for axis in self._axes], axis=1)
        signs = np.array(
            [[_lean(text, "bright", "dark"), _lean(text, "stirred", "calm")] for text in texts]
        )
        return np.asarray((sentences + signs.reshape(-1, 2)) / 2, dtype=np.float64)


class _Axis:
    """From one group of sentences to the other, -1 to 1."""

    def __init__(self, high: Floats, low: Floats) -> None:
        self._direction = high.mean(axis=0) - low.mean(axis=0)
        ends = [float((side @ self._direction).mean()) for side in (high, low)]
        self._middle, self._half = sum(ends) / 2, max((ends[0] - ends[1]) / 2, 1e-9)

    def along(self, vectors: Floats) -> NDArray[np.float64]:
        steps = (vectors @ self._direction - self._middle) / self._half
        return np.asarray(np.tanh(_GAIN * steps), dtype=np.float64)


def _lean(text: str, high: str, low: str) -> float:
    up, down = (sum(map(text.count, SIGNS[side])) for side in (high, low))
    return (up - down) / (up + down + _FEW)
