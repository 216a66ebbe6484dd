// The rules as a decision of @gorules/zen-engine: one decision table that collects every row that
// matches; a row's points are an expression. A sheet like this is what its users draw.

import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { byCurrency, factsOf } from './facts.mjs';

const list = (values) => values.map((value) => `'${value}'`).join(', ');
const COLUMNS = {
  type: (rule) => (rule.type === 'event' ? "'event'" : "'sale'"),
  event: (rule) => (rule.type === 'event' ? `'${rule.event}'` : ''),
  weekday: ({ when }) => (when?.weekday ? list(when.weekday) : ''),
  minute: ({ when }) => (when?.time ? `[${when.time[0]}..${when.time[1]})` : ''),
  day: ({ when }) => (when?.from ? `[${when.from}..${when.until}]` : ''),
  store: ({ when }) => (when?.store ? list(when.store) : ''),
  tier: ({ when }) => (when?.tier ? list(when.tier) : ''),
  newsletter: ({ when }) => (when?.newsletter ? 'true' : ''),
  spend: (rule) => (rule.type === 'threshold' ? `>= ${rule.spend}` : ''),
};

function goods(rule) {
  if (rule.type !== 'item' && !rule.category) return '';
  return rule.sku ? `sku['${rule.sku}'] > 0` : `category['${rule.category}'] > 0`;
}

function points(rule) {
  switch (rule.type) {
    case 'spend':
      return `floor(spend / ${rule.per}) * ${rule.award}`;
    case 'multiply':
      return rule.category
        ? `floor(amount['${rule.category}'] / 100) * ${rule.factor - 1}`
        : `base * ${rule.factor - 1}`;
    case 'threshold':
      return rule.each ? `floor(spend / ${rule.spend}) * ${rule.award}` : `${rule.award}`;
    case 'item':
      return `${rule.sku ? `sku['${rule.sku}']` : `category['${rule.category}']`} * ${rule.award}`;
    default:
      return `${rule.award}`;
  }
}

function decisionOf(rules) {
  const names = Object.keys(COLUMNS);
  const rows = rules.map((rule) => ({
    _id: rule.id,
    goods: goods(rule),
    ...Object.fromEntries(names.map((name) => [name, COLUMNS[name](rule)])),
    rule: `'${rule.id}'`,
    currency: `'${rule.currency ?? 'points'}'`,
    points: points(rule),
  }));
  const column = (field) => ({ id: field, name: field, field });
  return {
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
      {
        id: 'rules', name: 'rules', type: 'decisionTableNode', position: { x: 1, y: 0 },
        content: {
          hitPolicy: 'collect',
          // The cheapest and most telling first: a row ends at its first cell that does not hold.
          // A column without a field takes any condition.
          inputs: [{ id: 'goods', name: 'goods' }, ...names.map(column)],
          outputs: ['rule', 'currency', 'points'].map(column),
          rules: rows,
        },
      },
      { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'rules' },
      { id: 'b', type: 'edge', sourceId: 'rules', targetId: 'out' },
    ],
  };
}

export function zenEngine({ rules, no_spend: noSpend }) {
  const engine = new ZenEngine();
  const earning = rules.filter((rule) => rule.type !== 'lapse');
  // Compiled once: plain content would be compiled anew for each basket.
  const decision = engine.createDecision(new ZenDecisionContent(decisionOf(earning)));
  return {
    name: '@gorules/zen-engine',
    rules: earning.length,
    async decide(basket) {
      const { result } = await decision.evaluate(factsOf(basket, noSpend));
      return result;
    },
    answer: byCurrency,
  };
}
