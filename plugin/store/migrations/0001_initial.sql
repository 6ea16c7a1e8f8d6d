CREATE TABLE texts (id TEXT PRIMARY KEY, salt TEXT NOT NULL, text TEXT NOT NULL);

CREATE TABLE prototypes (
  id TEXT NOT NULL UNIQUE, version BIGINT NOT NULL, number INTEGER PRIMARY KEY,
  updated_at TEXT NOT NULL, state TEXT NOT NULL);

CREATE TABLE history (
  number INTEGER NOT NULL, version BIGINT NOT NULL, prototype TEXT NOT NULL, event TEXT NOT NULL,
  PRIMARY KEY (number, version));

CREATE TABLE deliveries (
  source TEXT NOT NULL, id TEXT NOT NULL, body_hash TEXT NOT NULL, body TEXT NOT NULL,
  received_at TEXT NOT NULL, prototype TEXT NOT NULL, version BIGINT NOT NULL,
  status INTEGER NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (source, id));
CREATE INDEX deliveries_received ON deliveries (received_at);

CREATE TABLE outbox (
  id TEXT PRIMARY KEY, prototype TEXT NOT NULL, number INTEGER NOT NULL, version BIGINT NOT NULL,
  source TEXT NOT NULL, decision TEXT NOT NULL, effect TEXT NOT NULL, state TEXT NOT NULL,
  due_at TEXT NOT NULL, claimed_until TEXT NOT NULL, attempts INTEGER NOT NULL,
  status INTEGER NOT NULL, why TEXT NOT NULL);
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_number ON outbox (number);

CREATE TABLE open_seats (
  prototype TEXT NOT NULL, ballot TEXT NOT NULL, member TEXT NOT NULL, closes_at TEXT NOT NULL,
  PRIMARY KEY (prototype, ballot, member));
CREATE INDEX open_seats_member ON open_seats (member, closes_at);

CREATE TABLE entries (
  id TEXT PRIMARY KEY, place BIGINT, kind TEXT NOT NULL, body TEXT NOT NULL,
  leaf_hash TEXT NOT NULL);
CREATE UNIQUE INDEX entries_place ON entries (place) WHERE place IS NOT NULL;
CREATE INDEX entries_pending ON entries (id) WHERE place IS NULL;

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY, size BIGINT NOT NULL, frontier TEXT NOT NULL, checkpoint TEXT NOT NULL);
INSERT INTO ledger (id, size, frontier, checkpoint) VALUES (1, 0, '', '');

CREATE TABLE checkpoints (
  size BIGINT PRIMARY KEY, frontier TEXT NOT NULL, checkpoint TEXT NOT NULL);

CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO counters (name, value) VALUES ('prototype', 0);

CREATE TABLE rule_sets (hash TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE rule_files (
  rule_set TEXT NOT NULL, path TEXT NOT NULL, bytes TEXT NOT NULL,
  PRIMARY KEY (rule_set, path));

CREATE TABLE members (
  login TEXT PRIMARY KEY, name TEXT NOT NULL, aliases TEXT NOT NULL, password TEXT NOT NULL,
  admin INTEGER NOT NULL CHECK (admin IN (0, 1)));
CREATE TABLE sessions (
  id_hash TEXT PRIMARY KEY, member TEXT NOT NULL, csrf TEXT NOT NULL, created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL);
CREATE TABLE links (token_hash TEXT PRIMARY KEY, member TEXT NOT NULL, at TEXT NOT NULL);
