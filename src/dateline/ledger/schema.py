"""The tables of a ledger, and the steps that bring a file of any version up to the newest.

What was read is kept whole in ``reading`` (the JSON form, packed); all else is made from it to be found by, or stands
beside it by hand or by judgement. The integers that join the tables (``row``) are never given out: ids are.

``mark`` is what events are found by: a row for each word of each name that an event has in a slot, with the days of the
event, so that "Kim in September" reads the rows of "kim" in September and no others. ``nth`` counts the names of a
slot: the words of one name share it. Only events of current editions have marks, keys and a place in the full text.
"""

from __future__ import annotations

APPLICATION = 0x444C4752
"""SQLite's application_id of a ledger ("DLGR"): a file that bears another is not ours."""

_FIRST = """
CREATE TABLE edition (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, report TEXT NOT NULL, headline TEXT, publisher TEXT,
  published TEXT, minute INTEGER NOT NULL, origin TEXT, added TEXT NOT NULL, read_by TEXT NOT NULL,
  current INTEGER NOT NULL, shingles BLOB
);
CREATE INDEX edition_report ON edition (report, current);
CREATE INDEX edition_reader ON edition (read_by, row) WHERE current;
CREATE TABLE reading (edition INTEGER PRIMARY KEY REFERENCES edition (row) ON DELETE CASCADE, json BLOB NOT NULL);
CREATE TABLE page (
  digest TEXT PRIMARY KEY, edition INTEGER NOT NULL REFERENCES edition (row) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE refusal (
  digest TEXT PRIMARY KEY, origin TEXT NOT NULL, what TEXT NOT NULL, todo TEXT NOT NULL, at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE masthead (
  word TEXT NOT NULL, edition INTEGER NOT NULL REFERENCES edition (row) ON DELETE CASCADE, PRIMARY KEY (word, edition)
) WITHOUT ROWID;
CREATE TABLE sentence (
  row INTEGER PRIMARY KEY AUTOINCREMENT, edition INTEGER NOT NULL REFERENCES edition (row) ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL
);
CREATE INDEX sentence_edition ON sentence (edition);
CREATE VIRTUAL TABLE search USING fts5 (
  words, content = 'sentence', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TABLE event (
  row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  edition INTEGER NOT NULL REFERENCES edition (row) ON DELETE CASCADE,
  sentence INTEGER NOT NULL REFERENCES sentence (row), tie INTEGER NOT NULL, start INTEGER NOT NULL,
  current INTEGER NOT NULL,
  type TEXT NOT NULL, status TEXT NOT NULL, main INTEGER NOT NULL,
  width INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, minute INTEGER NOT NULL, lat REAL, lon REAL,
  happening TEXT, keys BLOB, json BLOB NOT NULL
);
CREATE INDEX event_edition ON event (edition);
CREATE INDEX event_sentence ON event (sentence);
CREATE INDEX event_time ON event (type, width, first, last, status, main) WHERE current;
CREATE INDEX event_spot ON event (lat, lon) WHERE current AND lat IS NOT NULL;
CREATE INDEX event_happening ON event (happening, first) WHERE happening IS NOT NULL;
CREATE INDEX event_waiting ON event (row) WHERE keys IS NULL AND current;
CREATE TABLE mark (
  slot TEXT NOT NULL, word TEXT NOT NULL, width INTEGER NOT NULL, first INTEGER NOT NULL,
  event INTEGER NOT NULL, nth INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (slot, word, width, first, event, nth)
) WITHOUT ROWID;
CREATE TABLE statement (
  row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,
  edition INTEGER NOT NULL REFERENCES edition (row) ON DELETE CASCADE,
  sentence INTEGER NOT NULL REFERENCES sentence (row), tie INTEGER NOT NULL, start INTEGER NOT NULL,
  current INTEGER NOT NULL, minute INTEGER NOT NULL, json BLOB NOT NULL
);
CREATE INDEX statement_edition ON statement (edition);
CREATE INDEX statement_sentence ON statement (sentence);
CREATE INDEX statement_time ON statement (minute, tie, start) WHERE current;
CREATE TABLE voice (
  word TEXT NOT NULL, minute INTEGER NOT NULL, statement INTEGER NOT NULL, nth INTEGER NOT NULL,
  PRIMARY KEY (word, minute, statement, nth)
) WITHOUT ROWID;
CREATE TABLE correction (
  event TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (event, field)
) WITHOUT ROWID;
CREATE TABLE judgement (
  a TEXT NOT NULL, b TEXT NOT NULL, by TEXT NOT NULL, verdict TEXT NOT NULL, confidence REAL NOT NULL,
  because TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (a, b, by)
) WITHOUT ROWID;
CREATE INDEX judgement_b ON judgement (b);
CREATE TABLE block (key INTEGER NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (key, event)) WITHOUT ROWID;
CREATE TABLE shingle (
  hash INTEGER NOT NULL, edition INTEGER NOT NULL REFERENCES edition (row) ON DELETE CASCADE,
  PRIMARY KEY (hash, edition)
) WITHOUT ROWID;
CREATE TABLE copy (
  edition TEXT NOT NULL REFERENCES edition (id), of TEXT NOT NULL REFERENCES edition (id), share REAL NOT NULL,
  PRIMARY KEY (edition, of)
) WITHOUT ROWID;
CREATE TABLE happening (id TEXT PRIMARY KEY, first INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX happening_time ON happening (first, id);
"""

_ACTORS = """
CREATE TABLE actor (
  key TEXT NOT NULL, name TEXT NOT NULL, edition INTEGER NOT NULL REFERENCES edition (row) ON DELETE CASCADE,
  id TEXT NOT NULL, type TEXT NOT NULL, country TEXT, roles TEXT NOT NULL, PRIMARY KEY (key, name, edition)
) WITHOUT ROWID;
CREATE INDEX actor_id ON actor (id);
CREATE INDEX actor_edition ON actor (edition);
CREATE TABLE actor_judgement (
  a TEXT NOT NULL, b TEXT NOT NULL, by TEXT NOT NULL, verdict TEXT NOT NULL, confidence REAL NOT NULL,
  because TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (a, b, by)
) WITHOUT ROWID;
CREATE INDEX actor_judgement_b ON actor_judgement (b);
"""
"""The people and bodies of current editions, by what the spellings of their names share, and what people judged of
them. Editions of an older ledger have theirs once they are reread."""

_SENTENCES_IN_TIME = """
DROP INDEX event_time;
CREATE INDEX event_time ON event (type, width, first, last, status, main, sentence) WHERE current;
"""
"""Events are walked along in order of time for words of their sentences without being looked up themselves."""

STEPS: tuple[str, ...] = (_FIRST, _ACTORS, _SENTENCES_IN_TIME)
"""What makes each version of the schema from the one before: a new ledger goes through all of them. Never edit a step
that has been released; add one."""


def statements_of(step: str) -> tuple[str, ...]:
    """The SQL statements of a step, each of which ends in a semicolon at the end of its line."""
    return tuple(statement.strip() for statement in step.split(";\n") if statement.strip())
