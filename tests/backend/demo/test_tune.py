import re

import pytest

from backend.demo.tune import bar_seconds, stamped, tune_seconds


@pytest.mark.parametrize("tempo", [56, 60, 83, 96, 120, 144, 180])
def test_a_tune_is_whole_bars_of_20_to_30_seconds(tempo: float) -> None:
    seconds = tune_seconds(tempo)

    assert 20 <= seconds <= 30
    assert seconds / bar_seconds(tempo) == pytest.approx(round(seconds / bar_seconds(tempo)))


def test_stamps_rise_within_the_tune_and_longer_lines_last_longer() -> None:
    text = stamped(["短句", "这一句要长得多多多", "完"], 120)

    stamps = [60 * int(m) + float(s) for m, s in re.findall(r"\[(\d\d):(\d\d\.\d\d)\]", text)]
    assert stamps[0] == bar_seconds(120)
    assert stamps[2] - stamps[1] > stamps[1] - stamps[0]
    assert stamps == sorted(stamps)
    assert stamps[-1] < tune_seconds(120) - bar_seconds(120)
    assert text.splitlines()[1].endswith("]这一句要长得多多多")
