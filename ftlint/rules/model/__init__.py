"""FT9: the model and its provider."""
