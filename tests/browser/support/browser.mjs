// Debian's Chromium, driven by playwright-core, which `install` put into the build folder.
import {mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {getuid} from 'node:process';

const folder = process.env.BROWSER_FOLDER;
const {chromium} = createRequire(join(folder, 'package.json'))('playwright-core');
const shots = join(folder, 'screenshots');
mkdirSync(shots, {recursive: true});

export const wide = {width: 1440, height: 900};
export const phone = {width: 390, height: 844};

export function launch(...args) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true,
    // Root has no sandbox of Chromium's own.
    args: [...(getuid() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking', '--no-first-run', ...args],
  });
}

/** A page of its own context. What the page's script says went wrong is in `page.complaints`. */
export async function openPage(browser, address, {viewport = wide, locale = 'en-GB', colorScheme = 'light', ...more} = {}) {
  const context = await browser.newContext({viewport, locale, colorScheme, reducedMotion: 'reduce', ...more});
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') page.complaints.push(message.text()); });
  await page.goto(address);
  await page.locator('.heading .count').waitFor();
  return page;
}

export const shoot = (page, name) => page.screenshot({path: join(shots, `${name}.png`)});
