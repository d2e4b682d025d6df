// What a click in hostile mail can do: open a link to the web in a window of its own, and nothing else.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {connected, setStage, share, signs} from './hostile/stage.mjs';

const opened = new Set();  // addresses of the windows that clicks opened
let stage, server;
before(async () => {
  stage = await setStage('hostile_clicks');
  ({server} = stage);
});
after(() => stage?.close());

// A click with the mouse where there is something to be seen of it in the frame, else with the keyboard.
async function press(page, stage, element) {
  await element.scrollIntoViewIfNeeded({timeout: 200}).catch(() => {});
  const box = await element.boundingBox();
  const [x, y] = box ? [box.x + Math.min(box.width / 2, 20), box.y + Math.min(box.height / 2, 10)] : [];
  if (box?.width && box?.height && x > stage.x && x < stage.x + stage.width && y > stage.y && y < stage.y + stage.height) return page.mouse.click(x, y);
  await element.focus();
  // What takes no focus cannot be pressed: the key would go to the page itself.
  return await element.evaluate((it) => it.ownerDocument.activeElement === it) && page.keyboard.press('Enter');
}

const clickable = 'a, area, button, input, select, summary, label, map, img, text, math, mi, maction, mail-math, [href], [onclick], [id=click]';

/** Presses everything in the message that can be, `leads` saying whether a window is to be waited for; where the windows that opened lead, and what they know of this one. */
async function pressAll(page, {id, leads}) {
  const windows = [];
  const note = (popup) => windows.push(popup.waitForURL(/^(?!about:blank)./, {timeout: 5000}).then(async () => [popup.url(), await popup.title()])
      .catch((error) => [popup.url(), error.message]).finally(() => popup.close()));
  await page.goto(`${server.http}/#message=${id}&view=html`);
  await page.locator(`.message .actions a[href*="${id}"]`).waitFor();
  if (await page.locator('#tab-html').count() === 0) return [];
  const shown = await page.waitForSelector(`iframe.mail[src*="${id}"]`);
  const frame = await shown.contentFrame();
  await frame.waitForLoadState('load');
  page.on('popup', note);
  // A frame that is only just drawn may not hear a click yet.
  for (let round = 0; round === 0 || (leads && windows.length === 0 && round < 10); ++round) {
    for (const element of await frame.$$(clickable)) {
      await press(page, await shown.boundingBox(), element).catch(() => {});
      await page.waitForTimeout(40);
      if (!frame.url().startsWith(`${server.http}/api/v1/messages/${id}/html`)) signs.push(`the frame went to ${frame.url()}`);
    }
    if (leads && windows.length === 0) await page.waitForTimeout(300);
  }
  const found = await Promise.all(windows);
  page.off('popup', note);
  return found;
}

test('hazard 182: of all that can be clicked in a message only a link to the web opens, alone, in a window of its own', async () => {
  await share(stage, stage.messages.filter(({isHtml}) => isHtml), async (page, message) => {
    const {name, leads} = message;
    const windows = await pressAll(page, message).catch((error) => { throw new Error(`${name}: ${error.message}`); });
    for (const [address, title] of windows) {
      opened.add(address);
      if (!/^http:\/\/p\d+\.trap\.example\//.test(address) || title !== 'alone') signs.push(`${name} opened ${address}: ${title}`);
    }
    if ((windows.length > 0) !== leads) signs.push(`${name} opened ${windows.length} windows`);
    if (await page.locator('.tabs').count() !== 1) signs.push(`${name}: the page is gone`);
  }, {popups: true});
  const asked = [...opened].map((address) => `the trap was asked: GET ${new URL(address).pathname}`.slice(0, 80));
  assert.deepEqual(signs.splice(0).filter((sign) => sign !== connected && !asked.some((line) => sign.startsWith(line))), []);
  assert.ok(opened.size > 8, `${opened.size} windows`);
});
