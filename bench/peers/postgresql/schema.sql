-- A points ledger as one would build it on PostgreSQL. Every choice that is open is made in
-- PostgreSQL's favour, and said: see README.md.
create table members (
  member bigint primary key,
  tier smallint not null default 0,            -- 0 none, 1 silver, 2 gold
  newsletter boolean not null default false,
  points bigint not null default 0,
  status bigint not null default 0,
  last_entry bigint not null default 0,
  previous_entry bigint not null default 0     -- last_entry before the newest change
) with (fillfactor = 70);                      -- room for updates within the page

create table transactions (
  id text collate "C" primary key,             -- the till's own number: the idempotency key
  content bigint not null,                     -- hash of what was sent under the id
  member bigint not null,
  store text collate "C" not null,
  at timestamptz not null,
  lines jsonb not null,
  seq bigint not null                          -- its entry
);

create sequence entry_seq cache 1;
create table entries (
  seq bigint primary key,
  member bigint not null,
  previous bigint not null,                    -- the member's entry before it: a statement's links
  at timestamptz not null,
  points bigint not null,
  status bigint not null,
  by_rule int[] not null,                      -- points of each rule, in order
  points_after bigint not null
);

create table lots (
  member bigint not null,
  seq bigint not null,
  points bigint not null,
  left_over bigint not null,
  expires timestamptz not null,
  primary key (member, seq)
);

create table outbox (
  seq bigint primary key,
  member bigint not null,
  points bigint not null
);

-- What an import lies in before it is posted; n numbers its rows.
create unlogged table incoming (
  n bigint primary key,
  id text collate "C" not null,
  content bigint not null,
  member bigint not null,
  store text collate "C" not null,
  at timestamptz not null,
  lines jsonb not null
);
