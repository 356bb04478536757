/** Raised when the tables change; a ledger of a newer orx is left alone. */
export const SCHEMA_VERSION = 1

/**
 * Money is decimal text, exact and summed in TypeScript: SQLite itself only knows floats. Times are ISO 8601 in UTC, so that
 * they sort as text. `spent` holds the sum of each scope and UTC day, kept in the transactions that change it, so that
 * checking a budget reads at most 31 rows a limit, however long the ledger is.
 */
export const SCHEMA = `
CREATE TABLE request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started TEXT NOT NULL,
  session TEXT,
  lane TEXT,
  asked TEXT NOT NULL,
  candidates TEXT NOT NULL,
  why TEXT,
  prompt TEXT
) STRICT;
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request INTEGER NOT NULL REFERENCES request(id),
  started TEXT NOT NULL,
  day TEXT NOT NULL,
  route TEXT NOT NULL,
  models TEXT NOT NULL,
  scopes TEXT NOT NULL,
  free INTEGER NOT NULL,
  expires TEXT NOT NULL,
  max_tokens INTEGER NOT NULL,
  worst TEXT,
  expected TEXT,
  status TEXT NOT NULL DEFAULT 'open',
  settled_by TEXT,
  spend TEXT,
  cost TEXT,
  upstream TEXT,
  is_byok INTEGER,
  estimate TEXT,
  model TEXT,
  provider TEXT,
  generation TEXT,
  http_status INTEGER,
  reason TEXT,
  finish_reason TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  cached_tokens INTEGER,
  reasoning_tokens INTEGER,
  ttft_ms REAL,
  duration_ms REAL
) STRICT;
CREATE INDEX attempt_of_request ON attempt(request);
CREATE INDEX attempt_open ON attempt(expires) WHERE status = 'open';
CREATE INDEX attempt_free ON attempt(started) WHERE free = 1;
CREATE INDEX attempt_started ON attempt(started);
CREATE TABLE spent (
  scope TEXT NOT NULL,
  day TEXT NOT NULL,
  amount TEXT NOT NULL,
  PRIMARY KEY (scope, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE fact (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`
