"""FT2: who says what, and in which order."""
