"""Mood to music: where songs stand on the plane, journeys from one state to another."""
