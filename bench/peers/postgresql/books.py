"""Does the peer do the job? A sale gives the points worked out by hand, a retry gives the first
answer, and after a run the sums agree and nothing is lost."""

from cluster import Trouble

# The first basket at half past nine on Saturday 10 January 2026 in S001 for a gold member who takes
# the newsletter: 56.15 spent. By ../rules.md: base 56, gold 56, saturday 28, reach-50 100,
# each-20 2 x 5, coffee 2 x 5, fruit 5, bakery 3 x 3.
POINTS_BY_HAND = 56 + 56 + 28 + 100 + 10 + 10 + 5 + 9
AT = "timestamptz '2026-01-10 09:30:00+00'"


def expect(what, found, wanted):
    if found != wanted:
        raise Trouble(f"the peer's {what} is {found!r}, and should be {wanted!r}")


def check_a_sale(cluster, basket):
    """On a member of its own, outside the preloaded ones."""
    cluster.sql("insert into members (member, tier, newsletter) values (0, 2, true)")
    call = "select o_answer, o_points, o_points_after from post_sale('{}', 0, 'S001', " \
           + AT + ", '{}'::jsonb)"
    points = POINTS_BY_HAND
    expect("answer", cluster.sql(call.format("CHECK-1", basket)), f"posted|{points}|{points}")
    expect("second sale", cluster.sql(call.format("CHECK-2", basket)),
           f"posted|{points}|{2 * points}")
    expect("answer to a retry", cluster.sql(call.format("CHECK-1", basket)),
           f"duplicate|{points}|{points}")
    expect("answer to other content",
           cluster.sql(call.format("CHECK-1", basket.replace('"quantity": 2', '"quantity": 1'))),
           f"conflict|{points}|{points}")
    expect("expiry", cluster.sql("select distinct expires from lots where member = 0"),
           "2027-02-01 00:00:00+00")
    expect("link", cluster.sql("select b.previous = a.seq from entries a join entries b using "
                               "(member) where member = 0 and a.seq < b.seq"), "t")


def check_all(cluster, posted):
    """`posted`: sales that were acknowledged. Two more come from check_a_sale."""
    found = cluster.sql("select (select count(*) from transactions) || '|' || "
                        "(select count(*) from entries)")
    expect("count of transactions and entries", found, f"{posted + 2}|{posted + 2}")
    sums = cluster.sql("select (select sum(points) from members) = (select sum(points) from "
                       "entries) and (select sum(points) from entries) = (select sum(left_over) "
                       "from lots) and (select sum(points) from lots) = (select sum(points) from "
                       "outbox)")
    expect("sums of members, entries, lots and outbox alike", sums, "t")
    wrong = cluster.sql("select count(*) from members m join entries e on e.seq = m.last_entry "
                        "where e.points_after <> m.points")
    expect("number of members whose newest entry disagrees", wrong, "0")
    # Each member's entries are one chain: one beginning, and nobody is followed twice.
    chains = cluster.sql("select (select count(*) from entries where previous = 0) = (select "
                         "count(distinct member) from entries) and (select count(previous) = "
                         "count(distinct previous) from entries where previous > 0) and not exists "
                         "(select from entries e join entries p on p.seq = e.previous where "
                         "p.member <> e.member)")
    expect("chains of entries whole", chains, "t")
