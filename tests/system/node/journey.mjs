// Two members of a board decide a prototype, in a real browser.
//
// stdin: {"base": server's address, "number": "PR-0001", "title", "screens": folder,
//         "chromium": program, "script": whether JavaScript is on, "width": of the window,
//         "members": [{"login", "name", "link": path that sets the password, "choice", "reasons",
//                      "conditions"}]}
// stdout: {"headings": [...], "complaints": [what the browser complained of]}

import {readFileSync, mkdirSync} from 'node:fs';
import {chromium} from 'playwright-core';

const given = JSON.parse(readFileSync(0, 'utf8'));
const password = 'narrow boat, early morning';
const headings = [];
const complaints = [];
mkdirSync(given.screens, {recursive: true});

const browser = await chromium.launch({
  executablePath: given.chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync'],
});

let shots = 0;
async function arrive(page, name) {
  await page.waitForLoadState('load');
  headings.push((await page.locator('h1').first().innerText()).trim());
  shots += 1;
  const file = `${given.screens}/${String(shots).padStart(2, '0')}-${name}.png`;
  await page.screenshot({path: file, fullPage: true});
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) complaints.push(`${name}: ${wide} pixels wider than the window`);
}

function expect(truth, what) {
  if (!truth) throw new Error(what);
}

async function newPage() {
  const context = await browser.newContext({javaScriptEnabled: given.script, viewport: {width: given.width, height: 900}});
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.on('console', (message) => {
    // An error page's own status is no complaint.
    const expected = /status of (4\d\d)/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  return page;
}

async function press(page) {
  await Promise.all([page.waitForNavigation(), page.locator('main form button[type=submit], main form button').first().click()]);
}

async function voteOf(member, first) {
  const page = await newPage();
  await page.goto(given.base + member.link);
  if (first) await arrive(page, 'set-password');
  for (const field of await page.locator('input[type=password]').all()) await field.fill(password);
  await press(page);

  await page.goto(`${given.base}/sign-in`);
  if (first) {
    // A wrong password first: the page says so and keeps the login.
    await arrive(page, 'sign-in');
    await page.locator('input[name=login]').fill(member.login);
    await page.locator('input[name=password]').fill('not the password');
    await press(page);
    await arrive(page, 'sign-in-error');
    expect(await page.locator('.govuk-error-summary').count() === 1, 'a wrong password shows no error summary');
    expect((await page.title()).startsWith('Error: '), 'the title of an error page does not begin with "Error: "');
    if (given.script) {
      const focused = await page.evaluate(() => document.activeElement?.closest('.govuk-error-summary') !== null);
      expect(focused, 'the error summary has no focus');
    }
  }
  await page.locator('input[name=login]').fill(member.login);
  await page.locator('input[name=password]').fill(password);
  await press(page);

  await page.goto(`${given.base}/tasks`);
  await arrive(page, `${member.login}-tasks`);
  const task = page.locator('main a', {hasText: given.title}).or(page.locator('main a', {hasText: given.number})).first();
  await Promise.all([page.waitForNavigation(), task.click()]);
  if (!page.url().endsWith('/review')) {
    await arrive(page, `${member.login}-prototype`);
    await page.goto(`${given.base}/p/${given.number}/review`);
  }
  await arrive(page, `${member.login}-review`);
  expect((await page.locator('main').innerText()).includes(given.title), 'the review does not name the prototype');

  if (first) {
    // Nothing filled in: errors beside the fields, and a summary that leads to them.
    await press(page);
    await arrive(page, 'review-error');
    const links = page.locator('.govuk-error-summary a');
    expect(await links.count() >= 1, 'an empty vote shows no error summary with links');
    for (const link of await links.all()) {
      const target = (await link.getAttribute('href')).slice(1);
      expect(await page.locator(`[id="${target}"]`).count() === 1, `the error summary leads to #${target}, which is not there`);
    }
  }
  await page.locator(`input[name=choice][value=${member.choice}]`).check();
  await page.locator('textarea[name=reasons]').fill(member.reasons);
  if (member.conditions) await page.locator('textarea[name=conditions]').first().fill(member.conditions);
  await press(page);
  await arrive(page, `${member.login}-vote-check`);
  expect((await page.locator('main').innerText()).includes(member.reasons), 'the check page does not show the reasons');
  await press(page);
  await arrive(page, `${member.login}-vote-recorded`);
  expect(/\/vote\/recorded$/.test(new URL(page.url()).pathname), `after the vote stands ${page.url()}`);
  return page;
}

try {
  let page;
  for (const [index, member] of given.members.entries()) page = await voteOf(member, index === 0);
  await page.goto(`${given.base}/p/${given.number}`);
  await arrive(page, 'decided');
  await page.goto(`${given.base}/p/${given.number}/lesson`);
  await arrive(page, 'lesson');
  await page.goto(`${given.base}/p/PR-9999`);
  await arrive(page, 'not-found');
  process.stdout.write(JSON.stringify({headings, complaints}));
} finally {
  await browser.close();
}
