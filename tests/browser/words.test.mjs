// What needs no browser: the tables of words, and what the page's sources must not hold.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import test from 'node:test';
import {fileURLToPath} from 'node:url';

const page = join(dirname(fileURLToPath(import.meta.url)), '../../src/devserver/page');
const sources = ['.', 'views', 'words'].flatMap((folder) =>
  readdirSync(join(page, folder)).filter((name) => /\.(js|html|css|svg)$/.test(name)).map((name) => join(folder, name)));
const read = (name) => readFileSync(join(page, name), 'utf8');
// Node 18 takes a file for a module by its name or its package.json, and the page's files have neither.
const table = async (name) => (await import(`data:text/javascript;base64,${Buffer.from(read(join('words', name))).toString('base64')}`)).default;
const fields = (sentence) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();

for (const [first, second] of [['en.js', 'zh.js'], ['smtp_en.js', 'smtp_zh.js']]) {
  test(`${first} and ${second} say the same things`, async () => {
    const [english, chinese] = [await table(first), await table(second)];
    assert.deepEqual(Object.keys(english).sort(), Object.keys(chinese).sort());
    for (const key of Object.keys(english)) assert.deepEqual(fields(english[key]), fields(chinese[key]), key);
  });
}

test('every error that the server can tell has its Chinese sentence, with the same values in it', async () => {
  const chinese = await table('errors_zh.js');
  const {properties} = JSON.parse(read('../api/openapi.json')).components.schemas.Error;
  const english = Object.fromEntries(properties.code.oneOf.map((one) => [one.const, one.description]));
  assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
  for (const code of Object.keys(english)) assert.deepEqual(fields(chinese[code]), fields(english[code]), code);
});

test('what is counted is said of one and of many in English, and both are there wherever one is', async () => {
  const words = await table('en.js');
  for (const [key, sentence] of Object.entries(words)) {
    if (key.endsWith('.one')) assert.ok(words[key.slice(0, -4)], key);
    // A number with a noun behind it in the plural.
    if (/\{(count|number)\} [a-z]{3,}s\b/.test(sentence)) assert.ok(words[`${key}.one`], `${key} has no form for one`);
  }
  const code = sources.filter((name) => name.endsWith('.js') && !name.startsWith('words')).map(read).join('\n');
  for (const key of Object.keys(words).filter((one) => words[one].includes('{count}') && words[`${one}.one`]))
    assert.ok(!new RegExp(`\\bt\\('${key.replaceAll('.', '\\.')}'`).test(code), `${key} is counted: tn() chooses its form`);
});

test('every sentence that the page asks for is in the table, and none is there for nothing', async () => {
  const words = Object.keys(await table('en.js'));
  const code = sources.filter((name) => name.endsWith('.js') && !name.startsWith('words')).map(read).join('\n');
  const asked = [...code.matchAll(/\bt\('([^']+)'|\btn\('([^']+)'/g)].map(([, one, many]) => one ?? many);
  for (const key of asked) assert.ok(words.includes(key) || key.startsWith('smtp.'), key);
  const literal = new Set([...code.matchAll(/'([\w.-]+)'/g)].map(([, key]) => key));
  const prefixes = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map(([, prefix]) => prefix);
  for (const key of words)
    assert.ok(literal.has(key.replace(/\.one$/, '')) || prefixes.some((prefix) => key.startsWith(prefix)), `${key} is never said`);
});

test('nothing of a message becomes markup: the sources hold no sink for it', () => {
  for (const name of sources)
    for (const sink of ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document.write', 'setHTML', 'DOMParser', 'createContextualFragment',
                        'srcdoc', 'eval(', 'new Function', 'javascript:', 'style="'])
      assert.ok(!read(name).includes(sink), `${name} holds ${sink}`);
});

test('the page asks for nothing from elsewhere', () => {
  for (const name of sources)
    for (const [address] of read(name).matchAll(/\b(?:https?:)?\/\/[\w.-]+\.\w+/g))
      assert.ok(address === 'http://www.w3.org', `${name}: ${address}`);
});

test('the package is pinned, and the lock file names no registry', () => {
  const here = dirname(fileURLToPath(import.meta.url));
  const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
  assert.match(JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).dependencies['playwright-core'], /^\d+\.\d+\.\d+$/);
  assert.doesNotMatch(lock, /resolved|https?:/);
});
