"""FT3: the text of messages, prompts and completions."""
