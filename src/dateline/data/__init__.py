"""What Dateline knows as data: rules and word lists by language, places, models; each with a card."""
