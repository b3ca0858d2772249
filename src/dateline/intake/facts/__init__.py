"""Facts of publication: when, by whom, where and in which language a report was printed."""
