"""A map for many processes; knows nothing of news."""
