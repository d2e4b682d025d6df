// Everything by keys alone.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, openPage, shoot} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {letter, plain} from './support/samples.mjs';
import {send} from './support/smtp.mjs';

let server, browser, page;
before(async () => {
  [server, browser] = await Promise.all([startCatch(), launch()]);
  for (const subject of ['third', 'second', 'first']) await send(server.smtp, plain(subject));
  page = await openPage(browser, server.http);
});
after(async () => { await browser?.close(); await server?.stop(); });

const heading = (text) => page.locator('.message h1', {hasText: text}).waitFor();

test('j and k move, Enter opens, Escape leaves', async () => {
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await heading('second');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await heading('third');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await heading('first');
  await page.keyboard.press('Escape');
  await page.getByText('No message is open').waitFor();
});

test('/ goes to the search box, where keys are letters, and Escape goes out of it', async () => {
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
  await page.keyboard.type('jk#u');
  assert.equal(await page.locator('.search input').inputValue(), 'jk#u');
  await page.locator('.search input').fill('');
  await page.keyboard.press('Escape');
  assert.notEqual(await page.evaluate(() => document.activeElement.type), 'search');
  await page.locator('.heading', {hasText: '3 messages'}).waitFor();
});

test('u makes it unread and read again', async () => {
  await page.locator('.row', {hasText: 'second'}).locator('.open').click();
  await heading('second');
  await page.keyboard.press('u');
  await page.locator('.row.unread', {hasText: 'second'}).waitFor();
  await page.keyboard.press('u');
  await page.locator('.row:not(.unread)', {hasText: 'second'}).waitFor();
});

test('t tags', async () => {
  await page.keyboard.press('t');
  await page.keyboard.type('invoice, 重要');
  await page.keyboard.press('Enter');
  await page.locator('.row', {hasText: 'second'}).locator('.tag', {hasText: '重要'}).waitFor();
  await page.locator('.message .tag', {hasText: 'invoice'}).waitFor();
});

test('# deletes, z keeps what was just deleted', async () => {
  await page.keyboard.press('#');
  await page.locator('.row', {hasText: 'second'}).waitFor({state: 'detached'});
  await page.locator('.heading', {hasText: '2 messages'}).waitFor();
  await page.keyboard.press('z');
  await page.locator('.row', {hasText: 'second'}).waitFor();
  assert.equal((await server.get('messages')).total, 3);
});

test('x selects, ? shows all keys', async () => {
  await page.keyboard.press('x');
  await page.locator('.heading.picked', {hasText: '1 selected'}).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', {name: 'Keyboard'}).waitFor();
  await shoot(page, 'keys');
  await page.keyboard.press('Escape');
});

test('Tab reaches every control of the page, and each shows where it is', async () => {
  await send(server.smtp, letter);
  await page.locator('.row', {hasText: '订单'}).locator('.open').click();
  await heading('订单');
  const wanted = await page.evaluate(() => [...document.querySelectorAll('button, input, select, a[href], summary')]
    .filter((element) => element.checkVisibility() && element.tabIndex >= 0 && !element.disabled).length);
  await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
  const reached = new Set();
  for (let i = 0; i < wanted + 30; ++i) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body || element.tagName === 'IFRAME') return null;
      const style = getComputedStyle(element);
      const all = [...document.querySelectorAll('*')];
      return {place: all.indexOf(element), control: element.matches('button, input, select, a[href], summary'),
              ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, what: element.outerHTML.slice(0, 80)};
    });
    if (!at) continue;
    assert.ok(at.ring, `no focus ring: ${at.what}`);
    if (at.control) reached.add(at.place);
  }
  assert.ok(reached.size >= wanted, `${reached.size} of ${wanted} reached`);
});
