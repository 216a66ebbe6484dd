-- One sale, one call, one commit: seen before? rules, member, entry, lot, outbox.
create function post_sale(p_id text, p_member bigint, p_store text, p_at timestamptz,
                          p_lines jsonb,
                          out o_answer text, out o_seq bigint, out o_points bigint,
                          out o_points_after bigint)
language plpgsql as $$
declare
  v_content bigint := hashtextextended(p_lines::text, p_member);
  v_known transactions;
  v_tier smallint;
  v_newsletter boolean;
  v_awards record;
  v_previous bigint;
begin
  o_seq := nextval('entry_seq');
  insert into transactions values (p_id, v_content, p_member, p_store, p_at, p_lines, o_seq)
    on conflict (id) do nothing;
  if not found then
    select * into v_known from transactions where id = p_id;
    o_seq := v_known.seq;
    select 'duplicate', points, points_after into o_answer, o_points, o_points_after
      from entries where seq = o_seq;
    if v_known.content <> v_content then o_answer := 'conflict'; end if;
    return;
  end if;
  select tier, newsletter into v_tier, v_newsletter from members where member = p_member;
  select * into v_awards from awards(p_lines, coalesce(v_tier, 0::smallint),
                                     coalesce(v_newsletter, false), p_store,
                                     p_at at time zone 'Europe/London');
  insert into members as m (member, points, status, last_entry)
    values (p_member, v_awards.points, v_awards.status, o_seq)
    on conflict (member) do update set points = m.points + excluded.points,
                                       status = m.status + excluded.status,
                                       previous_entry = m.last_entry,
                                       last_entry = excluded.last_entry
    returning m.points, m.previous_entry into o_points_after, v_previous;
  insert into entries values (o_seq, p_member, v_previous, p_at, v_awards.points, v_awards.status,
                              v_awards.by_rule, o_points_after);
  if v_awards.points > 0 then
    insert into lots values (p_member, o_seq, v_awards.points, v_awards.points,
                             v_awards.expires at time zone 'Europe/London');
    insert into outbox values (o_seq, p_member, v_awards.points);
  end if;
  o_answer := 'posted';
  o_points := v_awards.points;
end
$$;
