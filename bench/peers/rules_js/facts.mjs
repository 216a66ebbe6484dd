// What both engines are told of a basket: sums that neither can work out fast, or at all. Plain
// JavaScript in the caller, counted in the measured time.

export function factsOf(basket, noSpend) {
  const category = {};
  const sku = {};
  const amount = {};
  let spend = 0;
  for (const line of basket.lines) {
    const paid = line.quantity * line.unit_price;
    category[line.category] = (category[line.category] ?? 0) + line.quantity;
    sku[line.sku] = (sku[line.sku] ?? 0) + line.quantity;
    amount[line.category] = (amount[line.category] ?? 0) + paid;
    if (!noSpend.includes(line.category)) spend += paid;
  }
  return {
    type: basket.type,
    event: basket.event ?? '',
    store: basket.store,
    weekday: basket.weekday,
    minute: basket.minute,
    day: basket.day,
    tier: basket.member.tier,
    newsletter: basket.member.newsletter,
    spend,
    base: Math.floor(spend / 100),
    category,
    sku,
    amount,
  };
}

/// What is compared with the figures worked out by hand: {points: {rule: n}, status: {rule: n}}.
export function byCurrency(awards) {
  const found = { points: {}, status: {} };
  for (const { rule, currency, points } of awards) {
    if (points > 0) found[currency][rule] = points;
  }
  return found;
}
