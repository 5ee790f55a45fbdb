import pytest

from backend.demo.composition import MODES, TEMPERS, compose, tune_of


@pytest.mark.parametrize("mood", TEMPERS)
def test_a_tune_stays_in_the_mode_of_its_mood(mood: str) -> None:
    tune = tune_of("s5", tempo=96, mood=mood, genres=("古风",))
    assert tune.mode in TEMPERS[mood].modes
    steps = {(n.pitch - tune.tonic) % 12 for n in compose(tune) if n.voice != "drum"}
    assert steps <= set(MODES[tune.mode])
    assert 0 in steps


def test_the_same_song_has_the_same_tune_and_others_have_others() -> None:
    made = [compose(tune_of(s, tempo=90, mood="温暖", genres=())) for s in ("s1", "s1", "s2")]
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_the_melody_asks_again_and_comes_home() -> None:
    tune = tune_of("s1", tempo=120, mood="平静", genres=())
    sung = [n for n in compose(tune) if n.voice == "pluck"]

    def bar(number: int) -> list[tuple[float, int]]:
        return [(n.start % 4, n.pitch) for n in sung if n.start // 4 == number]

    assert bar(0) == []
    assert bar(1) == bar(5)
    home = bar(tune.bars - 2)[-1][1]
    assert (home - tune.tonic) % 12 == 0
    assert all(n.start + n.length <= 4 * tune.bars + 4 for n in sung)


def test_a_drum_is_heard_where_the_genre_has_one() -> None:
    with_drum = tune_of("s1", tempo=120, mood="激昂", genres=("摇滚", "民谣"))
    without = tune_of("s1", tempo=120, mood="激昂", genres=("民谣",))
    assert any(n.voice == "drum" for n in compose(with_drum))
    assert not any(n.voice == "drum" for n in compose(without))
