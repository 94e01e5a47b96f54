"""What providers and models accept, count and cost."""
