"""What should not be learnt from training data."""
