"""Graders of reinforcement fine-tuning: their files, templates, formulas and sources."""
