"""Tokens: exact counts of text, framing of rows, the cost of a training run. Importing loads no tokenizer."""
