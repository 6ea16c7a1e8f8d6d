// Verifies a call-back with the npm package `standardwebhooks`.
// stdin: {"secret", "headers", "body"}; stdout: the message it holds.  Exit code 1 if it is refused.

import {readFileSync} from 'node:fs';
import {Webhook} from 'standardwebhooks';

const {secret, headers, body} = JSON.parse(readFileSync(0, 'utf8'));
try {
  process.stdout.write(JSON.stringify(new Webhook(secret).verify(body, headers)));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
