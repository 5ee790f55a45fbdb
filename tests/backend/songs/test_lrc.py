from backend.songs.lrc import parse, parse_lrc


def test_a_line_with_two_stamps_is_sung_twice() -> None:
    lines = parse_lrc("[00:10.00][00:02.5]副歌")
    assert [(n.ms, n.text) for n in lines] == [(2500, "副歌"), (10_000, "副歌")]


def test_a_translation_goes_with_the_line_of_its_stamp() -> None:
    lines = parse_lrc("[00:01.00]hello\n[00:02.00]world", "[00:02.00]世界")
    assert [n.translation for n in lines] == [None, "世界"]


def test_tags_blank_lines_and_rubbish_are_left_out() -> None:
    assert parse_lrc("[ar:谁]\n\n[00:03.00]\nno stamp\n[99:99:99]晚")[0].text == "晚"


def test_plain_lyrics_have_no_times_and_instrumentals_no_lines() -> None:
    assert [(n.ms, n.text) for n in parse("plain", "一\n\n 二 ")] == [(None, "一"), (None, "二")]
    assert parse("instrumental", None) == []
