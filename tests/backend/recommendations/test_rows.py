from backend.recommendations.rows import Page, SongFacts


def facts(**artists: tuple[int | None, int]) -> dict[int, SongFacts]:
    """`s1=(artist, work)` describes song 1."""
    return {int(name[1:]): SongFacts(*what) for name, what in artists.items()}


def test_an_artist_stands_once_in_a_row_and_again_in_the_next() -> None:
    page = Page(facts(s1=(7, 1), s2=(7, 2), s3=(8, 3)))
    assert page.fill([1, 2, 3], count=2) == [1, 3]
    assert page.fill([1, 2, 3], count=2) == [2]


def test_no_song_stands_twice_on_a_page() -> None:
    page = Page(facts(s1=(1, 1), s2=(2, 2)), shown=[1])
    assert page.fill([1, 2], count=4) == [2]
    assert page.fill([1, 2], count=4) == []


def test_versions_of_one_work_count_as_one_song() -> None:
    cover_of_1 = (9, 1)
    page = Page(facts(s1=(1, 1), s2=cover_of_1, s3=(3, 3)))
    assert page.fill([2, 1, 3], count=4) == [2, 3]


def test_a_shown_original_keeps_its_cover_away() -> None:
    page = Page(facts(s2=(9, 1)), shown=[1])
    assert page.fill([2], count=1) == []


def test_songs_without_an_artist_are_not_of_one_artist() -> None:
    page = Page(facts(s1=(None, 1), s2=(None, 2)))
    assert page.fill([1, 2], count=2) == [1, 2]


def test_songs_the_source_no_longer_lists_are_left_out() -> None:
    assert Page(facts(s1=(1, 1))).fill([5, 1], count=2) == [1]


def test_slices_of_a_ranking_share_nothing_and_hold_an_artist_once() -> None:
    known = facts(s1=(7, 1), s2=(7, 2), s3=(8, 3), s4=(9, 4), s5=(8, 5))
    slices = [Page(known).fill([1, 2, 3, 4, 5], count=2, offset=at) for at in (0, 2, 4)]
    assert slices == [[1, 3], [4, 2], [5]]


def test_a_filler_respects_the_artists_already_in_the_row() -> None:
    page = Page(facts(s1=(7, 1), s2=(7, 2), s3=(8, 3)))
    assert page.fill([1], count=1) == [1]
    assert page.fill([2, 3], count=3, row=[1]) == [3]
