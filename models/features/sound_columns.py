"""What the columns of a sound vector are, apart from what makes it: readers need no librosa."""

NAMES = (
    *("tempo", "pulse", "onset_rate", "loudness", "loudness_spread", "zero_crossings"),
    *("centroid", "centroid_spread", "rolloff", "majorness", "brightness_of_mode", "key_clarity"),
    *(f"contrast_{band}" for band in range(7)),
    *(f"chroma_{step}" for step in range(12)),
    *(f"mfcc_{place}" for place in range(20)),
    *(f"mfcc_spread_{place}" for place in range(20)),
)
"""The columns of a vector. `tempo` is in octaves (log2 of beats per minute), `onset_rate` a
second, `loudness` in dB below full scale, `centroid` and `rolloff` in octaves above 1 Hz,
`chroma_0` the share of the key note, `chroma_n` of the note n semitones above it."""
COLUMN = {name: place for place, name in enumerate(NAMES)}
