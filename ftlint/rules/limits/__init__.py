"""FT5: tokens, limits, money."""
