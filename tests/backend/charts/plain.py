"""The same questions in plain SQL."""

from backend.charts.filters import ChartFilter

FILTERS = {
    "all": ("1 = 1", ChartFilter()),
    "genre": (
        "s.id IN (SELECT song_id FROM song_genres JOIN genres g ON g.id = genre_id"
        " WHERE g.name = '民谣')",
        ChartFilter(genre="民谣"),
    ),
    "no genre": ("s.id NOT IN (SELECT song_id FROM song_genres)", ChartFilter(genre="unknown")),
    "language": ("s.language = '普通话'", ChartFilter(language="普通话")),
    "unknown language": ("s.language IS NULL", ChartFilter(language="unknown")),
    "years": (
        "s.release_date >= '2000-01-01' AND s.release_date <= '2024-12-31'",
        ChartFilter(year_from=2000, year_to=2024),
    ),
    "rights": ("s.copyright = 'vip'", ChartFilter(copyright="vip")),
    "covers": ("s.original = 'cover'", ChartFilter(original="cover")),
    "source": ("s.source = 'nowhere'", ChartFilter(source="nowhere")),
    "no year": ("s.release_date <= '2023-12-31'", ChartFilter(year_to=2023)),
    "artist": (
        "s.id IN (SELECT song_id FROM song_artists WHERE artist_id ="
        " (SELECT min(id) FROM artists))",
        ChartFilter(artist=-1),
    ),
    "album": ("s.album_id = (SELECT min(id) FROM albums)", ChartFilter(album=-1)),
    "both": (
        "s.copyright = 'free' AND s.language = '普通话'",
        ChartFilter(copyright="free", language="普通话"),
    ),
}
LABELLED = {
    "genres": (
        "SELECT g.name, count(*) FROM songs s LEFT JOIN song_genres sg ON sg.song_id = s.id"
        " LEFT JOIN genres g ON g.id = sg.genre_id WHERE {where} GROUP BY g.name"
    ),
    "language": "SELECT s.language, count(*) FROM songs s WHERE {where} GROUP BY s.language",
    "copyright": "SELECT s.copyright, count(*) FROM songs s WHERE {where} GROUP BY s.copyright",
    "original": "SELECT s.original, count(*) FROM songs s WHERE {where} GROUP BY s.original",
    "songs-by-year": (
        "SELECT substr(s.release_date, 1, 4), count(*) FROM songs s WHERE {where}"
        " GROUP BY substr(s.release_date, 1, 4)"
    ),
    "album-types": (
        "SELECT a.kind, count(DISTINCT a.id) FROM songs s JOIN albums a ON a.id = s.album_id"
        " WHERE {where} GROUP BY a.kind"
    ),
    "ratings": (
        "SELECT r.stars, count(*) FROM ratings r JOIN songs s ON s.id = r.song_id"
        " WHERE {where} AND r.stars > 0 GROUP BY r.stars"
    ),
    "sentiment-by-month": (
        "SELECT substr(c.day, 1, 7), count(*) FROM comments c JOIN songs s ON s.id = c.song_id"
        " WHERE {where} AND c.label IS NOT NULL GROUP BY substr(c.day, 1, 7)"
    ),
    "releases": (
        "SELECT CASE s.release_precision WHEN 'year' THEN substr(s.release_date, 1, 4)"
        " ELSE substr(s.release_date, 1, 7) END, count(*) FROM songs s WHERE {where} GROUP BY 1"
    ),
}
