\set till :client_id + :clients * random(0, :tills / :clients - 1)
\set store :till / 8
\set terminal :till % 8
\set receipt :receipt + 1
\set member random(1, :members)
select * from post_sale('S' || lpad(:store::text, 3, '0') || '-T' || lpad(:terminal::text, 2, '0') || '-' || lpad(:receipt::text, 10, '0'), :member, 'S' || lpad(:store::text, 3, '0'), timestamptz '2026-01-10 09:30:00+00' + :receipt * interval '1 ms', :BASKET::jsonb);
