"""What songs sound like, say and look like, as vectors; the vectors lie in files of their own."""
