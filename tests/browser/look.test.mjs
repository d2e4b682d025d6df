// How it looks: both languages, both themes, wide and phone. The screenshots are there to be looked at.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, openPage, phone, shoot, wide} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {worstContrast} from './support/contrast.mjs';
import {bounce, invite, letter, plain} from './support/samples.mjs';
import {send} from './support/smtp.mjs';

let server, browser;
const ids = {};
before(async () => {
  [server, browser] = await Promise.all([startCatch('--inbox', 'team-a'), launch()]);
  ids.plain = await send(server.smtp, plain('Your password was changed'));
  ids.bounce = await send(server.smtp, bounce, {from: ''});
  ids.invite = await send(server.smtp, invite, {to: ['team-a@example.net']});
  ids.letter = await send(server.smtp, letter);
  await server.change('PATCH', `messages/${ids.invite}`, {tags: ['meeting']});
});
after(async () => { await browser?.close(); await server?.stop(); });

const views = {html: 'letter', text: 'letter', attachments: 'letter', dialogue: 'letter', checks: 'letter', parts: 'letter', headers: 'letter', raw: 'letter',
               calendar: 'invite', delivery: 'bounce'};

async function view(page, name) {
  await page.goto(`${server.http}/#message=${ids[views[name]]}&view=${name}`);
  await page.locator(`.panel.${name}`).waitFor();
  await page.waitForTimeout(100);
}

const dialogs = (page) => [
  ['keys', () => page.keyboard.press('?')], ['tags', () => page.keyboard.press('t')], ['delete', () => page.locator('.heading .tools button').last().click()]];

async function leave(page) {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({state: 'detached'});
}

for (const colorScheme of ['light', 'dark']) {
  test(`${colorScheme}: text stands out from what it stands on as WCAG AA asks, in every view and dialog`, async () => {
    const page = await openPage(browser, server.http, {colorScheme});
    const look = async (name) => {
      const worst = await page.evaluate(worstContrast);
      assert.ok(worst.ratio >= worst.needed, `${name}: "${worst.text}" has ${worst.ratio.toFixed(2)}, not ${worst.needed}: ${worst.ink} on ${worst.ground}`);
    };
    await look('list');
    await shoot(page, `list-${colorScheme}-en`);
    for (const name of Object.keys(views)) {
      await view(page, name);
      await look(name);
      await shoot(page, `${name}-${colorScheme}`);
    }
    for (const [name, open] of dialogs(page)) {
      await open();
      await page.getByRole('dialog').waitFor();
      await look(name);
      await leave(page);
    }
    await page.keyboard.press('#');
    await page.locator('.toast button').waitFor();
    await look('undo');
    await page.keyboard.press('z');
    await page.locator('#faults').click();
    await page.getByRole('dialog').waitFor();
    await look('faults');
    await leave(page);
    await page.locator('.search input').fill('before:nonsense');
    await page.locator('#search-error:not([hidden])').waitFor();
    await look('search error');
    await page.context().close();
  });
}

test('the switch of themes holds against what the system prefers, and is kept', async () => {
  const page = await openPage(browser, server.http, {colorScheme: 'light'});
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.locator('#theme').click();
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  await page.locator('.row').first().waitFor();
  assert.equal(await ground(), dark);
  await page.locator('#theme').click();
  assert.equal(await ground(), light);
  await page.context().close();
});

test('a Chinese browser gets a Chinese page, without a word of English of the page\'s own', async () => {
  const page = await openPage(browser, server.http, {locale: 'zh-CN'});
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
  const look = async (name) => {
    const left = await page.evaluate(englishLeft);
    assert.deepEqual(left, [], `English on ${name}`);
  };
  await look('the list');
  await shoot(page, 'list-light-zh');
  for (const name of ['html', 'text', 'attachments', 'dialogue', 'parts', 'checks', 'calendar', 'delivery']) {
    await view(page, name);
    await look(name);
    await shoot(page, `${name}-zh`);
  }
  for (const [name, open] of dialogs(page)) {
    await open();
    await page.getByRole('dialog').waitFor();
    await look(name);
    await leave(page);
  }
  await page.keyboard.press('#');
  await page.locator('.toast button').waitFor();
  await look('what can be undone');
  await page.keyboard.press('z');
  await page.locator('#faults').click();
  await page.getByRole('dialog').waitFor();
  await look('faults');
  await shoot(page, 'faults-zh');
  await page.context().close();
});

