"""Readings in Parquet files: written by many, asked where they lie, without a ledger."""
