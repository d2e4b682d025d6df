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

test('a jump into the middle asks for the page there, and for none between', async () => {
  asked.length = 0;
  await page.locator('.scroller').evaluate((element) => { element.scrollTop = element.scrollHeight / 2; });
  await page.waitForTimeout(150);
  await settled();
  assert.ok(asked.length >= 1 && asked.length <= 2, JSON.stringify(asked));
  for (const [offset, limit] of asked) assert.ok(limit === 50 && Math.abs(offset - count / 2) < 150, JSON.stringify(asked));
  assert.ok(await rows() < 40);
});

test('dragging through all of it asks for what one stops at', async () => {
  asked.length = 0;
  await page.locator('.scroller').evaluate(async (element) => {
    for (let i = 0; i <= 100; ++i) {
      element.scrollTop = element.scrollHeight * i / 100;
      await new Promise(requestAnimationFrame);
    }
  });
  await page.waitForTimeout(150);
  await settled();
  assert.ok(asked.length <= 8, `${asked.length} pages for 100 stops`);
  assert.ok(asked.some(([offset]) => offset >= count - 100), 'the end is there');
  assert.ok(await rows() < 40);
});

test('an arrival while one reads further down moves nothing and asks for nothing', async () => {
  const shown = () => page.locator('.row').evaluateAll((items) => {
    const box = document.querySelector('.scroller').getBoundingClientRect();
    return items.filter((item) => item.getBoundingClientRect().top >= box.top && item.getBoundingClientRect().bottom <= box.bottom)
      .map((item) => item.querySelector('.subject').textContent).sort();
  });
  await page.locator('.scroller').evaluate((element) => { element.scrollTop = 30_000 * 82; });
  await page.waitForTimeout(200);
  await settled();
  const first = await shown();
  asked.length = 0;
  await send(server.smtp, 'Subject: one more\n\nx\n');
  await page.locator('.heading', {hasText: '100,001 messages'}).waitFor();
  await page.waitForTimeout(300);
  assert.deepEqual(await shown(), first);
  assert.deepEqual(asked, []);
});

test('a page of so long a list is there within 100 ms, at the median', async () => {
  const times = [];
  for (let i = 0; i < 9; ++i) {
    const start = performance.now();
    await (await fetch(`${server.http}/api/v1/messages?limit=50&offset=${i * 11_000}`)).text();
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[4];
  assert.ok(median < 100, `${median.toFixed(1)} ms`);
});
