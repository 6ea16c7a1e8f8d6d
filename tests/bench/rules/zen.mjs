// @gorules/zen-engine through its Node binding, with the rules in its own language and its own tables.

import {readFileSync} from 'node:fs';
import {ZenDecisionContent, ZenEngine} from '@gorules/zen-engine';
import {report, rules, table, versionOf} from './common.mjs';

const translated = JSON.parse(readFileSync(new URL('zen_rules.json', import.meta.url)));
const engine = new ZenEngine();

// A decision of one node between the input and the output.
function decision(type, content) {
  const node = (id, kind, more = {}) => ({id, type: kind, name: id, position: {x: 0, y: 0}, ...more});
  const edge = (from, to) => ({id: `${from}-${to}`, type: 'edge', sourceId: from, targetId: to});
  const graph = {
    nodes: [node('in', 'inputNode'), node('rules', type, {content}), node('out', 'outputNode')],
    edges: [edge('in', 'rules'), edge('rules', 'out')],
  };
  return engine.createDecision(new ZenDecisionContent(Buffer.from(JSON.stringify(graph))));
}

function cellInZen(cell, type) {
  if (!cell) return '';
  const literal = (value) => type === 'string' ? `'${value}'` : String(value);
  const [[kind, wanted]] = Object.entries(cell);
  switch (kind) {
    case 'eq': return literal(wanted);
    case 'in': return wanted.map(literal).join(', ');
    case 'range': return `[${wanted[0]}..${wanted[1]}]`;
    case 'lt': return `< ${wanted}`;
    default: return `>= ${wanted}`;
  }
}

const all = decision('expressionNode', {
  expressions: rules.map(({id}) => ({id, key: id, value: translated[id]})),
});
const rows = decision('decisionTableNode', {
  hitPolicy: 'first',
  inputs: table.inputs.map(({path}, column) => ({id: `c${column}`, field: path, name: path, type: 'expression'})),
  outputs: [{id: 'row', field: 'row', name: 'row', type: 'expression'}],
  rules: table.rows.map(({cells}, number) => ({
    _id: `r${number}`,
    ...Object.fromEntries(cells.map((cell, column) => [`c${column}`, cellInZen(cell, table.inputs[column].type)])),
    row: String(number),
  })),
});

await report({
  name: '@gorules/zen-engine',
  version: versionOf('@gorules/zen-engine'),
  isAsync: true,
  outcomes: async (facts) => {
    const {result} = await all.evaluate(facts);
    return rules.map(({id}) => result[id]);
  },
  evaluate: async (facts) => Number((await all.evaluate(facts)).result.r01),
  lookup: async (facts) => (await rows.evaluate(facts)).result.row,
});
