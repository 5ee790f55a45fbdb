"""Features of songs for models."""
