"""Trains the reader's network; torch is needed here and nowhere in the product."""
