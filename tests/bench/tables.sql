create table event(seq bigserial primary key, id text not null unique, body bytea);
create table dec(event_seq bigint primary key, outcome text, reasons text);
create table ledger(seq bigserial primary key, prev bytea, payload bytea);
create table outbox(id bigserial primary key, event_seq bigint, state int, due timestamptz default now(), body text);
create index on outbox(state, due);
