// Each view of a message.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, openPage, shoot} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {bounce, invite, letter, long, plain} from './support/samples.mjs';
import {send} from './support/smtp.mjs';

let server, browser, page;
const ids = {};
before(async () => {
  [server, browser] = await Promise.all([startCatch('--refuse', 'stranger@*=550 5.1.1 no such user'), launch()]);
  ids.letter = await send(server.smtp, letter, {mail: ' SIZE=2000 BODY=8BITMIME', rcpt: ' NOTIFY=FAILURE', to: ['bob@example.net', 'carol@example.org']});
  ids.invite = await send(server.smtp, invite);
  ids.bounce = await send(server.smtp, bounce, {from: ''});
  ids.long = await send(server.smtp, long('thirty megabytes', 30_000_000));
  page = await openPage(browser, server.http);
});
after(async () => { await browser?.close(); await server?.stop(); });

async function open(name, view) {
  await page.goto(`${server.http}/#message=${ids[name]}`);
  await page.locator('.tabs').waitFor();
  await page.locator(`#tab-${view}`).click();
  await page.locator(`#tab-${view}[aria-selected=true]`).waitFor();
  return page.locator(`.panel.${view}`);
}

test('HTML: in a frame without scripts, in three widths, with its inline image and without the remote one', async () => {
  const panel = await open('letter', 'html');
  const frame = panel.frameLocator('iframe.mail');
  await frame.getByText('arrives on Tuesday').waitFor();
  assert.equal(await panel.locator('iframe').getAttribute('sandbox'), 'allow-popups allow-popups-to-escape-sandbox');
  assert.equal(await frame.locator('img[alt=logo]').evaluate((image) => image.complete && image.naturalWidth), 24);
  assert.equal(await frame.locator('img[alt=""]').evaluate((image) => image.naturalWidth), 0);
  const width = () => panel.locator('iframe').evaluate((element) => element.getBoundingClientRect().width);
  for (const [name, wanted] of [['phone', 390], ['tablet', 768]]) {
    await panel.locator(`[data-width=${name}]`).click();
    assert.equal(Math.round(await width()), Math.min(wanted, Math.round(await panel.locator('.stage').evaluate((stage) => stage.clientWidth))));
    await shoot(page, `view-html-${name}`);
  }
  await panel.locator('[data-width=desk]').click();
  assert.ok(await width() > 680);
  await shoot(page, 'view-html');
});

test('HTML: its links are listed as text that says where it leads, and tell nobody where one came from', async () => {
  const panel = await open('letter', 'html');
  await panel.getByText('1 link').click();
  const link = panel.locator('.links a');
  assert.equal(await link.innerText(), 'https://shop.example/track/4711?a=1&b=2');
  assert.equal(await link.getAttribute('rel'), 'noreferrer noopener');
  assert.equal(await link.getAttribute('target'), '_blank');
});

test('HTML: a link opens a window of its own when it is clicked; one to a place in the message goes there', async () => {
  const elsewhere = await startCatch();
  try {
    const id = await send(server.smtp, `Subject: Welcome\nMIME-Version: 1.0\nContent-Type: text/html\n\n<a href="${elsewhere.http}/activate?x=1&amp;y=2">Activate my account</a>
      <a href="#end">Read on</a><div style="height:3000px"></div><p id=end>The end</p>`);
    await page.goto(`${server.http}/#message=${id}&view=html`);
    const frame = page.frameLocator(`iframe.mail[src*="${id}"]`);
    const [opened] = await Promise.all([page.waitForEvent('popup'), frame.getByText('Activate my account').click()]);
    await opened.waitForURL(`${elsewhere.http}/activate?x=1&y=2`);
    assert.deepEqual(await opened.evaluate(() => [opener, document.referrer]), [null, '']);
    await opened.close();
    await frame.getByText('Read on').click();
    await page.waitForFunction(() => document.querySelector('iframe.mail').getBoundingClientRect().top < innerHeight);
    const inFrame = await (await page.$('iframe.mail')).contentFrame();
    for (const end = Date.now() + 15_000; Date.now() < end && await inFrame.evaluate(() => scrollY) === 0;) await page.waitForTimeout(20);
    assert.ok(await inFrame.evaluate(() => scrollY) > 1000);
    await page.locator('.message h1', {hasText: 'Welcome'}).waitFor();
  } finally {
    await elsewhere.stop();
  }
});

test('Text', async () => {
  const panel = await open('letter', 'text');
  await panel.getByText('Your order 4711 is on its way.').waitFor();
  assert.match(await panel.innerText(), /谢谢！/);
  await shoot(page, 'view-text');
});

test('Parts: the tree with types, sizes and digests', async () => {
  const panel = await open('letter', 'parts');
  assert.deepEqual(await panel.locator('.part b').allInnerTexts(), ['multipart/mixed', 'multipart/related', 'multipart/alternative',
    'text/plain', 'text/html', 'image/png', 'application/pdf', 'image/png']);
  assert.equal(await panel.locator('.tree .tree, .tree ul').count(), 3);
  assert.match(await panel.innerText(), /SHA-256\s+[0-9a-f]{64}/);
  assert.match(await panel.innerText(), /logo@example\.com/);
  await shoot(page, 'view-parts');
});

test('Headers: decoded, and a box to find one', async () => {
  const panel = await open('letter', 'headers');
  await panel.getByText('Your order is on its way 订单已发货').waitFor();
  await panel.locator('input').fill('unsubscribe');
  assert.deepEqual(await panel.locator('tr:visible th').allInnerTexts(), ['List-Unsubscribe']);
  await shoot(page, 'view-headers');
});

test('Source: the octets', async () => {
  const panel = await open('letter', 'raw');
  await panel.getByText('Content-Type: multipart/related').waitFor();
  await panel.getByText('End of the message').waitFor();
  await shoot(page, 'view-raw');
});

