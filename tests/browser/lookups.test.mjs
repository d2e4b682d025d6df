// What the checks of a message ask of others: nothing until a button is pressed, and each button says what leaves.
import assert from 'node:assert/strict';
import {createServer} from 'node:net';
import {after, before, test} from 'node:test';

import {launch, openPage, phone, shoot} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {send} from './support/smtp.mjs';

const mail = (port) => `From: ann@shop.example\nTo: bob@example.net\nSubject: Welcome\nMIME-Version: 1.0\nContent-Type: text/html\n\n<a href="http://127.0.0.1:${port}/activate">Activate</a>\n`;
let allowed, forbidden, browser, neighbour, visits = 0;
before(async () => {
  neighbour = createServer((socket) => { ++visits; socket.destroy(); });
  await new Promise((resolve) => neighbour.listen(0, '127.0.0.1', resolve));
  [allowed, forbidden, browser] = await Promise.all([startCatch('--allow-lookups'), startCatch(), launch()]);
});
after(async () => {
  await browser?.close();
  neighbour.close();
  await Promise.all([allowed?.stop(), forbidden?.stop()]);
});

async function openChecks(server, options) {
  const id = await send(server.smtp, mail(neighbour.address().port));
  const page = await openPage(browser, server.http, options);
  page.asked = [];
  page.on('request', (request) => { if (request.url().includes('/checks')) page.asked.push(new URL(request.url()).search); });
  await page.goto(`${server.http}/#message=${id}&view=checks`);
  await page.locator('.verdict').waitFor();
  return page;
}

test('where nobody allowed it, the buttons are off and say how to allow it', async () => {
  const page = await openChecks(forbidden);
  await page.locator('.lookups code', {hasText: 'postrider catch --allow-lookups'}).waitFor();
  assert.equal(await page.locator('.lookups button:disabled').count(), 2);
  await page.locator('.lookups').scrollIntoViewIfNeeded();
  await shoot(page, 'lookups-off');
  await page.context().close();
});

test('links are followed when the button is pressed, not before, and never into one\'s own network', async () => {
  const page = await openChecks(allowed);
  const button = page.getByRole('button', {name: 'Follow the links'});
  assert.match(await page.locator(`#${await button.getAttribute('aria-describedby')}`).innerText(), /opened once from this machine.*confirms or unsubscribes/);
  assert.deepEqual(page.asked, ['']);
  await button.click();
  await page.getByRole('button', {name: 'Follow the links again'}).waitFor();
  assert.deepEqual(page.asked, ['', '?links=1']);
  await page.locator('.check.error', {hasText: '127.0.0.1'}).first().waitFor();
  assert.equal(visits, 0);
  await page.locator('.lookups').scrollIntoViewIfNeeded();
  await shoot(page, 'lookups');
  await page.context().close();
});

test('the DNS is asked when the button is pressed; what was asked before stays asked', async () => {
  const page = await openChecks(allowed, {locale: 'zh-CN', viewport: phone, colorScheme: 'dark'});
  // No name server is there for a test: what the server says of one is put in place of its answer.
  const report = await (await fetch(`${allowed.http}/api/v1/messages/${/message=(\w+)/.exec(page.url())[1]}/checks`)).json();
  const answer = (route) => route.fulfill({json: {...report, lookups: {dns: 'asked', links: route.request().url().includes('links=1') ? 'asked' : 'allowed'}}});
  await page.route('**/checks?dns=1*', answer);
  await page.getByRole('button', {name: '查询 DNS'}).click();
  await page.getByRole('button', {name: '再次查询 DNS'}).waitFor();
  await page.getByRole('button', {name: '访问链接'}).click();
  await page.getByRole('button', {name: '再次访问链接'}).waitFor();
  assert.deepEqual(page.asked, ['', '?dns=1', '?dns=1&links=1']);
  await page.locator('.lookups').scrollIntoViewIfNeeded();
  await shoot(page, 'lookups-phone-zh');
  await page.context().close();
});

test('what fails is told beside its button, which can be pressed again', async () => {
  const page = await openChecks(allowed);
  await page.route('**/checks?dns=1', (route) => route.fulfill({status: 503, json: {error: 'too much is asked at once'}}));
  await page.getByRole('button', {name: 'Ask the DNS'}).click();
  await page.locator('.lookups .error', {hasText: 'too much is asked at once'}).waitFor();
  assert.equal(await page.getByRole('button', {name: 'Ask the DNS'}).isEnabled(), true);
  await page.context().close();
});
