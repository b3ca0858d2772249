"""HTML pages: from tags to typed pieces that lead back to the page."""