test('Source of 30 MB: a piece at a time, and the page stays awake', async () => {
  const panel = await open('long', 'raw');
  await panel.getByText(/scroll for more/).waitFor();
  const shown = () => panel.evaluate((element) => element.textContent.length);
  const first = await shown();
  assert.ok(first < 2_000_000, `${first} characters at once`);
  const longest = page.evaluate(() => new Promise((resolve) => {
    let last = performance.now(), worst = 0;
    const tick = () => {
      const now = performance.now();
      worst = Math.max(worst, now - last);
      last = now;
      if (now - start < 1500) setTimeout(tick, 5);
      else resolve(worst);
    };
    const start = last;
    tick();
  }));
  for (let i = 0; i < 10; ++i) {
    await page.locator('.message').evaluate((element) => { element.scrollTop = element.scrollHeight; });
    await page.waitForTimeout(60);
  }
  assert.ok(await longest < 1000, `the page slept for ${await longest} ms`);
  assert.ok(await shown() > first, 'scrolling brings more');
  assert.ok(await shown() < 20_000_000, 'but not all');
});

test('Attachments and inline images: previews of what is safe, names, and a way to save', async () => {
  const panel = await open('letter', 'attachments');
  assert.deepEqual(await panel.locator('.card b').allInnerTexts(), ['logo.png', '发票.pdf', 'photo of the parcel.png']);
  const pictures = panel.locator('.card img');
  await pictures.nth(1).waitFor();
  assert.equal(await pictures.count(), 2);
  assert.equal(await pictures.nth(0).evaluate((image) => image.naturalWidth), 24);
  const [saved] = await Promise.all([page.waitForEvent('download'), panel.locator('.card', {hasText: '发票'}).locator('a').click()]);
  assert.equal(saved.suggestedFilename(), '发票.pdf');
  await shoot(page, 'view-attachments');
});

test('an invitation as what, when, where and who', async () => {
  const panel = await open('invite', 'calendar');
  const text = await panel.innerText();
  for (const part of ['Planning, round two', 'Room 5; second floor', 'Ann Smith <ann@example.com>', 'Carol <carol@example.org>', 'accepted', 'not answered', 'Bring numbers.\nAnd coffee.', '2026'])
    assert.ok(text.includes(part), part);
  assert.ok(!text.includes('not this one'), 'an alarm is not the event');
  await shoot(page, 'view-calendar');
});

test('a delivery report as a table, with what its codes mean', async () => {
  const panel = await open('bounce', 'delivery');
  const text = await panel.innerText();
  for (const part of ['Reporting-MTA', 'nobody@example.org', 'The mailbox does not exist.', 'The mailbox is full.', 'Recipient 2', 'nobody tries again'])
    assert.ok(text.includes(part), part);
  await shoot(page, 'view-delivery');
});

test('the dialogue: each line, its time, who said it, and what it means', async () => {
  const panel = await open('letter', 'dialogue');
  const lines = await panel.locator('.dialogue li').evaluateAll((items) => items.map((item) => [item.querySelector('time').textContent,
    item.querySelector('.side').textContent, item.querySelector('code').textContent, [...item.querySelectorAll('.meaning')].map((p) => p.textContent).join(' ')]));
  assert.ok(lines.every(([time]) => /^\+\d+ ms$/.test(time)));
  const said = (start) => lines.find(([, , line]) => line.startsWith(start));
  assert.deepEqual(said('220')[3], 'The server greets: it is ready.');
  assert.match(said('EHLO')[3], /introduces itself as client\.example/);
  assert.match(said('250-PIPELINING')[3], /without waiting/);
  assert.match(said('MAIL')[3], /notices go to <ann@example.com>\. SIZE: .*2000 octets.* BODY=8BITMIME/);
  assert.match(said('RCPT')[3], /NOTIFY=FAILURE/);
  assert.match(said('354')[3], /waits for the message/);
  assert.match(said('[')[3], /header and body/);
  assert.match(said('.')[3], /ends the message/);
  const client = lines.filter(([, side]) => side === 'C').map(([, , line]) => line.replace(/^\[\d+ octets\]$/, '[octets]').split(' ')[0]);
  assert.deepEqual(client, ['EHLO', 'MAIL', 'RCPT', 'RCPT', 'DATA', '[octets]', '.', 'QUIT']);
  assert.match(lines.at(-1)[3], /says goodbye/);
  await shoot(page, 'view-dialogue');
});

test('checks: groups with levels, reasons and rules', async () => {
  const panel = await open('letter', 'checks');
  await panel.locator('.verdict').waitFor();
  assert.ok(await panel.locator('.check').count() > 5);
  assert.ok(await panel.locator('.check.warning, .check.error').count() > 0);
  for (const link of await panel.locator('a').all()) {
    assert.equal(await link.getAttribute('rel'), 'noreferrer noopener');
    assert.match(await link.getAttribute('href'), /^https:\/\//);
  }
  await shoot(page, 'view-checks');
});

test('a message of which only the header was kept shows that, and offers no more', async () => {
  const other = await startCatch('--discard');
  try {
    const id = await send(other.smtp, plain('headers only'));
    const shown = await openPage(browser, `${other.http}/#message=${id}`);
    await shown.locator('.message h1', {hasText: 'headers only'}).waitFor();
    assert.deepEqual(await shown.locator('[role=tab]').evaluateAll((tabs) => tabs.map((tab) => tab.id)), ['tab-dialogue', 'tab-headers']);
    await shown.context().close();
  } finally {
    await other.stop();
  }
});

test('a message that is gone says so', async () => {
  await page.goto(`${server.http}/#message=0123456789abcdef`);
  await page.getByText('This message is not here any more.').waitFor();
});
