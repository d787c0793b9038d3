-- Tokens of clients that are good no longer: one token by its id, or all of a subject.
create table runtime.token_revocations (
  kind  text not null check (kind in ('token', 'subject')),
  name  text not null,
  until timestamptz not null,
  primary key (kind, name)
);

create index token_revocations_end on runtime.token_revocations (until);
