// Deleting one or few messages: gone from the list at once, from the server when nobody took it back.
import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';

import {launch, openPage, phone, shoot} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {plain} from './support/samples.mjs';
import {send} from './support/smtp.mjs';

let server, browser, page, asked;
before(async () => { [server, browser] = await Promise.all([startCatch(), launch()]); });
after(async () => { await browser?.close(); await server?.stop(); });

beforeEach(async () => {
  await page?.context().close();
  await server.change('DELETE', 'messages');
  for (let i = 1; i <= 5; ++i) await send(server.smtp, plain(`number ${i}`));
  page = await openPage(browser, server.http);
  asked = [];
  page.on('request', (request) => { if (request.method() === 'DELETE') asked.push(request.url()); });
});

const row = (text) => page.locator('.row', {hasText: text});
const pick = (text) => row(text).locator('input').click();
const gone = (text) => row(text).waitFor({state: 'detached'});
const counted = (text) => page.locator('.heading .count', {hasText: text}).waitFor();
const toast = (text) => page.locator('.toast', {hasText: text});
// From top to bottom, wherever they stand in the document.
const subjects = () => page.locator('.row').evaluateAll((rows) =>
  rows.sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top)).map((one) => one.querySelector('.subject').textContent));
const left = async () => (await server.get('messages')).messages.map(({subject}) => subject.slice(-1)).join('');

async function untilLeft(expected) {
  for (const end = Date.now() + 15_000; Date.now() < end && await left() !== expected;) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await left(), expected);
}

test('an opened message goes at once, and the server is asked only when the time is over', async () => {
  await row('number 3').locator('.open').click();
  await page.locator('#do-delete').click();
  await gone('number 3');
  await counted('4 messages');
  await page.getByText('No message is open').waitFor();
  assert.deepEqual([asked, await left()], [[], '54321']);
  await shoot(page, 'undo');
  await untilLeft('5421');
  assert.equal(asked.length, 1);
  await toast('1 message deleted').waitFor({state: 'detached'});
  await counted('4 messages');
  assert.equal(await row('number').count(), 4);
});

test('Undo keeps it where it was, and the server never hears of it', async () => {
  await row('number 2').locator('.open').click();
  await page.locator('#do-delete').click();
  await gone('number 2');
  await page.getByRole('button', {name: 'Undo'}).click();
  await row('number 2').waitFor();
  await toast('1 message kept').waitFor();
  await counted('5 messages');
  assert.deepEqual(await subjects(), [5, 4, 3, 2, 1].map((i) => `number ${i}`));
  await page.waitForTimeout(7500);
  assert.deepEqual([asked, await left()], [[], '54321']);
});

test('some that were chosen go together; z takes back what went last, then what went before', async () => {
  await pick('number 5');
  await pick('number 1');
  await page.locator('.heading').getByRole('button', {name: 'Delete the selected'}).click();
  await gone('number 5');
  await gone('number 1');
  await toast('2 messages deleted').waitFor();
  await row('number 3').locator('.open').click();
  await page.locator('.message h1', {hasText: 'number 3'}).waitFor();
  await page.keyboard.press('#');
  await counted('2 messages');
  await page.locator('.sidebar .place .count', {hasText: '2'}).waitFor();
  await shoot(page, 'undo-two');
  await page.keyboard.press('z');
  await counted('3 messages');
  await page.keyboard.press('z');
  await counted('5 messages');
  assert.deepEqual([asked, await left()], [[], '54321']);
});

test('what arrives, changes or goes meanwhile does not bring it back', async () => {
  await pick('number 4');
  await page.locator('.heading').getByRole('button', {name: 'Delete the selected'}).click();
  await gone('number 4');
  await send(server.smtp, plain('number 6'));
  await row('number 6').waitFor();
  const {messages} = await server.get('messages');
  await server.change('DELETE', `messages/${messages.find(({subject}) => subject === 'number 2').id}`);
  await gone('number 2');
  await counted('4 messages');
  await page.locator('.search input').fill('number');
  await counted('4 messages');
  assert.equal(await row('number 4').count(), 0);
  await page.locator('.search input').fill('');
  await untilLeft('6531');
  await counted('4 messages');
  assert.deepEqual(await subjects(), [6, 5, 3, 1].map((i) => `number ${i}`));
});

test('who leaves the page has deleted it', async () => {
  await row('number 5').locator('.open').click();
  await page.locator('#do-delete').click();
  await gone('number 5');
  await page.goto('about:blank');
  await untilLeft('4321');
});

test('a server that does not take it gives it back, and says why', async () => {
  await page.route('**/messages/*', (route) => (route.request().method() === 'DELETE' ? route.fulfill({status: 500, json: {error: 'the store: the disk is full', code: 'store-failed', args: {why: 'the disk is full'}}}) : route.continue()));
  await row('number 1').locator('.open').click();
  await page.locator('#do-delete').click();
  await gone('number 1');
  await row('number 1').waitFor();
  await toast('the store: the disk is full').waitFor();
  assert.equal(await left(), '54321');
});

test('deleting all asks, and takes those with it that only seemed to be gone', async () => {
  await row('number 5').locator('.open').click();
  await page.locator('#do-delete').click();
  await gone('number 5');
  await page.locator('.heading').getByRole('button', {name: 'Delete all in this list'}).click();
  await page.getByRole('dialog', {name: 'Delete 4 messages?'}).getByRole('button', {name: 'Delete'}).click();
  await page.getByText('No mail yet').waitFor();
  assert.equal(await left(), '');
});

test('in Chinese, on a phone', async () => {
  const other = await openPage(browser, server.http, {locale: 'zh-CN', viewport: phone, colorScheme: 'dark'});
  await other.locator('.row', {hasText: 'number 2'}).locator('.open').click();
  await other.locator('#do-delete').click();
  await other.locator('.toast', {hasText: '已删除 1 封邮件'}).waitFor();
  await shoot(other, 'undo-phone-zh');
  await other.getByRole('button', {name: '撤销'}).click();
  await other.locator('.row', {hasText: 'number 2'}).waitFor();
  await other.context().close();
});
