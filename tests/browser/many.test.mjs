// A list of 100,000 messages: only what is in view is in the document, and only its pages are asked for.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, shoot, wide} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {send, sendMany} from './support/smtp.mjs';

const count = 100_000;
const small = (i) => `Subject: message ${i + 1}\r\n\r\nnumber ${i + 1}\r\n`;
let server, browser, page, asked;

before(async () => {
  [server, browser] = await Promise.all([startCatch('--keep', '0'), launch()]);
  await sendMany(server.smtp, count, small);
  page = await browser.newPage({viewport: wide, locale: 'en-GB', reducedMotion: 'reduce'});
  asked = [];
  page.on('request', (request) => {
    const {pathname, searchParams} = new URL(request.url());
    if (pathname === '/api/v1/messages') asked.push([Number(searchParams.get('offset')), Number(searchParams.get('limit'))]);
  });
});
after(async () => { await browser?.close(); await server?.stop(); });

const rows = () => page.locator('.row').count();
const settled = () => page.waitForFunction(() => {
  const view = document.querySelector('.scroller').getBoundingClientRect();
  const inView = (box) => box.bottom > view.top && box.top < view.bottom;
  return ![...document.querySelectorAll('.row.loading')].some((row) => inView(row.getBoundingClientRect()));
});

test('the first look asks for one page', async () => {
  await page.goto(server.http);
  await page.locator('.heading', {hasText: '100,000 messages'}).waitFor();
  await settled();
  assert.deepEqual(asked, [[0, 50]]);
  assert.ok(await rows() < 40, `${await rows()} rows in the document`);
  await shoot(page, 'many');
});

const asksFor = async (wanted) => {
  for (let patience = 200; patience > 0 && !asked.some(wanted); --patience) await page.waitForTimeout(50);
  await settled();
  assert.ok(asked.some(wanted), JSON.stringify(asked));
};

test('a jump into the middle asks for the page there, and for none between', async () => {
  asked.length = 0;
  await page.locator('.scroller').evaluate((element) => { element.scrollTop = element.scrollHeight / 2; });
  await asksFor(() => true);
  assert.ok(asked.length <= 2, JSON.stringify(asked));
  for (const [offset, limit] of asked) assert.ok(limit === 50 && Math.abs(offset - count / 2) < 150, JSON.stringify(asked));
  assert.ok(await rows() < 40);
});

test('dragging through all of it asks for what one stops at', async () => {
  asked.length = 0;
  // At once, as far as the page's clock goes: a slow machine does not stop on the way.
  await page.locator('.scroller').evaluate((element) => {
    for (let i = 0; i <= 100; ++i) {
      element.scrollTop = element.scrollHeight * i / 100;
      element.dispatchEvent(new Event('scroll'));
    }
  });
  await asksFor(([offset]) => offset >= count - 100);
  assert.ok(asked.length <= 2, `${asked.length} pages for 100 places`);
  assert.ok(await rows() < 40);
});

test('an arrival while one reads further down moves nothing and asks for nothing', async () => {
  const shown = () => page.locator('.row').evaluateAll((items) => {
    const box = document.querySelector('.scroller').getBoundingClientRect();
    return items.filter((item) => item.getBoundingClientRect().top >= box.top && item.getBoundingClientRect().bottom <= box.bottom)
      .map((item) => item.querySelector('.subject').textContent).sort();
  });
  asked.length = 0;
  await page.locator('.scroller').evaluate((element) => { element.scrollTop = 30_000 * 82; });
  await asksFor(([offset]) => Math.abs(offset - 30_000) < 150);
  await page.waitForTimeout(300);
  const first = await shown();
  asked.length = 0;
  await send(server.smtp, 'Subject: one more\n\nx\n');
  await page.locator('.heading', {hasText: '100,001 messages'}).waitFor();
  await page.waitForTimeout(300);
  assert.deepEqual(await shown(), first);
  assert.deepEqual(asked, []);
});
