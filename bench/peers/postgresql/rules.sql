-- The twenty rules of ../rules.md as arithmetic, in one pass over the basket. Amounts are pence.
-- A single SELECT, so that PostgreSQL takes it into the plan of its caller.
create function awards(p_lines jsonb, p_tier smallint, p_newsletter boolean, p_store text,
                       p_local timestamp)
returns table (points bigint, status bigint, by_rule int[], expires timestamp)
language sql stable as $$
  select base + gold + tuesday + saturday + reach_50 + reach_100 + each_20 + coffee + tea + tea1
           + fruit + bakery + fish + seasonal + opening + pet,
         base,
         array[base, base, gold, tuesday, saturday, reach_50, reach_100, each_20, coffee, tea,
               tea1, fruit, bakery, fish, seasonal, opening, pet]::int[],
         date_trunc('month', p_local) + interval '13 months'
  from (
    select spend / 100 as base,
           case when p_tier = 2 then spend / 100 else 0 end as gold,
           case when p_tier > 0 and day = 2 and clock >= '17:00' and clock < '20:00'
                then spend / 100 else 0 end as tuesday,
           case when day = 6 and p_store in ('S001', 'S002')
                then spend / 200 else 0 end as saturday,
           case when spend >= 5000 then 100 else 0 end as reach_50,
           case when spend >= 10000 then 150 else 0 end as reach_100,
           spend / 2000 * 5 as each_20,
           coffees * 5 as coffee,
           teas * 2 as tea,
           tea1s * 10 as tea1,
           case when p_store in ('S001', 'S002') then fruits else 0 end as fruit,
           case when clock >= '07:00' and clock < '10:00' then bakeries * 3 else 0 end as bakery,
           case when day = 5 then fishes * 4 else 0 end as fish,
           case when p_local >= '2026-12-01' and p_local < '2026-12-25'
                then seasonals / 100 * 2 else 0 end as seasonal,
           case when p_store = 'S099' and p_local >= '2026-03-02' and p_local < '2026-03-09'
                then spend / 2000 * 40 else 0 end as opening,
           case when p_newsletter then pets * 2 else 0 end as pet
    from (
      select coalesce(sum(quantity * unit_price)
                      filter (where category not in ('tobacco', 'gift-card')), 0) as spend,
             coalesce(sum(quantity * unit_price) filter (where category = 'seasonal'), 0)
               as seasonals,
             coalesce(sum(quantity) filter (where category = 'coffee'), 0) as coffees,
             coalesce(sum(quantity) filter (where category = 'tea'), 0) as teas,
             coalesce(sum(quantity) filter (where sku = 'TEA1'), 0) as tea1s,
             coalesce(sum(quantity) filter (where category = 'fruit'), 0) as fruits,
             coalesce(sum(quantity) filter (where category = 'bakery'), 0) as bakeries,
             coalesce(sum(quantity) filter (where category = 'fish'), 0) as fishes,
             coalesce(sum(quantity) filter (where category = 'pet'), 0) as pets,
             extract(isodow from p_local)::int as day,
             p_local::time as clock
      from jsonb_to_recordset(p_lines)
             as line(sku text, category text, quantity int, unit_price int)
    ) as basket
  ) as awarded
$$;
