-- Many sales of `incoming` in one statement and one commit, as an import would do it. Returns how
-- many were new. Members are changed in order, so that two batches cannot wait for each other.
create function post_sales(p_from bigint, p_until bigint) returns bigint
language sql as $$
  with taken as (
    insert into transactions
      select id, content, member, store, at, lines, nextval('entry_seq')
      from incoming where n >= p_from and n < p_until
      on conflict (id) do nothing
      returning seq, member, store, at, lines
  ), scored as materialized (
    select t.seq, t.member, t.at, a.points, a.status, a.by_rule, a.expires
    from taken as t left join members as m using (member),
         lateral awards(t.lines, coalesce(m.tier, 0::smallint), coalesce(m.newsletter, false),
                        t.store, t.at at time zone 'Europe/London') as a
  ), moved as (
    insert into members as m (member, points, status, last_entry)
      select member, sum(points), sum(status), max(seq) from scored group by member order by member
      on conflict (member) do update set points = m.points + excluded.points,
                                         status = m.status + excluded.status,
                                         previous_entry = m.last_entry,
                                         last_entry = excluded.last_entry
      returning m.member, m.points, m.previous_entry
  ), entered as (
    insert into entries
      select s.seq, s.member, coalesce(lag(s.seq) over w, m.previous_entry), s.at, s.points,
             s.status, s.by_rule,
             m.points - coalesce(sum(s.points) over
               (partition by s.member order by s.seq
                rows between 1 following and unbounded following), 0)
      from scored as s join moved as m using (member)
      window w as (partition by s.member order by s.seq)
  ), opened as (
    insert into lots
      select member, seq, points, points, expires at time zone 'Europe/London'
      from scored where points > 0
  ), owed as (
    insert into outbox select seq, member, points from scored where points > 0
  )
  select count(*) from scored
$$;
