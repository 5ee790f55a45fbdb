"""Every chart there is, in the order they are listed: of the library, and of one listener."""

from backend.charts import heat, listeners, mine, options, songs
from backend.charts.chart import Chart
from backend.charts.filters import ChartFilter
from backend.charts.overview import overview
from backend.charts.releases import releases
from backend.charts.words import words_of_comments, words_of_lyrics

CHARTS: dict[str, Chart[ChartFilter]] = {
    chart.name: chart
    for chart in (
        Chart("overview", "overview", overview, options.gauges),
        Chart(
            "releases",
            "releases",
            releases,
            lambda: options.line("count", x="day", area=True, zoom=True),
        ),
        Chart("songs-by-year", "songs", songs.songs_by_year, lambda: options.line("count")),
        Chart("top-albums", "songs", songs.top_albums, options.ranking),
        Chart("genres", "songs", songs.genres, options.bar),
        Chart("language", "songs", songs.language, lambda: options.pie(ring=True)),
        Chart("duration", "songs", songs.duration, options.pie),
        Chart("album-types", "songs", songs.album_types, options.pie),
        Chart("artist-heat", "heat", heat.artist_heat, lambda: options.ranking(value="heat")),
        Chart("album-heat", "heat", heat.album_heat, lambda: options.ranking(value="heat")),
        Chart("hot-artists", "heat", heat.hot_artists, lambda: options.line("count", x="month")),
        Chart("copyright", "rights", songs.copyright_status, lambda: options.pie(rose=True)),
        Chart("original", "rights", songs.original, lambda: options.pie(ring=True)),
        Chart(
            "heat-comments",
            "heat",
            heat.heat_comments,
            lambda: options.scatter(x="comments", y="heat"),
        ),
        Chart("ratings", "listening", listeners.ratings, options.bar),
        Chart(
            "sentiment-by-month",
            "listening",
            listeners.sentiment_by_month,
            lambda: options.line("positive", "negative", area=True),
        ),
        Chart("hours", "listening", listeners.hours, options.week),
        Chart("words-lyrics", "words", words_of_lyrics, options.cloud),
        Chart("words-comments", "words", words_of_comments, options.cloud),
    )
}

MINE: dict[str, Chart[mine.Listener]] = {
    chart.name: chart
    for chart in (
        Chart("my-summary", "mine", mine.summary, options.bar),
        Chart("my-plays", "mine", mine.plays_by_month, options.bar),
        Chart("my-ratings", "mine", mine.ratings_by_month, options.bar),
        Chart("my-songs", "mine", mine.top_songs, options.ranking),
        Chart("my-artists", "mine", mine.top_artists, options.ranking),
        Chart("my-genres", "mine", mine.genres, lambda: options.pie(ring=True)),
        Chart("my-hours", "mine", mine.hours, options.week),
        Chart("my-moods", "mine", mine.moods, lambda: options.pie(rose=True)),
    )
}
