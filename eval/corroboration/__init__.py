"""Whose word stands behind a story, and where its tellings differ: forty cases and what Dateline makes of them."""
