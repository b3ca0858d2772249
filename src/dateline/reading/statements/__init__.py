"""Who said what: source, cue and content of each statement, how it is quoted, and the hands it came through."""

from dateline.reading.statements.quotations import Quotation, find_quotations
from dateline.reading.statements.reader import StatementReader

__all__ = ["Quotation", "StatementReader", "find_quotations"]
