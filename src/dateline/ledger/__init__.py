"""The embedded store: keeps readings and judgements, answers questions."""
