// @marcbachmann/cel-js.  It has no tables: the rows are tried in order, each as one condition.

import {Environment} from '@marcbachmann/cel-js';
import {countTrue, firstTrue, report, rules, table, typed, versionOf} from './common.mjs';

const environment = new Environment({unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false});
const conditions = rules.map((rule) => environment.parse(rule.cel));
const rows = table.rows.map((row) => environment.parse(row.cel));

await report({
  name: '@marcbachmann/cel-js',
  version: versionOf('@marcbachmann/cel-js'),
  prepare: (facts) => typed(facts),
  outcomes: (facts) => conditions.map((condition) => condition(facts)),
  evaluate: (facts) => countTrue(conditions, facts),
  lookup: (facts) => firstTrue(rows, facts),
});
