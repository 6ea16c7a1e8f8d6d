// Builds lockgate.css and lockgate.js from the sources beside this file.  They are committed, so
// that building Lockgate needs no Node; after a change here, from the project's root:
//   npm ci --prefix tests/system/node --ignore-scripts
//   node plugin/web/assets/source/build.mjs tests/system/node/node_modules plugin/web/assets
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {writeFileSync} from 'node:fs';

const [modules, folder] = process.argv.slice(2).map((path) => resolve(path));
if (!folder) {
  console.error('usage: node build.mjs MODULES FOLDER');
  process.exit(2);
}
const require = createRequire(join(modules, 'from-here.cjs'));
const here = dirname(fileURLToPath(import.meta.url));
const origin = `govuk-frontend ${require('govuk-frontend/package.json').version}`;

const {css} = require('sass').compile(join(here, 'lockgate.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true,
  charset: false,  // the server says so; a byte order mark would follow the comment below
});
writeFileSync(join(folder, 'lockgate.css'),
    `/*! Made from lockgate.scss and ${origin} (MIT, see LICENCE-govuk-frontend). */\n${css}\n`);

const {outputFiles: [script]} = require('esbuild').buildSync({
  entryPoints: [join(here, 'lockgate.mjs')],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'none',
  nodePaths: [modules],
  write: false,
});
writeFileSync(join(folder, 'lockgate.js'),
    `/*! Made from lockgate.mjs and ${origin} (MIT, see LICENCE-govuk-frontend). */\n${script.text}`);
