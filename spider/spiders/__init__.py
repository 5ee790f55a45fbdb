"""The spiders: what is asked for, in which order. Reading answers is the parsers' work."""
