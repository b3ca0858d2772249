"""Where reports come from in numbers: folders, feeds, JSON Lines, web archives."""
