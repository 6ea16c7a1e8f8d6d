// json-rules-engine.  Where its language ends, operators and facts made in JavaScript stand in.

import {Engine} from 'json-rules-engine';
import {report, rules, table, versionOf} from './common.mjs';

const all = (...conditions) => ({all: conditions});
const any = (...conditions) => ({any: conditions});
const not = (condition) => ({not: condition});

// `budget.total` is the fact `budget` and in it the path `$.total`.
function place(path) {
  const [, name, rest] = /^(\w+)(.*)$/.exec(path);
  return rest ? {fact: name, path: `$${rest}`} : {fact: name};
}
const fact = (path, operator, value) => ({...place(path), operator, value});
const of = place;
const made = (name, operator, value) => ({fact: name, operator, value});

const conditions = {
  r01: any(all(fact('participants.count', 'lessThanInclusive', 50),
    fact('participants.groups', 'doesNotContain', 'children')), fact('safeguarding.lead_signed_off', 'equal', true)),
  r02: all(fact('project.stage', 'in', ['alpha', 'beta', 'live'])),
  r03: any(fact('project.stage', 'notEqual', 'live'), fact('accessibility.audit_passed', 'equal', true)),
  r04: any(fact('data.personal', 'equal', false), fact('data.dpia.done', 'equal', true)),
  r05: any(fact('data.special_category', 'equal', false), all(fact('data.dpia.done', 'equal', true),
    fact('data.dpia.score', 'greaterThanInclusive', 3))),
  r06: all(fact('data.retention_days', 'greaterThan', 0), fact('data.retention_days', 'lessThanInclusive', 365)),
  r07: any(fact('data.classification', 'notEqual', 'secret'), fact('hosting.region', 'startsWith', 'eu-')),
  r08: all(fact('hosting.encrypted_at_rest', 'equal', true), fact('hosting.encrypted_in_transit', 'equal', true)),
  r09: all(fact('hosting.region', 'matches', '^(eu|uk)-[a-z]+-[0-9]$')),
  r10: all(fact('project.tags.length', 'greaterThan', 0), fact('project.tags.length', 'lessThanInclusive', 4)),
  r11: any(fact('project.owner_email', 'endsWith', '.gov.uk'), fact('project.owner_email', 'endsWith', '.nhs.uk')),
  r12: all(fact('project.owner_email', 'matches', '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}$')),
  r13: all(fact('budget.spent', 'lessThanInclusive', of('budget.total'))),
  r14: any(made('remaining', 'greaterThanInclusive', 1000), fact('project.stage', 'equal', 'discovery')),
  r15: all(made('spentShare', 'lessThan', 0.9)),
  r16: all(fact('accessibility.issues.critical', 'equal', 0)),
  r17: all(made('issueScore', 'lessThanInclusive', 30)),
  r18: all(fact('accessibility.wcag', 'in', ['AA', 'AAA'])),
  r19: any(fact('accessibility.tested_with_users', 'equal', true), fact('participants.count', 'lessThan', 10)),
  r20: all(fact('dates.start', 'before', of('dates.end'))),
  r21: all(made('lengthInHours', 'lessThanInclusive', 4320)),
  r22: all(made('startYear', 'greaterThanInclusive', 2025)),
  r23: all(fact('team[*].role', 'contains', 'delivery_manager')),
  r24: all(fact('team', 'hasOneOfRole', 'product_owner')),
  r25: all(fact('team[*].days_per_week', 'everyFact:lessThanInclusive', 5)),
  r26: all(fact('team', 'hasTwoOfRoleAtMost', 'developer')),
  r27: all(fact('team[*].name', 'everyFact:notEqual', '')),
  r28: all(fact('safeguarding.incidents', 'noneOpenFrom', 3)),
  r29: any(fact('safeguarding.incidents', 'noneOpenFrom', 1), fact('safeguarding.lead_signed_off', 'equal', true)),
  r30: any(all(fact('participants.groups', 'doesNotContain', 'children'),
    fact('participants.groups', 'doesNotContain', 'vulnerable_adults')),
    fact('safeguarding.dbs_checked', 'greaterThanInclusive', of('team.length'))),
  r31: any(fact('participants.consent_rate', 'greaterThanInclusive', 0.95), fact('participants.count', 'equal', 0)),
  r32: all(fact('data.dpo_email', 'containsText', '@')),
  r33: all(fact('project.predecessor', 'notEqual', of('project.id'))),
  r34: all(fact('data.processors', 'everyFact:in', ['aws', 'azure', 'gcp', 'notify', 'pay'])),
  r35: any(fact('flags.payments', 'equal', false), fact('hosting.pci_scope', 'equal', 'outsourced')),
  r36: any(fact('flags.automated_decision', 'equal', false), fact('flags.human_review', 'equal', true)),
  r37: not(all(fact('flags.public', 'equal', true), fact('project.stage', 'equal', 'discovery'))),
  r38: any(fact('hosting.uptime', 'greaterThanInclusive', 99.5), fact('project.stage', 'notEqual', 'live')),
  r39: any(fact('accessibility.languages', 'contains', 'cy'), fact('project.nation', 'notEqual', 'wales')),
  r40: all(fact('project.version', 'matches', '^[0-9]+[.][0-9]+[.][0-9]+$')),
  r41: all(fact('project.id', 'startsWith', 'p-'), fact('project.id.length', 'equal', 6)),
  r42: all(fact('limits.max_participants', 'greaterThanInclusive', of('participants.count'))),
  r43: all(made('stageLimit', 'greaterThanInclusive', of('participants.count'))),
  r44: all(fact('participants.groups', 'everyFact:in', of('participants.approved_groups'))),
  r45: any(fact('data.personal', 'equal', false), fact('flags.public', 'equal', false),
    fact('data.privacy_notice_url', 'startsWith', 'https://')),
  r46: any(fact('support.channels', 'contains', 'phone'), fact('support.channels', 'contains', 'face_to_face')),
  r47: any(made('countModuloFive', 'notEqual', 3), fact('participants.count', 'greaterThan', 20)),
  r48: all(fact('support.hours.open', 'greaterThanInclusive', 8), fact('support.hours.close', 'lessThanInclusive', 20),
    fact('support.hours.open', 'lessThan', of('support.hours.close'))),
  r49: all(fact('project.name', 'notEqual', ''), fact('project.name', 'noLongerThan', 60),
    not(fact('project.name', 'containsText', '  '))),
  r50: all(fact('data.classification', 'in', ['public', 'official']), fact('data.special_category', 'equal', false),
    fact('hosting.region', 'startsWith', 'eu-'), fact('budget.total', 'lessThan', 100000),
    fact('participants.count', 'lessThan', 200)),
};

