"""From rows to other rows."""
