// Hostile mail in a real browser: no script runs, no window opens, and nothing but this server is asked for anything. What
// left is read from Chromium's own network log, and a trap listens where all hostile addresses lead.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';

import {typed} from './hostile/mail.mjs';
import {armed, noSigns, setStage, share, signs, watch} from './hostile/stage.mjs';
import {send} from './support/smtp.mjs';

let stage, server, browser, context, messages;
before(async () => {
  stage = await setStage('hostile');
  ({server, browser, context, messages} = stage);
});
after(() => stage?.close());

/** Runs in the page: opens a message by its address and shows each of its views. */
async function lookAtAll(id) {
  const until = async (found) => {
    for (const end = performance.now() + 10_000; performance.now() < end;) {
      if (found()) return true;
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    throw new Error(`no end of waiting: ${found} for ${location.hash}: ${document.querySelector('.message').textContent.slice(0, 200)}`);
  };
  location.hash = `message=${id}`;
  await until(() => document.querySelector('.message .tabs') && document.querySelector('#do-unread') && document.querySelector('.message').dataset.seen !== id && document.querySelector('.actions .button')?.href.includes(id));
  const seen = [];
  for (const name of [...document.querySelectorAll('[role=tab]')].map((tab) => tab.id)) {
    document.getElementById(name).click();
    await until(() => document.querySelector('.panel').childNodes.length > 0 && !document.querySelector('.panel > [aria-busy]'));
    const frame = document.querySelector('.panel iframe');
    if (frame) await new Promise((resolve) => setTimeout(resolve, 60));
    seen.push(name);
  }
  return {seen, pwned: globalThis.pwned, foreign: document.querySelectorAll('script:not([src="theme.js"]):not([src="main.js"]), object, embed, base, meta[http-equiv], link:not([rel=icon]):not([rel=stylesheet])').length};
}

test('there are enough of them', () => {
  assert.ok(messages.length + typed.length >= 150, `${messages.length}`);
});

test('hazards 182, 183, 184: each view of each hostile message is inert', async () => {
  await share(stage, messages, async (page, {id, name}) => {
    const {seen, pwned, foreign} = await page.evaluate(lookAtAll, id);
    if (pwned || foreign || seen.length < 4) signs.push(`${name}: ${JSON.stringify({seen, pwned, foreign})}`);
    if (!page.url().startsWith(`${server.http}/`)) signs.push(`${name} led away to ${page.url()}`);
  });
  noSigns();
});

test('hazard 182: a message opened by its own address, outside of the frame, is inert too', async () => {
  await share(stage, messages.filter(({isHtml}) => isHtml), async (page, {id, name}) => {
    const address = `${server.http}/api/v1/messages/${id}/html`;
    const response = await page.goto(address);
    if (response.status() === 404) return;
    const policy = response.headers()['content-security-policy'];
    if (!/^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';/.test(policy)) signs.push(`${name}: ${policy}`);
    await page.waitForTimeout(15);
    if (page.url() !== address) signs.push(`${name} led away to ${page.url()}`);
  });
  noSigns();
});

test('hazards 191, 192, 193: what is saved has one safe name, is no document, and stays what it was', async () => {
  for (const {id, name} of messages) {
    const message = await (await fetch(`${server.http}/api/v1/messages/${id}?peek=1`)).json();
    const count = (part) => 1 + (part.parts ?? []).reduce((sum, inner) => sum + count(inner), 0);
    for (let number = 0; number < count(message); ++number) {
      const response = await fetch(`${server.http}/api/v1/messages/${id}/parts/${number}`);
      await response.arrayBuffer();
      if (response.status === 404) continue;
      const head = Object.fromEntries(response.headers);
      assert.match(head['content-disposition'], /^attachment; filename="[^"\\/\r\n]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/, name);
      assert.equal(head['x-content-type-options'], 'nosniff');
      assert.match(head['content-security-policy'], /^sandbox; default-src 'none'$/);
      assert.match(head['content-type'], /^(application\/octet-stream|image\/(png|jpeg|gif|webp|bmp|avif))$/, name);
      assert.equal(head['set-cookie'], undefined);
    }
  }
});

test('hazard 193: an attachment opened by its address is saved, not shown', async () => {
  const page = watch(await context.newPage());
  for (const {id} of messages.filter(({name}) => /file$|^a script|HTML that says|^a PDF/.test(name))) {
    const shown = await page.goto(`${server.http}/api/v1/messages/${id}/parts/2`).catch((error) => error);
    assert.match(String(shown), /Download is starting|ERR_ABORTED/);
  }
  await page.close();
  noSigns();
});

test('hazard 185: HTML parts are documents of their own: none swallows the next', async () => {
  const {id} = messages.find(({name}) => name === 'two HTML parts that would join');
  const documents = await Promise.all([1, 2, 3].map(async (number) => (await fetch(`${server.http}/api/v1/messages/${id}/html?part=${number}`)).text()));
  assert.deepEqual(documents.map((text) => text.includes('secret words')), [false, true, false]);
});

test('hazard 195: an image of a few octets that would be gigabytes when drawn is not drawn', async () => {
  const bomb = Buffer.alloc(57);
  bomb.write('\x89PNG\r\n\x1a\n', 'latin1');
  bomb.writeUInt32BE(13, 8);
  bomb.write('IHDR', 12);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  const id = await send(server.smtp, `Subject: bomb\nMIME-Version: 1.0\nContent-Type: image/png; name=bomb.png\nContent-Transfer-Encoding: base64\n\n${bomb.toString('base64')}\n`);
  const page = watch(await context.newPage());
  await page.goto(`${server.http}/#message=${id}&view=attachments`);
  await page.getByText('60000 × 60000: too large to be shown').waitFor();
  assert.equal(await page.locator('.card img').count(), 0);
  await page.close();
  noSigns();
});

test('hazard 183: markup in the search box, in tags and in the address is text', async () => {
  const page = watch(await context.newPage());
  await page.goto(server.http);
  for (const [i, text] of typed.entries()) {
    const value = armed(text, 9000 + i);
    await page.locator('.search input').fill(value);
    await page.locator('.search input').press('Enter');
    for (const name of ['message', 'inbox', 'query', 'view', 'x'])
      await page.evaluate((hash) => { location.hash = hash; }, `${name}=${encodeURIComponent(value)}`);
    await page.evaluate((hash) => { location.hash = hash; }, value);
    await page.waitForTimeout(30);
  }
  await page.goto(`${server.http}/#message=${messages[0].id}&view=text`);
  await page.locator('.tabs').waitFor();
  assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
  await page.close();
  noSigns();
});

test('tags of markup are text', async () => {
  const tags = typed.slice(0, 4).map((text, i) => armed(text, 9100 + i).slice(0, 60));
  await server.change('PATCH', `messages/${messages[0].id}`, {tags});
  const page = watch(await context.newPage());
  await page.goto(`${server.http}/#message=${messages[0].id}`);
  await page.locator('.message .tag').nth(tags.length - 1).waitFor();
  await page.locator('.sidebar .place .name', {hasText: '<script>'}).first().waitFor({state: 'attached'});
  await page.close();
  noSigns();
});

test('the policy of the page itself allows no inline script, no eval and no sink of markup', async () => {
  const page = await context.newPage();
  const policy = (await page.goto(server.http)).headers()['content-security-policy'];
  assert.doesNotMatch(policy, /unsafe|\*|https?:|data:|blob:/);
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "require-trusted-types-for 'script'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"]) assert.ok(policy.includes(part), part);
  assert.equal(await page.evaluate(() => { try { document.body.innerHTML = '<b>x</b>'; return 'set'; } catch { return 'refused'; } }), 'refused');
  await page.close();
});

// What the browser asks its maker for, whatever it shows.
const isOfTheBrowser = (url) => /\.(google|googleapis|gvt1)\.com$/.test(new URL(url).hostname);

test("hazard 184: Chromium's own network log knows of nobody but this server", async () => {
  await browser.close();
  const log = JSON.parse(readFileSync(stage.netLog, 'utf8'));
  const own = new URL(server.http).host;
  const jobs = log.events.map(({params}) => params).filter((params) => /^(https?|wss?|ftp):/.test(params?.url ?? '') && !isOfTheBrowser(params.url));
  assert.ok(jobs.filter(({url}) => new URL(url).host === own).length > messages.length, 'the log is read rightly');
  const elsewhere = jobs.filter(({url}) => new URL(url).host !== own);
  assert.deepEqual([...new Set(elsewhere.map(({url}) => url))], []);
  noSigns();
});
