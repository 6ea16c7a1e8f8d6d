// Signs a delivery with the npm package `standardwebhooks`.
// stdin: {"secret", "id", "seconds", "body"}; stdout: the webhook-signature.

import {readFileSync} from 'node:fs';
import {Webhook} from 'standardwebhooks';

const {secret, id, seconds, body} = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(new Webhook(secret).sign(id, new Date(seconds * 1000), body));
