"""Commands that build the data that Dateline ships."""
