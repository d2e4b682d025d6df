// The stage for hostile mail: a server that holds all of it, Chromium with its network log, and a trap that listens where
// all hostile addresses lead. What must not happen is written into `signs`.
import assert from 'node:assert/strict';
import {createServer} from 'node:net';
import {join} from 'node:path';

import {launch} from '../support/browser.mjs';
import {startCatch} from '../support/catch.mjs';
import {send} from '../support/smtp.mjs';
import {html} from './html.mjs';
import {mail} from './mail.mjs';

const windows = 3;  // pages that work at the same time
const trapPage = '<link rel=icon href="data:,"><title>a trap</title><script>document.title = opener === null ? "alone" : "with an opener"</script>';

export const connected = 'the trap was connected to';
export const signs = [];  // that a script ran, a window opened, or somebody was asked

export function noSigns() {
  assert.deepEqual(signs.splice(0), []);
}

export const armed = (text, number) => text
  .replaceAll('TRAPS', `https://p${number}.trap.example`).replaceAll('TRAPHOST', `p${number}.trap.example`).replaceAll('TRAP', `http://p${number}.trap.example`)
  .replaceAll('PWN', `alert('PWNED-${number}');console.error('PWNED-${number}');top.pwned=${number};new Image().src='http://p${number}.trap.example/ran'`);

// An address has 64 octets before its @, and a parameter no space: there the script is short.
const inDialogue = (how, number) => Object.fromEntries(Object.entries(how).map(([key, value]) => {
  const put = (text) => armed(text.replaceAll('PWN', `alert(${number})`), number);
  return [key, Array.isArray(value) ? value.map(put) : put(value)];
}));

const htmlMessage = (body) => `From: ann@example.com\nTo: bob@example.net\nSubject: hostile\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<!doctype html>\n${body}\n`;

async function sendAll(server) {
  const all = Object.entries(html).flatMap(([kind, list]) => list.map((body, i) => [`${kind} ${i + 1}: ${body.slice(0, 60)}`, htmlMessage(body), undefined, /<a\b[^>]*\shref="TRAP/.test(body)]));
  for (const [name, octets, how] of mail) all.push([name, octets, how]);
  const messages = [];
  for (const [name, octets, how, leads = false] of all) {
    const number = messages.length + 1;
    const id = await send(server.smtp, armed(octets, number), how && inDialogue(how, number)).catch((error) => { throw new Error(`${name}: ${error.message}`); });
    messages.push({id, name, leads, isHtml: /text\/html/.test(octets)});
  }
  return messages;
}

async function startTrap() {
  const listener = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (octets) => {
      signs.push(`the trap was asked: ${String(octets).slice(0, 120)}`);
      if (/^(referer|cookie|origin):/im.test(String(octets))) signs.push(`the trap was told too much: ${octets}`);
      socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${trapPage.length}\r\nConnection: close\r\n\r\n${trapPage}`);
    });
    signs.push(connected);
  });
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return listener;
}

export function watch(page, {popups = false} = {}) {
  page.on('dialog', (dialog) => { signs.push(`${dialog.type()}: ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
  page.on('console', (message) => { if (message.text().startsWith('PWNED')) signs.push(message.text()); });
  if (!popups) page.on('popup', (popup) => { signs.push(`a window opened: ${popup.url()}`); popup.close().catch(() => {}); });
  page.on('pageerror', (error) => signs.push(`the page itself failed: ${error.stack}`));
  return page;
}

/** {server, browser, context, messages: [{id, name, leads: to the web by a link, isHtml}], netLog, close()} */
export async function setStage(name) {
  const netLog = join(process.env.BROWSER_FOLDER, `${name}.netlog.json`);
  const [server, trap] = await Promise.all([startCatch('--keep', '0'), startTrap()]);
  const {port} = trap.address();
  const browser = await launch(`--host-resolver-rules=MAP *.trap.example 127.0.0.1:${port}, MAP trap.example 127.0.0.1:${port}`, `--log-net-log=${netLog}`, '--net-log-capture-mode=Default',
    '--disable-component-update', '--disable-sync');
  const context = await browser.newContext({viewport: {width: 1200, height: 800}, acceptDownloads: false, locale: 'en-GB'});
  context.setDefaultTimeout(15_000);
  const close = async () => {
    await browser.close().catch(() => {});
    trap.close();
    await server.stop();
  };
  return {server, browser, context, messages: await sendAll(server), netLog, close};
}

/** Shares `list` among some pages. */
export async function share({server, context}, list, work, options) {
  const left = [...list];
  await Promise.all(Array.from({length: windows}, async () => {
    const page = watch(await context.newPage(), options);
    await page.goto(server.http);
    try {
      for (let next = left.pop(); next; next = left.pop()) await work(page, next);
    } finally {
      await page.close();
    }
  }));
}
