"""Bytes to Report: pages and pasted text, decoded, typed block by block, with the facts of publication."""

from dateline.intake.fetching import fetch_page
from dateline.intake.pages import Page, read_page
from dateline.intake.reports import plain_report, read_report

__all__ = ["Page", "fetch_page", "plain_report", "read_page", "read_report"]
