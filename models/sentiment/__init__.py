"""Sentiment: texts in, probabilities and the words that decide out."""
