"""Bytes become rows: reading, recognising what is no JSON Lines, explaining what does not parse."""
