"""Words worth showing: cut by jieba's dictionary, without stop words, tags and marks."""

import re
from collections import Counter
from functools import cache

import rjieba
from stopwordsiso import stopwords

from models.sentiment.text import normalise

LONGEST = 32
_TAG = re.compile(r"\[[^\[\]\s]{1,8}\]")
_WORD = re.compile(r"[㐀-鿿]{2,}|[a-z][a-z']{2,}")
_MORE = frozenset(
    ("一首", "这首", "首歌", "这歌", "真的", "一遍", "两遍", "几遍", "时候", "一个", "没有", "觉得",
     "有点", "还是", "就是")
)  # fmt: skip


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(stopwords(["zh", "en"])) | _MORE


def tokens(text: str) -> Counter[str]:
    """Count the words of a text: Han of two signs or more, Latin of three or more."""
    stop = _stop_words()
    return Counter(
        word
        for word in rjieba.cut(_TAG.sub(" ", normalise(text)))
        if len(word) <= LONGEST and _WORD.fullmatch(word) and word not in stop
    )
