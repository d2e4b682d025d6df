// What the server lets go of by itself goes from the page too, and nobody mistakes it for news.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, openPage} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {plain} from './support/samples.mjs';
import {send} from './support/smtp.mjs';

let server, browser, page;
before(async () => {
  [server, browser] = await Promise.all([startCatch('--keep', '3'), launch()]);
  for (const subject of ['one', 'two', 'three']) await send(server.smtp, plain(subject));
  page = await openPage(browser, server.http);
});
after(async () => { await browser?.close(); await server?.stop(); });

const row = (text) => page.locator('.row', {hasText: text});

test('a message for which there is no room any more goes from the list when the next one comes', async () => {
  await row('one').waitFor();
  await send(server.smtp, plain('four'));
  await row('four').waitFor();
  await row('one').waitFor({state: 'detached'});
  await page.locator('.heading .count', {hasText: '3 messages'}).waitFor();
  await page.locator('.sidebar', {hasText: '3'}).waitFor();
  assert.deepEqual((await server.get('messages')).messages.map(({subject}) => subject), ['four', 'three', 'two']);
});

test('it goes from a search as well, and is closed where it was open', async () => {
  await page.locator('.search input').fill('subject:two');
  await row('two').locator('.open').click();
  await page.locator('.message h1', {hasText: 'two'}).waitFor();
  await send(server.smtp, plain('five'));
  await page.getByText('Nothing was found').waitFor();
  await page.locator('.message h1').waitFor({state: 'detached'});
  await page.getByRole('button', {name: 'Clear the search'}).first().click();
  await row('five').waitFor();
});

test('who waits for a mail gets it, and not what goes for it', async () => {
  const waiting = server.get('wait?subject=six&timeout=10');
  await send(server.smtp, plain('six'));
  assert.equal((await waiting).subject, 'six');
  const again = await server.get('wait?subject=three&timeout=0');
  assert.ok(again.error, 'three is gone, and was no news when it went');
});
