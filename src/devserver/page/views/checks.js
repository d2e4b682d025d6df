import {api} from '../api.js';
import {fill, h, outside} from '../dom.js';
import {filled, knows, language, t, tn} from '../i18n.js';
import {icon} from '../icons.js';
import chinese from '../words/checks_zh.js';
import {lookups} from './lookups.js';

const levels = ['error', 'warning', 'notice', 'pass'];
const symbols = {error: 'close', warning: 'warning', notice: 'help', pass: 'check'};

// The server speaks English; what this page can say in Chinese it says itself, from the check's name and arguments.
function sentences({id, level, title, detail, args}) {
  if (language !== 'zh' || !chinese[id]) return {title, detail};
  const [passes, fails, why] = chinese[id];
  return {title: level === 'pass' ? passes : fails, detail: filled(why, args)};
}

function placeOf({part, header, line}) {
  const words = [header, part === null ? '' : t('check.part', {number: part}), line === null ? '' : t('check.line', {number: line})];
  return words.filter(Boolean).join(' · ');
}

function checkItem(check) {
  const {title, detail} = sentences(check);
  const place = check.where ? placeOf(check.where) : '';
  return h('li', {class: `check ${check.level}`},
      h('span', {class: 'level', title: t(`level.${check.level}`)}, icon(symbols[check.level])),
      h('div', {},
          h('b', {}, title), h('span', {class: 'unseen'}, t(`level.${check.level}`)),
          check.level !== 'pass' && detail ? h('p', {}, detail) : null,
          h('p', {class: 'hint'}, place ? h('span', {class: 'place-of'}, place) : null, outside(check.rule_url, check.rule))));
}

function group(name, checks) {
  const sorted = checks.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  return h('section', {}, h('h3', {}, knows(`group.${name}`) ? t(`group.${name}`) : name), h('ul', {class: 'checks'}, sorted.map(checkItem)));
}

function clientTable(clients, features) {
  if (!clients.length || !features.length) return null;
  const names = new Map(features.map((feature) => [feature.id, feature.title]));
  const list = (ids) => ids.map((id) => names.get(id) ?? id).join(', ');
  return h('section', {}, h('h3', {}, t('clients')), h('div', {class: 'wide-table', tabindex: 0, role: 'region', 'aria-label': t('clients')}, h('table', {class: 'clients'},
      h('thead', {}, h('tr', {}, ['client', 'supported', 'partial', 'unsupported'].map((name) => h('th', {scope: 'col'}, t(`clients.${name}`))))),
      h('tbody', {}, clients.map((client) => h('tr', {}, h('th', {scope: 'row'}, client.name, ' ', h('span', {class: 'hint'}, client.platform)),
          h('td', {}, String(client.supported.length)), h('td', {}, list(client.partial)), h('td', {}, list(client.unsupported))))))));
}

function spam(score) {
  if (!score) return null;
  return h('section', {}, h('h3', {}, t('spam')), h('p', {}, t('spam.score', score)),
      h('ul', {}, score.rules.map((rule) => h('li', {}, `${rule.score} ${rule.name}: ${rule.description}`))));
}

/** What is right and wrong with the message, why, and by which rule. */
export async function showChecks({message, signal}) {
  const element = h('div', {class: 'report'});
  const asked = {};  // what others were asked for so far
  const askAlso = async (what) => {
    const report = await api.checks(message.id, {...asked, [what]: 1}, signal);
    asked[what] = 1;
    fill(element, reportOf(report, askAlso));
  };
  fill(element, reportOf(await api.checks(message.id, asked, signal), askAlso));
  return element;
}

function reportOf(report, askAlso) {
  return [
    h('ul', {class: 'verdict'}, levels.map((level) => h('li', {class: level}, icon(symbols[level]), tn(`verdict.${level}`, report.counts[level])))),
    [...grouped(report.checks)].map(([name, checks]) => group(name, checks)), spam(report.spam), lookups(report.lookups, askAlso), clientTable(report.clients, report.features),
  ];
}

function grouped(checks) {
  const groups = new Map();
  for (const check of checks) groups.set(check.group, [...(groups.get(check.group) ?? []), check]);
  return groups;
}
