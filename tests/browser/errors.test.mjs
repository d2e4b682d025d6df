// What the server refuses is told in the reader's language, by the code of its error.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, openPage, shoot} from './support/browser.mjs';
import {startCatch} from './support/catch.mjs';
import {plain} from './support/samples.mjs';
import {send} from './support/smtp.mjs';

let server, target, browser, chinese, english;
before(async () => {
  target = await startCatch();
  [server, browser] = await Promise.all([
    startCatch('--release-account', `smtp://${target.smtp.host}:${target.smtp.port}?starttls=off`, '--release-to', '*@example.org'), launch()]);
  await send(server.smtp, plain('hello'));
  chinese = await openPage(browser, server.http, {locale: 'zh-CN'});
  english = await openPage(browser, server.http);
});
after(async () => { await browser?.close(); await Promise.all([server?.stop(), target?.stop()]); });

const searchError = (page) => page.locator('#search-error:not([hidden])');

const searches = [
  ['colour:red', '第 1 个字符：没有字段“colour”', 'at character 1: there is no field "colour"'],
  ['hello from:', '第 12 个字符：from: 后面须有一个词', 'at character 12: from: wants a word behind it'],
  ['中文 larger:x', '第 11 个字符：larger: 须为大小', 'at character 11: larger: wants a size'],
  ['after:soon', '第 7 个字符：after: 须为日期', 'at character 7: after: wants a day'],
  ['is:odd', '第 4 个字符：可用的是', 'at character 4: what can be asked'],
  ['a "b', '第 3 个字符：此引号没有', 'at character 3: this quotation mark'],
  ['x '.repeat(200), '个字符：词太多', 'too many words'],
];

test('a search that makes no sense: what is wrong, and where', async () => {
  for (const [query, inChinese, inEnglish] of searches)
    for (const [page, words] of [[chinese, inChinese], [english, inEnglish]]) {
      await page.locator('.search input').fill(query);
      await searchError(page).filter({hasText: words}).waitFor();
    }
  await chinese.locator('.search input').fill('颜色 colour:red');
  await searchError(chinese).filter({hasText: '第 4 个字符'}).waitFor();
  await shoot(chinese, 'error-search-zh');
  for (const page of [chinese, english]) {
    await page.locator('.search input').fill('');
    await page.locator('#search-error').waitFor({state: 'hidden'});
  }
});

const rules = [
  ['nonsense=drop', '第 1 列：“nonsense”不是阶段'], ['rcpt', '第 5 列：缺少“=”和动作'], ['rcpt=dance', '第 6 列：没有动作'], ['greeting a@*=drop', '第 10 列：greeting 阶段没有地址'],
  ['content=delay 5s', '第 9 列：delay 不能用于 content 阶段'], ['any=delay soon', '第 11 列：时间的写法'], ['any=delay 2h', '时间'], ['any=delay 90m', '时间最长一小时'], ['rcpt=451 5.1.1 x', '增强状态码'],
  ['rcpt=drop p=2', '第 11 列：p 是 0 到 1 的概率'], ['rcpt=drop times=x', 'times= 后面须为次数'], ['starttls=bad-certificate old', '证书故障是 expired'], ['rcpt=garbage x', 'garbage 后面不能再有内容'], ['rcpt =drop', '第 5 列：空格后面缺少模式'],
];

test('a rule of faults that is none: what is wrong, and where', async () => {
  await chinese.locator('#faults').click();
  const dialog = chinese.getByRole('dialog');
  for (const [rule, words] of rules) {
    await dialog.locator('input[name=rule]').fill(rule);
    await dialog.locator('form .primary').click();
    await dialog.locator('.error:not([hidden])', {hasText: words}).waitFor();
  }
  await shoot(chinese, 'error-fault-zh');
  await chinese.keyboard.press('Escape');
});

test('a release that is not allowed, and a message that is gone', async () => {
  await chinese.locator('.row .open').click();
  await chinese.locator('#do-release').click();
  const dialog = chinese.getByRole('dialog');
  await dialog.locator('input[name=to]').fill('eve@example.net');
  await dialog.locator('.primary').click();
  await dialog.locator('.error', {hasText: '不允许放行到 eve@example.net，只允许 *@example.org'}).waitFor();
  await shoot(chinese, 'error-release-zh');
  await chinese.keyboard.press('Escape');
  const {messages: [{id}]} = await server.get('messages');
  await server.change('DELETE', `messages/${id}`);
  await chinese.goto(`${server.http}/#message=${id}`);
  await chinese.getByText('这封邮件已不在这里').waitFor();
});

test('every error has a code and its values, also what is no request of this API', async () => {
  const ask = async (path, options) => {
    const response = await fetch(server.http + path, options);
    return [response.status, await response.json()];
  };
  assert.deepEqual(await ask('/api/v1/messages?query=colour:red'), [400, {
    error: 'query, at character 1: there is no field "colour" (from, to, cc, subject, tag, inbox, has, is, before, after, larger, smaller); to look for the words put them in quotation marks',
    code: 'search-no-field', args: {name: 'colour', at: '1'}}]);
  assert.equal((await ask('/api/v1/messages', {method: 'DELETE'}))[1].code, 'token');
  assert.equal((await ask('/api/v1/messages/none'))[1].code, 'no-such-message');
  assert.equal((await ask('/nowhere'))[1].code, 'no-such-resource');
  const large = {method: 'PATCH', body: 'x'.repeat(2 << 20), headers: {'Postrider-Token': server.token, 'Content-Type': 'application/json'}};
  const refused = await ask('/api/v1/messages', large).catch(() => null);
  if (refused) assert.deepEqual([refused[0], refused[1].code], [413, 'body-too-large']);
});

test('a server that does not answer is told as that', async () => {
  await server.stop();
  server = null;
  await chinese.locator('#faults').click();
  await chinese.locator('.toast.bad', {hasText: '服务器没有响应'}).first().waitFor();
});
