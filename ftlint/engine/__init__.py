"""Scan chunks, merge their results, draw the conclusions."""
