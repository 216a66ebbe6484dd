// How many baskets a second each engine decides, with the rules of files made by make_rules.py:
//
//   node bench.mjs [--seconds 5] [--warmup 2] [--json] RULES.json...
//
// Each is asked for one basket after the other, and for 64 at once, which lets an engine with
// threads of its own use them; the better figure counts. The points must be those worked out by
// hand.

import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import { parseArgs } from 'node:util';
import { jsonRulesEngine } from './json_rules.mjs';
import { zenEngine } from './zen.mjs';

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '5' },
    warmup: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
});

const now = () => Number(process.hrtime.bigint()) / 1e9;

async function rate(engine, basket, seconds, atOnce) {
  const begun = now();
  const cpu = cpuUsage();
  let count = 0;
  while (now() - begun < seconds) {
    if (atOnce === 1) {
      await engine.decide(basket);
    } else {
      await Promise.all(Array.from({ length: atOnce }, () => engine.decide(basket)));
    }
    count += atOnce;
  }
  const took = now() - begun;
  const used = cpuUsage(cpu);
  return {
    at_once: atOnce,
    baskets_per_second: Math.round(count / took),
    cpu_us_per_basket: Number(((used.user + used.system) / count).toFixed(2)),
  };
}

async function measure(make, file) {
  const program = JSON.parse(readFileSync(file, 'utf8'));
  const engine = make(program);
  const awards = await engine.decide(program.basket);
  deepStrictEqual(engine.answer(awards), program.expected, `${engine.name}: points are wrong`);
  const points = Object.values(program.expected.points).reduce((sum, part) => sum + part, 0);
  await rate(engine, program.basket, Number(options.warmup), 1);
  const found = [];
  for (const atOnce of [1, 64]) {
    found.push(await rate(engine, program.basket, Number(options.seconds), atOnce));
  }
  const best = found.reduce((a, b) => (a.baskets_per_second >= b.baskets_per_second ? a : b));
  return { engine: engine.name, rules: program.rules.length, stated: engine.rules, points, ...best };
}

const figures = [];
for (const file of files) {
  for (const make of [zenEngine, jsonRulesEngine]) figures.push(await measure(make, file));
}
if (options.json) {
  console.log(JSON.stringify({ bench: 'rules_js', node: process.version, figures }));
} else {
  console.log(`node ${process.version}`);
  for (const f of figures) {
    console.log(`${f.engine.padEnd(22)} ${String(f.rules).padStart(5)} rules (${f.stated} stated): ` +
      `${String(f.baskets_per_second).padStart(8)} baskets/s, ${f.at_once} at once, ` +
      `${f.cpu_us_per_basket} us of CPU each, ${f.points} points as worked out by hand`);
  }
}
process.exit(0);
