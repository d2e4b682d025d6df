import {addressOf} from '../api.js';
import {fill, h, outside} from '../dom.js';
import {t, tn} from '../i18n.js';
import {icon} from '../icons.js';

const widths = {phone: 390, tablet: 768, desk: null};
let width = 'desk';
const mostLinks = 200;

/**
 * The HTML in a frame without scripts, forms and net; a link that is clicked opens a window of its own. The server's
 * policy for it allows no more.
 */
export function showHtml({message, leaves}) {
  const documents = leaves.filter((leaf) => leaf.content_type === 'text/html' && leaf.disposition !== 'attachment');
  const frame = h('iframe', {sandbox: 'allow-popups allow-popups-to-escape-sandbox', referrerpolicy: 'no-referrer', title: t('view.html'), class: 'mail'});
  const stage = h('div', {class: 'stage'}, frame);
  const links = h('div');
  const show = (leaf) => {
    frame.setAttribute('src', addressOf.html(message.id, leaf.number));
    fill(links, linkList(leaf.text ?? ''));
  };
  show(documents[0]);
  return [h('div', {class: 'bar'}, widthSwitch(stage), choice(documents, show),
            h('span', {class: 'hint'}, t('html.nothing.leaves'))), stage, links];
}

function widthSwitch(stage) {
  const buttons = Object.keys(widths).map((name) => h('button', {
    type: 'button', 'data-width': name, title: t(`width.${name}`), 'aria-label': t(`width.${name}`), onclick: () => choose(name)}, icon(name)));
  const choose = (name) => {
    width = name;
    stage.style.setProperty('--width', widths[name] ? `${widths[name]}px` : '100%');
    for (const button of buttons) button.setAttribute('aria-pressed', button.dataset.width === name ? 'true' : 'false');
  };
  choose(width);
  return h('div', {class: 'segments', role: 'group', 'aria-label': t('width')}, buttons);
}

function choice(documents, show) {
  if (documents.length < 2) return null;
  return h('select', {'aria-label': t('html.which'), onchange: (event) => show(documents[event.target.selectedIndex])},
      documents.map((leaf, i) => h('option', {}, t('html.part', {number: i + 1}))));
}

// What the message links to is listed below it, as text that one can read before one clicks.
function linksOf(html) {
  const found = html.matchAll(/<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi);
  const addresses = [...found].map(([, double, single, bare]) => (double ?? single ?? bare).replace(/&amp;/gi, '&').trim());
  return [...new Set(addresses)].filter(Boolean).slice(0, mostLinks);
}

function linkList(html) {
  const links = linksOf(html);
  if (links.length === 0) return null;
  return h('details', {class: 'links'}, h('summary', {}, tn('links.count', links.length)),
      h('ul', {}, links.map((address) => h('li', {}, outside(address)))));
}
