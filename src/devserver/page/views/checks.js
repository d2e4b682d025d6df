import {api} from '../api.js';
import {h, outside} from '../dom.js';
import {t, knows} from '../i18n.js';
import {icon} from '../icons.js';

const levels = ['error', 'warning', 'notice', 'pass'];
const symbols = {error: 'close', warning: 'warning', notice: 'help', pass: 'check'};

// The server speaks English; where this page has the sentence in its own language, it is said in that.
const saying = (check, what) => {
  const key = `check.${check.id}.${what}`;
  return knows(key) ? t(key, check.args ?? {}) : check[what];
};

function checkItem(check) {
  return h('li', {class: `check ${check.level}`},
      h('span', {class: 'level', title: t(`level.${check.level}`)}, icon(symbols[check.level] ?? 'help')),
      h('div', {},
          h('b', {}, saying(check, 'title')), h('span', {class: 'unseen'}, t(`level.${check.level}`)),
          check.detail ? h('p', {}, saying(check, 'detail')) : null,
          check.where ? h('p', {class: 'hint'}, h('code', {}, check.where)) : null,
          check.rule ? h('p', {class: 'hint'}, check.rule_url ? outside(check.rule_url, check.rule) : check.rule) : null));
}

function group(name, checks) {
  const sorted = checks.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  return h('section', {}, h('h3', {}, knows(`group.${name}`) ? t(`group.${name}`) : name), h('ul', {class: 'checks'}, sorted.map(checkItem)));
}

function clientTable(clients) {
  if (!clients?.length) return null;
  return h('section', {}, h('h3', {}, t('clients')), h('table', {class: 'clients'},
      h('thead', {}, h('tr', {}, ['client', 'supported', 'partial', 'unsupported'].map((name) => h('th', {scope: 'col'}, t(`clients.${name}`))))),
      h('tbody', {}, clients.map((client) => h('tr', {}, h('th', {scope: 'row'}, client.name, ' ', h('span', {class: 'hint'}, client.platform)),
          h('td', {}, list(client.supported)), h('td', {}, list(client.partial)), h('td', {}, list(client.unsupported)))))));
}

// Counts, or the features' names.
const list = (value) => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));

function spam(score) {
  if (!score) return null;
  return h('section', {}, h('h3', {}, t('spam')), h('p', {}, t('spam.score', score)),
      h('ul', {}, (score.rules ?? []).map((rule) => h('li', {}, typeof rule === 'string' ? rule : Object.values(rule).join(' · ')))));
}

export async function showChecks({message}) {
  const report = await api.checks(message.id);
  const groups = grouped(report.checks);
  return [
    h('ul', {class: 'verdict'}, levels.map((level) => h('li', {class: level}, icon(symbols[level]), h('b', {}, String(report.counts[level] ?? 0)), ` ${t(`level.${level}`)}`))),
    [...groups].map(([name, checks]) => group(name, checks)), spam(report.spam), clientTable(report.clients),
  ];
}

function grouped(checks) {
  const groups = new Map();
  for (const check of checks) groups.set(check.group, [...(groups.get(check.group) ?? []), check]);
  return groups;
}
