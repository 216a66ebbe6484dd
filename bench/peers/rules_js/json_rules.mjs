// The rules in json-rules-engine: conditions in the engine; points, which it cannot work out, in
// the caller from the events of what matched.

import { Engine } from 'json-rules-engine';
import { byCurrency, factsOf } from './facts.mjs';

const test = (fact, operator, value) => ({ fact, operator, value });

function conditionsOf(rule) {
  const all = [test('type', 'equal', rule.type === 'event' ? 'event' : 'sale')];
  if (rule.type === 'event') all.push(test('event', 'equal', rule.event));
  if (rule.sku) all.push(test(`sku ${rule.sku}`, 'greaterThan', 0));
  if (rule.category) all.push(test(`category ${rule.category}`, 'greaterThan', 0));
  if (rule.type === 'threshold') all.push(test('spend', 'greaterThanInclusive', rule.spend));
  const when = rule.when ?? {};
  for (const fact of ['weekday', 'store', 'tier']) {
    if (when[fact]) all.push(test(fact, 'in', when[fact]));
  }
  if (when.time) {
    all.push(test('minute', 'greaterThanInclusive', when.time[0]));
    all.push(test('minute', 'lessThan', when.time[1]));
  }
  if (when.from) {
    all.push(test('day', 'greaterThanInclusive', when.from));
    all.push(test('day', 'lessThanInclusive', when.until));
  }
  if (when.newsletter) all.push(test('newsletter', 'equal', true));
  return { all };
}

function pointsOf(rule, facts) {
  switch (rule.type) {
    case 'spend':
      return Math.floor(facts.spend / rule.per) * rule.award;
    case 'multiply':
      return (rule.category ? Math.floor(facts.amount[rule.category] / 100) : facts.base) *
        (rule.factor - 1);
    case 'threshold':
      return rule.each ? Math.floor(facts.spend / rule.spend) * rule.award : rule.award;
    case 'item':
      return (rule.sku ? facts.sku[rule.sku] : facts.category[rule.category]) * rule.award;
    default:
      return rule.award;
  }
}

/// A fact for each kind of goods in the basket: paths into objects would cost the engine more.
function flat(facts) {
  const given = { ...facts };
  for (const kind of ['category', 'sku']) {
    for (const [name, count] of Object.entries(facts[kind])) given[`${kind} ${name}`] = count;
  }
  return given;
}

export function jsonRulesEngine({ rules, no_spend: noSpend }) {
  const earning = rules.filter((rule) => rule.type !== 'lapse');
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const rule of earning) {
    engine.addRule({
      name: rule.id, conditions: conditionsOf(rule), event: { type: rule.id, params: rule },
    });
  }
  return {
    name: 'json-rules-engine',
    rules: earning.length,
    async decide(basket) {
      const facts = factsOf(basket, noSpend);
      const { events } = await engine.run(flat(facts));
      return events.map(({ params }) => ({
        rule: params.id, currency: params.currency ?? 'points', points: pointsOf(params, facts),
      }));
    },
    answer: byCurrency,
  };
}
