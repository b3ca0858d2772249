"""The desk in a real browser: Chromium on what `dateline serve` serves, over a ledger that was really read."""
