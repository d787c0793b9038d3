-- What operators did. Append-only.
create table runtime.audit (
  number       bigint generated always as identity primary key,
  at           timestamptz not null default clock_timestamp(),
  actor        text not null,
  action       text not null,
  subject      text not null,
  reason       text,
  state_before json,
  state_after  json
);

-- Nonces that were used. Not logged, because each lives for minutes: a crash of the server empties
-- both tables, and with them the time since which nonces are remembered.
create unlogged table runtime.nonces (
  nonce      text primary key,
  expires_at timestamptz not null
);

create index nonces_expiry on runtime.nonces (expires_at);

create unlogged table runtime.nonce_memory (
  one   boolean primary key default true check (one),
  since timestamptz not null
);

-- Nothing was used before there was a table, so tokens issued shortly before it may be taken.
insert into runtime.nonce_memory (since) values (clock_timestamp() - interval '5 minutes');
