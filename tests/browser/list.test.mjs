// The list: arrival, reading, what goes away, and inboxes.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, openPage, shoot} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {letter, plain} from './support/samples.mjs';
import {send} from './support/smtp.mjs';

let server, browser;
before(async () => { [server, browser] = await Promise.all([startCatch('--inbox', 'team-a', '--inbox', 'team-b'), launch()]); });
after(async () => { await browser?.close(); await server?.stop(); });

test('an empty list shows the command that sends the first mail here', async () => {
  const page = await openPage(browser, server.http);
  const {host, port} = server.smtp;
  await page.getByText(`postrider send --server smtp://${host}:${port} `).waitFor();
  await page.getByText(`swaks --server ${host}:${port} `).waitFor();
  await shoot(page, 'empty-light-en');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('mail arrives without a reload, in the list, in the counts and in the title', async () => {
  const page = await openPage(browser, server.http);
  const loads = [];
  page.on('framenavigated', (frame) => loads.push(frame.url()));
  await send(server.smtp, plain('first of all'));
  await page.locator('.row.unread', {hasText: 'first of all'}).waitFor();
  await send(server.smtp, letter);
  const newest = page.locator('.row[aria-posinset="1"]');
  await newest.filter({hasText: '订单已发货'}).waitFor();
  assert.equal(await newest.locator('.mark').count(), 1, 'a mark for its attachments');
  await page.locator('.heading', {hasText: '2 messages'}).waitFor();
  await page.waitForFunction(() => document.title.startsWith('(2)'));
  assert.equal(await page.locator('.row').count(), 2);
  const places = () => page.locator('.row').evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-posinset')));
  assert.deepEqual(await places(), ['1', '2'], 'in the document they stand as they are seen');
  assert.deepEqual(loads, [], 'no reload');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an opened message is read, and other windows learn it', async () => {
  const [one, other] = await Promise.all([openPage(browser, server.http), openPage(browser, server.http)]);
  await one.locator('.row', {hasText: 'first of all'}).locator('.open').click();
  await one.locator('h1', {hasText: 'first of all'}).waitFor();
  for (const page of [one, other]) {
    await page.locator('.row:not(.unread)', {hasText: 'first of all'}).waitFor();
    await page.locator('.heading', {hasText: '1 unread'}).waitFor();
  }
  await one.reload();
  await one.locator('h1', {hasText: 'first of all'}).waitFor();
  await one.context().close();
  await other.context().close();
});

test('what is deleted elsewhere goes away, the opened message too', async () => {
  const page = await openPage(browser, server.http);
  const id = await send(server.smtp, plain('not for long'));
  await page.locator('.row', {hasText: 'not for long'}).locator('.open').click();
  await page.locator('h1', {hasText: 'not for long'}).waitFor();
  await server.change('DELETE', `messages/${id}`);
  await page.locator('.row', {hasText: 'not for long'}).waitFor({state: 'detached'});
  await page.getByText('No message is open').waitFor();
  await page.context().close();
});

test('each inbox shows its own mail and its own counts', async () => {
  const page = await openPage(browser, server.http);
  await send(server.smtp, plain('for team a'), {to: ['team-a@example.net']});
  await send(server.smtp, plain('for team b'), {to: ['x+team-b@example.net']});
  await page.locator('.place', {hasText: 'team-a'}).click();
  await page.locator('.heading', {hasText: '1 message'}).waitFor();
  assert.match(await page.locator('.row').innerText(), /for team a/);
  await send(server.smtp, plain('another for b'), {to: ['team-b@example.net']});
  await page.locator('.place', {hasText: 'team-b'}).locator('.count', {hasText: '2'}).waitFor();
  assert.equal(await page.locator('.row').count(), 1, 'mail for another inbox does not show here');
  await page.locator('.place', {hasText: 'All mail'}).click();
  await page.locator('.row', {hasText: 'another for b'}).waitFor();
  await page.context().close();
});

test('the page says that the server went away, and goes on by itself once it is back, with its new token', async () => {
  const first = await startCatch();
  const page = await openPage(browser, first.http);
  await page.getByText('Live: new mail shows at once').waitFor();
  await first.stop();
  await page.getByText('The server does not answer').waitFor();
  const second = await startCatch('--http', new URL(first.http).host);
  try {
    const id = await send(second.smtp, plain('after all'));
    await page.locator('.row', {hasText: 'after all'}).waitFor({timeout: 20_000});
    await page.getByText('Live: new mail shows at once').waitFor();
    await page.locator('.row', {hasText: 'after all'}).locator('.open').click();
    await page.locator('.message h1').waitFor();
    await page.keyboard.press('u');
    await page.locator('.row.unread', {hasText: 'after all'}).waitFor();
    assert.equal((await second.get(`messages/${id}?peek=1`)).unread, true);
  } finally {
    await second.stop();
    await page.context().close();
  }
});

test('seven windows share one connection for events: each learns of an arrival', async () => {
  const context = await browser.newContext();
  const pages = [];
  for (let i = 0; i < 7; ++i) {
    pages.push(await context.newPage());
    await pages.at(-1).goto(server.http);
  }
  await send(server.smtp, plain('for seven windows'));
  for (const page of pages) await page.locator('.row', {hasText: 'for seven windows'}).waitFor();
  await pages[0].close();
  await send(server.smtp, plain('for six windows'));
  for (const page of pages.slice(1)) await page.locator('.row', {hasText: 'for six windows'}).waitFor();
  await context.close();
});
