"""Fuzzy search over songs, artists, albums and lyric lines."""
