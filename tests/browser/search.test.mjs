// The search box: what it finds, what it says of a bad query, and how it helps.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, openPage, shoot} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {letter, long, plain} from './support/samples.mjs';
import {send} from './support/smtp.mjs';

let server, browser, page;
before(async () => {
  [server, browser] = await Promise.all([startCatch(), launch()]);
  await send(server.smtp, plain('weekly report', 'the numbers are fine\n'), {from: 'carol@example.org'});
  await send(server.smtp, letter);
  await send(server.smtp, long('a long one', 100_000), {to: ['archive@example.net']});
  page = await openPage(browser, server.http);
});
after(async () => { await browser?.close(); await server?.stop(); });

const subjects = () => page.locator('.row .subject').allInnerTexts();

/** What the list holds once it holds `wanted`, or after a while. */
async function found(query, wanted) {
  await page.locator('.search input').fill(query);
  await page.locator('.search input').press('Enter');
  for (const end = Date.now() + 15_000; Date.now() < end && String((await subjects()).sort()) !== String(wanted);) await page.waitForTimeout(50);
  return (await subjects()).sort();
}

const all = ['Your order is on its way 订单已发货', 'a long one', 'weekly report'];

for (const [query, wanted] of [
  ['from:carol', ['weekly report']], ['to:archive', ['a long one']], ['subject:"weekly report"', ['weekly report']],
  ['has:attachment', ['Your order is on its way 订单已发货']], ['larger:50K', ['a long one']], ['订单', ['Your order is on its way 订单已发货']],
  ['NUMBERS fine', ['weekly report']], ['"numbers are" -order', ['weekly report']], ['is:read', []], ['nothing like this', []],
]) {
  test(`search: ${query}`, async () => assert.deepEqual(await found(query, wanted), wanted));
}

test('nothing found is said, with a way back', async () => {
  await found('nothing like this', []);
  await page.getByText('Nothing was found').waitFor();
  await shoot(page, 'search-nothing');
  await page.getByRole('button', {name: 'Clear the search'}).click();
  await page.locator('.heading', {hasText: '3 messages'}).waitFor();
});

test('a bad query is told below the box, and goes with the next good one', async () => {
  await page.locator('.search input').fill('before:yesterday');
  await page.locator('#search-error:not([hidden])').waitFor();
  assert.match(await page.locator('#search-error').innerText(), /before|date|yesterday/);
  assert.equal(await page.locator('.search input').getAttribute('aria-invalid'), 'true');
  await shoot(page, 'search-error');
  await found('from:carol', ['weekly report']);
  assert.ok(await page.locator('#search-error').isHidden());
});

test('the help puts an example into the box', async () => {
  await found('', all);
  await page.getByRole('button', {name: 'How to search'}).click();
  await shoot(page, 'search-help');
  await page.getByRole('button', {name: 'has:attachment'}).click();
  await page.locator('.heading', {hasText: '1 message'}).waitFor();
  assert.equal(await page.locator('.search input').inputValue(), 'has:attachment');
});

test('mail that arrives while one searches shows only if it is found', async () => {
  await found('from:dave', []);
  await send(server.smtp, plain('from somebody else'));
  await send(server.smtp, plain('from dave himself'), {from: 'dave@example.org'});
  await page.locator('.row', {hasText: 'from dave himself'}).waitFor();
  assert.equal(await page.locator('.row').count(), 1);
});

test('an address with a search in it is a search', async () => {
  const other = await openPage(browser, `${server.http}/#query=from%3Acarol`);
  await other.locator('.row', {hasText: 'weekly report'}).waitFor();
  assert.equal(await other.locator('.row').count(), 1);
  await other.context().close();
});
