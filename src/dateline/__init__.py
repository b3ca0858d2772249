"""Dateline reads news reports and keeps a ledger of who did what, to whom, when, where and on whose word."""

__version__ = "0.1.0"
