"""Gold reports of our own, written by hand, with their scorers."""
