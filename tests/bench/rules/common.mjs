// What the peers share: the workload, the check of their answers, and the clock.
//
// node PEER.mjs WORKLOAD [SECONDS [PASSES]]
// stdout: {"name", "version", "rules_supported", "wrong", "table_wrong", and per second of CPU and of
//          the clock: "rule_evals_per_s", "table_per_s", "facts_from_json_per_s"}
// Each measure is so many passes of about so many seconds of CPU; the median counts.  The exit code is 1 if
// an answer was wrong; then nothing is measured.

import {readFileSync} from 'node:fs';

const [folder, seconds = '1', passes = '5'] = process.argv.slice(2);
const read = (name) => readFileSync(`${folder}/${name}`, 'utf8');
const lines = read('facts.jsonl').trim().split('\n');
const expected = read('expected.jsonl').trim().split('\n').map((line) => JSON.parse(line));
const doubles = new Set(JSON.parse(read('schema.json')).double_paths);

export const {rules} = JSON.parse(read('rules.json'));
export const table = JSON.parse(read('table.json'));

// As engines for CEL take numbers: int as BigInt, double as number.
export function typed(value, path = '') {
  if (typeof value === 'number') return doubles.has(path) ? value : BigInt(value);
  if (Array.isArray(value)) return value.map((each) => typed(each, `${path}[]`));
  if (value === null || typeof value !== 'object') return value;
  const entries = {};
  for (const key in value) entries[key] = typed(value[key], path ? `${path}.${key}` : key);
  return entries;
}

// The version of a package installed beside this script.
export function versionOf(name) {
  return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;
}

// The number of the first of these conditions that is true.
export function firstTrue(conditions, facts) {
  for (let row = 0; row < conditions.length; row++) if (conditions[row](facts) === true) return row;
  return -1;
}

export function countTrue(conditions, facts) {
  let count = 0;
  for (let k = 0; k < conditions.length; k++) if (conditions[k](facts) === true) count++;
  return count;
}

// A pass works through the items in slices and begins anew after the last, so that a slow engine's
// pass can end before it has seen them all; one that can sees each as often as the others.
const SLICE = 50;
const WARM_UP = 0.6;  // seconds
let sink = 0;

async function rate(items, each, work, isAsync) {
  let next = 0;
  const slices = async (count) => {
    for (let k = 0; k < count; k++) {
      const end = next + SLICE;
      if (isAsync) for (; next < end; next++) sink += await work(items[next]);
      else for (; next < end; next++) sink += work(items[next]);
      if (next === items.length) next = 0;
    }
  };
  const spent = async (count) => {
    const before = process.cpuUsage();
    const clock = process.hrtime.bigint();
    await slices(count);
    const wall = Number(process.hrtime.bigint() - clock) / 1e9;
    const {user, system} = process.cpuUsage(before);
    return {wall, cpu: (user + system) / 1e6};
  };

  // CPU time decides how long: on a busy core the clock would end the warm-up before V8 has compiled.
  let count = 1;
  let {cpu} = await spent(count);
  for (let total = cpu; total < WARM_UP; total += cpu) {
    count *= 2;
    ({cpu} = await spent(count));
  }
  const round = items.length / SLICE;
  count = Math.max(1, Math.round(count * Number(seconds) / cpu));
  if (count > round) count = Math.round(count / round) * round;
  next = 0;

  const walls = [];
  const cpus = [];
  for (let done = 0; done < Number(passes); done++) {
    const pass = await spent(count);
    walls.push(count * SLICE * each / pass.wall);
    cpus.push(count * SLICE * each / pass.cpu);
  }
  const median = (rates) => rates.sort((a, b) => a - b)[rates.length >> 1];
  return {wall: Math.round(median(walls)), cpu: Math.round(median(cpus)), min: Math.round(walls[0]),
          max: Math.round(walls.at(-1))};
}

// Checks and measures one engine, and prints what it found.
//   prepare   makes the engine's own facts of an object
//   outcomes  gives 50 outcomes for facts
//   evaluate  evaluates the 50 rules the fastest way and gives a number
//   lookup    gives the number of the first row of the table that facts meet
// With isAsync the last three give promises.
export async function report({name, version, prepare = (facts) => facts, outcomes, evaluate, lookup, isAsync = false}) {
  const facts = lines.map((line) => prepare(JSON.parse(line)));
  let wrong = 0;
  let tableWrong = 0;
  for (let i = 0; i < facts.length; i++) {
    const given = await outcomes(facts[i]);
    for (let k = 0; k < rules.length; k++) if (given[k] !== (expected[i].rules[k] === 'T')) wrong++;
    if (await lookup(facts[i]) !== expected[i].row) tableWrong++;
  }
  const record = {name, version, rules_supported: rules.length, wrong, table_wrong: tableWrong};
  if (wrong + tableWrong > 0) {
    process.exitCode = 1;
  } else {
    record.rule_evals_per_s = await rate(facts, rules.length, evaluate, isAsync);
    record.table_per_s = await rate(facts, 1, lookup, isAsync);
    record.facts_from_json_per_s = await rate(lines, 1, (line) => evaluate(prepare(JSON.parse(line))), isAsync);
  }
  console.log(JSON.stringify(record));
  if (Number.isNaN(sink)) throw new Error('an engine gave no number');
}
