-- The raw PostgreSQL ceiling: one transaction with the four rows that one delivery needs at the
-- least, as four statements.  Run by pgbench -M prepared on the tables of tables.sql.
begin;
insert into event(id, body) values (gen_random_uuid()::text, convert_to(repeat('j', 2048), 'UTF8')) returning seq \gset
insert into dec values (:seq, 'allow', repeat('r', 512));
insert into ledger(prev, payload) values (decode(repeat('07', 32), 'hex'), convert_to(repeat('j', 512), 'UTF8'));
insert into outbox(event_seq, state, body) values (:seq, 0, repeat('b', 512));
commit;
