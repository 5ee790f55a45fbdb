import re

import numpy as np

from backend.demo.catalogue import Catalogue
from backend.demo.comments import write
from backend.demo.phrases import VOICED


def test_comments_are_nearly_all_distinct_and_filled_in(catalogue: Catalogue) -> None:
    songs = np.random.default_rng(1).integers(0, len(catalogue), 20_000).tolist()

    texts = list(write(catalogue, ((song, song % 3) for song in songs), 1))

    assert len(set(texts)) >= 18_000
    assert all(0 < len(text) <= 120 and not re.search("[{}|□]", text) for text in texts)


def test_music_without_words_gets_no_remarks_on_words(catalogue: Catalogue) -> None:
    wordless = np.flatnonzero(catalogue.wordless).tolist()
    names = [catalogue.singers[int(catalogue.singer[song])].name for song in wordless]

    texts = list(write(catalogue, ((song, 0) for song in wordless), 1))

    for text, name in zip(texts, names, strict=True):
        assert not any(sign in text.replace(name, "") for sign in VOICED if sign != "{line}")


def test_the_same_seed_writes_the_same(catalogue: Catalogue) -> None:
    about = [(song, 0) for song in range(50)]

    assert list(write(catalogue, about, 1)) == list(write(catalogue, about, 1))
    assert list(write(catalogue, about, 1)) != list(write(catalogue, about, 2))
