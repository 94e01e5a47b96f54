"""What nobody should learn from training data: where keys, cards and accounts stand in a text, and how to show it."""
