// No engine: the rules and the rows as plain functions, the facts as plain objects.

import {countTrue, firstTrue, report, rules, table} from './common.mjs';

const region = /^(eu|uk)-[a-z]+-[0-9]$/;
const address = /^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}$/;
const version = /^[0-9]+[.][0-9]+[.][0-9]+$/;

const conditions = [
  (f) => f.participants.count <= 50 && !f.participants.groups.some((g) => g === 'children')
    || f.safeguarding.lead_signed_off,
  (f) => ['alpha', 'beta', 'live'].includes(f.project.stage),
  (f) => f.project.stage === 'live' ? f.accessibility.audit_passed : true,
  (f) => !f.data.personal || f.data.dpia.done,
  (f) => !f.data.special_category || (f.data.dpia.done && f.data.dpia.score >= 3.0),
  (f) => f.data.retention_days > 0 && f.data.retention_days <= 365,
  (f) => f.data.classification !== 'secret' || f.hosting.region.startsWith('eu-'),
  (f) => f.hosting.encrypted_at_rest && f.hosting.encrypted_in_transit,
  (f) => region.test(f.hosting.region),
  (f) => f.project.tags.length > 0 && f.project.tags.length <= 4,
  (f) => f.project.owner_email.endsWith('.gov.uk') || f.project.owner_email.endsWith('.nhs.uk'),
  (f) => address.test(f.project.owner_email),
  (f) => f.budget.spent <= f.budget.total,
  (f) => f.budget.total - f.budget.spent >= 1000 || f.project.stage === 'discovery',
  (f) => f.budget.spent / f.budget.total < 0.9,
  (f) => f.accessibility.issues.critical === 0,
  (f) => f.accessibility.issues.critical * 10 + f.accessibility.issues.serious * 3 + f.accessibility.issues.minor <= 30,
  (f) => ['AA', 'AAA'].includes(f.accessibility.wcag),
  (f) => f.accessibility.tested_with_users || f.participants.count < 10,
  (f) => Date.parse(f.dates.start) < Date.parse(f.dates.end),
  (f) => Date.parse(f.dates.end) - Date.parse(f.dates.start) <= 4320 * 36e5,
  (f) => new Date(f.dates.start).getUTCFullYear() >= 2025,
  (f) => f.team.some((m) => m.role === 'delivery_manager'),
  (f) => f.team.filter((m) => m.role === 'product_owner').length === 1,
  (f) => f.team.every((m) => m.days_per_week <= 5),
  (f) => f.team.filter((m) => m.role === 'developer').length <= 2,
  (f) => f.team.map((m) => m.name).every((n) => n !== ''),
  (f) => f.safeguarding.incidents.every((i) => !i.open || i.severity < 3),
  (f) => f.safeguarding.incidents.filter((i) => i.open).length === 0 || f.safeguarding.lead_signed_off,
  (f) => !f.participants.groups.some((g) => ['children', 'vulnerable_adults'].includes(g))
    || f.safeguarding.dbs_checked >= f.team.length,
  (f) => f.participants.consent_rate >= 0.95 || f.participants.count === 0,
  (f) => f.data.dpo_email !== undefined && f.data.dpo_email.includes('@'),
  (f) => f.project.predecessor === undefined || f.project.predecessor !== f.project.id,
  (f) => f.data.processors.every((p) => ['aws', 'azure', 'gcp', 'notify', 'pay'].includes(p)),
  (f) => f.flags.payments ? f.hosting.pci_scope === 'outsourced' : true,
  (f) => !f.flags.automated_decision || f.flags.human_review,
  (f) => !(f.flags.public && f.project.stage === 'discovery'),
  (f) => f.hosting.uptime >= 99.5 || f.project.stage !== 'live',
  (f) => f.accessibility.languages.includes('cy') || f.project.nation !== 'wales',
  (f) => version.test(f.project.version),
  (f) => f.project.id.startsWith('p-') && f.project.id.length === 6,
  (f) => f.limits['max_participants'] >= f.participants.count,
  (f) => f.limits[f.project.stage] >= f.participants.count,
  (f) => f.participants.groups.every((g) => f.participants.approved_groups.includes(g)),
  (f) => !(f.data.personal && f.flags.public) || f.data.privacy_notice_url.startsWith('https://'),
  (f) => f.support.channels.includes('phone') || f.support.channels.includes('face_to_face'),
  (f) => f.participants.count % 5 !== 3 || f.participants.count > 20,
  (f) => f.support.hours.open >= 8 && f.support.hours.close <= 20 && f.support.hours.open < f.support.hours.close,
  (f) => f.project.name !== '' && f.project.name.length <= 60 && !f.project.name.includes('  '),
  (f) => (f.data.classification === 'public' || f.data.classification === 'official') && !f.data.special_category
    && f.hosting.region.startsWith('eu-') && f.budget.total < 100000 && f.participants.count < 200,
];

function cellInJavaScript(cell, path) {
  const [[kind, wanted]] = Object.entries(cell);
  const literal = JSON.stringify(wanted);
  switch (kind) {
    case 'eq': return `f.${path} === ${literal}`;
    case 'in': return `${literal}.includes(f.${path})`;
    case 'range': return `f.${path} >= ${wanted[0]} && f.${path} <= ${wanted[1]}`;
    case 'lt': return `f.${path} < ${literal}`;
    default: return `f.${path} >= ${literal}`;
  }
}

const rows = table.rows.map(({cells}) => {
  const parts = cells.map((cell, column) => cell && cellInJavaScript(cell, table.inputs[column].path));
  return new Function('f', `return ${parts.filter(Boolean).join(' && ') || 'true'};`);
});

if (conditions.length !== rules.length) throw new Error(`${rules.length} rules, but ${conditions.length} functions`);
await report({
  name: 'hand-written JavaScript',
  version: process.version,
  outcomes: (facts) => conditions.map((condition) => condition(facts)),
  evaluate: (facts) => countTrue(conditions, facts),
  lookup: (facts) => firstTrue(rows, facts),
});
