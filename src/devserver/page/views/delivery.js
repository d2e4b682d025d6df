import {addressOf, stream} from '../api.js';
import {h} from '../dom.js';
import {t} from '../i18n.js';
import {meaningOfStatus} from '../smtp_meaning.js';

/** RFC 3464 §2.1: fields in groups with blank lines between them, of which the first is about the message. */
export function readDeliveryStatus(text) {
  return text.replace(/\r?\n[ \t]+/g, ' ').split(/(?:\r?\n){2,}/).map((group) => group.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [{name: line.slice(0, colon), value: line.slice(colon + 1).trim()}] : [];
  })).filter((group) => group.length > 0);
}

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'];

function meaning({name, value}) {
  const field = name.toLowerCase();
  if (field === 'action' && actions.includes(value.toLowerCase())) return t(`delivery.${value.toLowerCase()}`);
  return field === 'status' ? meaningOfStatus(value) : '';
}

const groupTable = (group, title) => [h('h3', {}, title), h('table', {class: 'headers'}, h('tbody', {}, group.map((field) =>
  h('tr', {}, h('th', {scope: 'row'}, field.name), h('td', {}, field.value, meaning(field) ? h('span', {class: 'meaning'}, meaning(field)) : null)))))];

/** What a delivery status notification says: of the message, then of each recipient. */
export async function showDelivery({message, leaves, signal}) {
  const reports = leaves.filter((leaf) => /^message\/(global-)?delivery-status$/.test(leaf.content_type));
  const texts = await Promise.all(reports.map(async (leaf) => leaf.text ?? (await stream(addressOf.part(message.id, leaf.number), signal)).text()));
  return texts.map((text) => readDeliveryStatus(text).map((group, i) =>
    groupTable(group, i === 0 ? t('delivery.message') : t('delivery.recipient', {number: i}))));
}