function withOperators(engine) {
  const patterns = new Map();
  const pattern = (text) => {
    if (!patterns.has(text)) patterns.set(text, new RegExp(text));
    return patterns.get(text);
  };
  const operators = {
    startsWith: (text, start) => text.startsWith(start),
    endsWith: (text, end) => text.endsWith(end),
    containsText: (text, part) => typeof text === 'string' && text.includes(part),
    matches: (text, wanted) => pattern(wanted).test(text),
    noLongerThan: (text, most) => text.length <= most,
    before: (moment, other) => Date.parse(moment) < Date.parse(other),
    hasOneOfRole: (team, role) => team.filter((member) => member.role === role).length === 1,
    hasTwoOfRoleAtMost: (team, role) => team.filter((member) => member.role === role).length <= 2,
    noneOpenFrom: (incidents, severity) => incidents.every((each) => !each.open || each.severity < severity),
  };
  for (const [name, operator] of Object.entries(operators)) engine.addOperator(name, operator);
}

function withMadeFacts(engine) {
  const makers = {
    remaining: ({budget}) => budget.total - budget.spent,
    spentShare: ({budget}) => budget.spent / budget.total,
    issueScore: ({accessibility: {issues}}) => issues.critical * 10 + issues.serious * 3 + issues.minor,
    lengthInHours: ({dates}) => (Date.parse(dates.end) - Date.parse(dates.start)) / 36e5,
    startYear: ({dates}) => new Date(dates.start).getUTCFullYear(),
    stageLimit: ({limits, project}) => limits[project.stage],
    countModuloFive: ({participants}) => participants.count % 5,
  };
  const needs = {remaining: ['budget'], spentShare: ['budget'], issueScore: ['accessibility'],
                 lengthInHours: ['dates'], startYear: ['dates'], stageLimit: ['limits', 'project'],
                 countModuloFive: ['participants']};
  for (const [name, make] of Object.entries(makers)) {
    engine.addFact(name, async (_, almanac) => {
      const given = {};
      for (const need of needs[name]) given[need] = await almanac.factValue(need);
      return make(given);
    });
  }
}

const engine = new Engine([], {allowUndefinedFacts: true});
withOperators(engine);
withMadeFacts(engine);
for (const {id} of rules) {
  const condition = conditions[id];
  engine.addRule({name: id, conditions: condition.not ? all(condition) : condition, event: {type: id}});
}

// It has no tables: each row is a rule, and the first that is true stops the engine.
const rows = new Engine([], {allowUndefinedFacts: true});
let hit;
table.rows.forEach(({cells}, number) => {
  const operators = {eq: 'equal', in: 'in', lt: 'lessThan', ge: 'greaterThanInclusive'};
  const parts = cells.flatMap((cell, column) => {
    if (!cell) return [];
    const [[kind, wanted]] = Object.entries(cell);
    const {path} = table.inputs[column];
    if (kind !== 'range') return [fact(path, operators[kind], wanted)];
    return [fact(path, 'greaterThanInclusive', wanted[0]), fact(path, 'lessThanInclusive', wanted[1])];
  });
  rows.addRule({
    name: `row${number}`,
    priority: table.rows.length - number,
    conditions: all(...parts),
    event: {type: 'row'},
    onSuccess: () => {
      hit = number;
      rows.stop();
    },
  });
});

await report({
  name: 'json-rules-engine',
  version: versionOf('json-rules-engine'),
  isAsync: true,
  outcomes: async (facts) => {
    const {results} = await engine.run(facts);
    const fired = new Set(results.map(({name}) => name));
    return rules.map(({id}) => fired.has(id));
  },
  evaluate: async (facts) => (await engine.run(facts)).results.length,
  lookup: async (facts) => {
    hit = -1;
    await rows.run(facts);
    return hit;
  },
});
