import {addressOf} from '../api.js';
import {download, h} from '../dom.js';
import {octets} from '../format.js';
import {t} from '../i18n.js';
import {icon} from '../icons.js';

/** The tree of parts, with all that is known of each. */
export function showParts({message, parts}) {
  const tree = (number) => {
    const part = parts[number];
    const inner = parts.filter((other) => other.number > number && other.depth === part.depth + 1);
    const end = parts.findIndex((other) => other.number > number && other.depth <= part.depth);
    const own = inner.filter((other) => end < 0 || other.number < end);
    return h('li', {}, describe(message, part), own.length ? h('ul', {}, own.map((other) => tree(other.number))) : null);
  };
  return h('ul', {class: 'tree'}, tree(0));
}

function describe(message, part) {
  const isLeaf = part.parts === null;
  const facts = [
    ['part.charset', part.charset], ['part.disposition', part.disposition], ['part.content_id', part.content_id],
    ['part.sha256', part.sha256],
  ].filter(([, value]) => value);
  return h('div', {class: 'part'},
      h('div', {class: 'line'},
          icon(isLeaf ? 'file' : 'all'), h('b', {}, part.content_type),
          part.filename ? h('span', {class: 'name'}, part.filename) : null,
          isLeaf ? h('span', {class: 'size'}, octets(part.size ?? 0)) : null,
          isLeaf ? download(addressOf.part(message.id, part.number), icon('save'), t('save')) : null),
      facts.length ? h('dl', {class: 'facts'}, facts.map(([key, value]) => [h('dt', {}, t(key)), h('dd', {}, value)])) : null,
      defectList(part.defects),
      part.headers.length ? h('details', {}, h('summary', {}, t('part.headers')), headerTable(part.headers)) : null);
}

export function headerTable(headers) {
  return h('table', {class: 'headers'}, h('tbody', {}, headers.map(({name, value}) =>
    h('tr', {}, h('th', {scope: 'row'}, name), h('td', {}, value)))));
}

export function defectList(defects) {
  if (!defects?.length) return null;
  return h('ul', {class: 'defects'}, defects.map((defect) =>
    h('li', {}, icon('warning'), typeof defect === 'string' ? defect : Object.values(defect).join(' · '))));
}
