// @bufbuild/cel.  It has no tables: the rows are tried in order, each as one condition.

import {celEnv, parse, plan} from '@bufbuild/cel';
import {countTrue, firstTrue, report, rules, table, typed, versionOf} from './common.mjs';

const environment = celEnv();
const conditions = rules.map((rule) => plan(environment, parse(rule.cel)));
const rows = table.rows.map((row) => plan(environment, parse(row.cel)));

await report({
  name: '@bufbuild/cel',
  version: versionOf('@bufbuild/cel'),
  prepare: (facts) => typed(facts),
  outcomes: (facts) => conditions.map((condition) => condition(facts)),
  evaluate: (facts) => countTrue(conditions, facts),
  lookup: (facts) => firstTrue(rows, facts),
});
