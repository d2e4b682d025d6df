// What one does with messages: tags, many at once, delete, release; and faults.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, openPage, shoot} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {letter, plain} from './support/samples.mjs';
import {send, SmtpConnection} from './support/smtp.mjs';

let server, browser, page;
before(async () => {
  [server, browser] = await Promise.all([startCatch(), launch()]);
  for (let i = 1; i <= 6; ++i) await send(server.smtp, plain(`number ${i}`));
  page = await openPage(browser, server.http);
});
after(async () => { await browser?.close(); await server?.stop(); });

const row = (text) => page.locator('.row', {hasText: text});
const pick = (text, options) => row(text).locator('input').click(options);
const tool = (name) => page.locator('.heading').getByRole('button', {name});
const listed = async () => (await server.get('messages?limit=50')).messages;

test('tags are given, shown, counted beside the inboxes, and found by a click', async () => {
  await row('number 1').locator('.open').click();
  await page.locator('#do-tag').click();
  await page.getByRole('dialog').locator('input').fill('invoice, 重要, <b>bold</b>');
  await page.getByRole('button', {name: 'Save tags'}).click();
  await page.locator('.message .tag', {hasText: '<b>bold</b>'}).waitFor();
  await page.locator('.place', {hasText: 'invoice'}).click();
  await page.locator('.heading', {hasText: '1 message'}).waitFor();
  await page.locator('.search input').fill('');
  await page.locator('.heading', {hasText: '6 messages'}).waitFor();
  await shoot(page, 'tags');
});

test('many are selected, with a range, marked and tagged in one request', async () => {
  await pick('number 6');
  await pick('number 4', {modifiers: ['Shift']});
  await page.locator('.heading.picked', {hasText: '3 selected'}).waitFor();
  await shoot(page, 'bulk');
  const asked = [];
  page.on('request', (request) => { if (request.method() !== 'GET') asked.push(`${request.method()} ${new URL(request.url()).pathname}`); });
  await tool('Mark as read').click();
  await page.locator('.toast', {hasText: '3 messages changed'}).waitFor();
  assert.deepEqual(asked, ['PATCH /api/v1/messages']);
  for (const subject of ['number 4', 'number 5', 'number 6']) await page.locator('.row:not(.unread)', {hasText: subject}).waitFor();
  await pick('number 2');
  await tool('Tag the selected').click();
  await page.getByRole('dialog').locator('input').fill('later');
  await page.keyboard.press('Enter');
  await row('number 2').locator('.tag', {hasText: 'later'}).waitFor();
});

test('all of a long list are selected by what they are, not by name', async () => {
  await pick('number 1');
  await page.getByRole('button', {name: 'Select all 6'}).click();
  const [request] = await Promise.all([page.waitForRequest((one) => one.method() === 'PATCH'), tool('Mark as unread').click()]);
  assert.deepEqual(request.postDataJSON(), {query: '', unread: true});
  await page.locator('.heading', {hasText: '6 unread'}).waitFor();
});

test('deleting all of a list asks first', async () => {
  await tool('Delete all in this list').click();
  await page.getByRole('dialog', {name: 'Delete 6 messages?'}).waitFor();
  await shoot(page, 'delete');
  await page.getByRole('button', {name: 'Cancel'}).click();
  assert.equal((await listed()).length, 6);
});

test('all are marked as read at once; every change carries the token, without which there is none', async () => {
  const [request] = await Promise.all([page.waitForRequest((one) => one.method() === 'PATCH'), tool('Mark all as read').click()]);
  assert.equal(request.headers()['postrider-token'], server.token);
  await page.locator('.heading .count', {hasText: /^6 messages$/}).waitFor();
  const refused = await fetch(`${server.http}/api/v1/messages`, {method: 'DELETE'});
  assert.equal(refused.status, 403);
});

test('an empty list follows when all are deleted', async () => {
  await tool('Delete all in this list').click();
  await page.getByRole('dialog').getByRole('button', {name: 'Delete'}).click();
  await page.getByText('No mail yet').waitFor();
  assert.deepEqual(await listed(), []);
});

test('release: to whom, by which account, and what became of each', async () => {
  const target = await startCatch('--refuse', 'stranger@*=550 5.1.1 no such user');
  const source = await startCatch('--release-account', `smtp://${target.smtp.host}:${target.smtp.port}?starttls=off`);
  try {
    const id = await send(source.smtp, letter);
    const shown = await openPage(browser, `${source.http}/#message=${id}`);
    await shown.locator('#do-release').click();
    const dialog = shown.getByRole('dialog', {name: 'Release'});
    await dialog.locator('input[name=to]').fill('carol@example.org, stranger@example.org');
    await dialog.getByRole('button', {name: 'Send now'}).click();
    await dialog.locator('.outcome').waitFor();
    assert.match(await dialog.locator('.outcome .good').innerText(), /Accepted\s+carol@example\.org\s+250/);
    assert.match(await dialog.locator('.outcome .bad').innerText(), /Refused\s+stranger@example\.org\s+550 5\.1\.1 no such user/);
    await shoot(shown, 'release');
    assert.deepEqual((await target.get('messages')).messages.map(({to}) => to), [['carol@example.org']]);
    await shown.context().close();
  } finally {
    await Promise.all([source.stop(), target.stop()]);
  }
});

test('faults: added, met, counted, removed; what is no rule is told', async () => {
  await page.locator('#faults').click();
  const dialog = page.getByRole('dialog', {name: 'Faults'});
  await dialog.getByText('No rule is in force').waitFor();
  await dialog.locator('input[name=rule]').fill('rcpt nobody@*=451 4.7.1 come back later');
  await dialog.getByRole('button', {name: 'Add'}).click();
  await dialog.locator('.rules code', {hasText: '451 4.7.1'}).waitFor();
  await dialog.locator('input[name=rule]').fill('nonsense');
  await dialog.getByRole('button', {name: 'Add'}).click();
  await dialog.locator('.error:not([hidden])').waitFor();
  await shoot(page, 'faults');
  const connection = new SmtpConnection(server.smtp);
  await connection.reply();
  await connection.say('EHLO x.example');
  await connection.say('MAIL FROM:<a@example.com>');
  assert.match(await connection.say('RCPT TO:<nobody@example.net>'), /^451 4\.7\.1 come back later/);
  connection.end();
  await page.keyboard.press('Escape');
  await page.locator('#faults .count', {hasText: '1'}).waitFor();
  await page.locator('#faults').click();
  await dialog.getByText('met once').waitFor();
  await dialog.locator('.rules button').click();
  await dialog.getByText('No rule is in force').waitFor();
});
