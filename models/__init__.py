"""Machine-learning models: arrays in, artifacts and arrays out."""