test('the switch of languages is kept', async () => {
  const page = await openPage(browser, server.http);
  await page.locator('#language').click();
  await page.getByText('收件箱', {exact: true}).first().waitFor();
  await page.reload();
  await page.getByText('收件箱', {exact: true}).first().waitFor();
  await page.locator('#language').click();
  await page.getByText('Inboxes', {exact: true}).waitFor();
  await page.context().close();
});

test('a phone shows the list, then the message; nothing is wider than the screen, and what one touches is large enough', async () => {
  const page = await openPage(browser, server.http, {viewport: phone, hasTouch: true, isMobile: true, colorScheme: 'dark'});
  const fits = async (name) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is too wide`);
  await shoot(page, 'phone-list-dark');
  await fits('the list');
  assert.ok(await page.locator('.message').isHidden());
  await page.locator('.row', {hasText: '订单'}).locator('.open').tap();
  await page.locator('.message h1').waitFor();
  assert.ok(await page.locator('.list').isHidden());
  for (const name of Object.keys(views)) {
    await view(page, name);
    await fits(name);
    await shoot(page, `phone-${name}-dark`);
  }
  const small = await page.locator('.actions > *:visible, .tabs button').evaluateAll((items) => items.map((item) => item.getBoundingClientRect()).filter((box) => box.height < 44).length);
  assert.equal(small, 0);
  await page.locator('#do-back').tap();
  await page.locator('.row').first().waitFor();
  await page.locator('.menu').tap();
  await page.locator('.sidebar').getByText('team-a').waitFor();
  await page.waitForTimeout(50);
  await shoot(page, 'phone-places-dark');
  await page.locator('.sidebar').getByText('team-a').tap();
  await page.locator('.heading', {hasText: '1 message'}).waitFor();
  await page.context().close();
});

test('the empty list and its counterpart look right in both languages', async () => {
  const empty = await startCatch();
  try {
    for (const [locale, colorScheme, viewport, name] of [['en-GB', 'light', wide, 'empty-light-en'], ['zh-CN', 'dark', wide, 'empty-dark-zh'], ['zh-CN', 'light', phone, 'empty-phone-zh']]) {
      const page = await openPage(browser, empty.http, {locale, colorScheme, viewport});
      await page.getByText('postrider send --server').waitFor();
      await shoot(page, name);
      const worst = await page.evaluate(worstContrast);
      assert.ok(worst.ratio >= worst.needed, JSON.stringify(worst));
      await page.context().close();
    }
  } finally {
    await empty.stop();
  }
});

test('who wants no motion gets none', async () => {
  const page = await openPage(browser, server.http);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('button')).transitionProperty), 'none');
  await page.context().close();
});

/** Texts of the page itself that are made of English words. What stands in a message, a command or a protocol is not the page's. */
function englishLeft() {
  const foreign = 'code, .code, pre, kbd, .row, .envelope dd, .message h1, .facts, .part .line, .headers, .card b, .card .hint, .invite, .about dd, .about dt, .brand, ' +
      '#language, .tag, .place .name, .links, .check .hint, .outcome, .clients';
  const known = /^(HTML|SMTP|LMTP|POP3|SMTPS|Content-ID|SHA-256|SpamAssassin|Enter|Esc|KiB|MiB|DSN|TLS|EHLO|BDAT|DNS|ARC|SPF|DKIM|MX|UTF-8|ASCII|base64|AUTH|PIPELINING|SIZE|STARTTLS|CHUNKING|ENHANCEDSTATUSCODES|SMTPUTF|BITMIME)$/i;
  const left = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const {parentElement, textContent} = walker.currentNode;
    if (!parentElement.checkVisibility() || parentElement.closest(foreign)) continue;
    // In a sentence of Chinese, names and addresses stay as they are.
    if (/[\u4e00-\u9fff]/.test(textContent)) continue;
    for (const [word] of textContent.matchAll(/[A-Za-z]{3,}/g)) if (!known.test(word)) left.push(textContent);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
    for (const name of ['aria-label', 'title', 'placeholder']) {
      const value = element.getAttribute(name) ?? '';
      if (element.checkVisibility() && !element.closest('.card, .row, .dialogue') && /[A-Za-z]{4,}/.test(value) && !/[\u4e00-\u9fff]/.test(value) && !known.test(value) && name !== 'placeholder')
        left.push(`${name}: ${value}`);
    }
  return left;
}
