import {addressOf} from './api.js';
import {download, fill, h} from './dom.js';
import {longTime, octets} from './format.js';
import {t} from './i18n.js';
import {icon} from './icons.js';
import {allParts, isAttachment, leavesOf} from './parts.js';
import {showAttachments} from './views/attachments.js';
import {showCalendar} from './views/calendar.js';
import {showChecks} from './views/checks.js';
import {showDelivery} from './views/delivery.js';
import {showDialogue} from './views/dialogue.js';
import {showHeaders} from './views/headers.js';
import {showHtml} from './views/html.js';
import {showParts} from './views/parts.js';
import {showRaw} from './views/raw.js';
import {showText} from './views/text.js';

/**
 * What can be seen of a message, in the order of the tabs. A view gets {message, parts, leaves, signal}, and gives an
 * element or the promise of one; `signal` ends what it still asks for when another view is chosen.
 */
function viewsOf({message, leaves}) {
  const has = (type) => leaves.some((leaf) => leaf.content_type === type);
  const bodies = leaves.filter((leaf) => !isAttachment(leaf));
  const whole = !message.discarded;
  return [
    ['html', showHtml, whole && bodies.some((leaf) => leaf.content_type === 'text/html')],
    ['text', showText, whole && bodies.some((leaf) => leaf.content_type.startsWith('text/') && leaf.content_type !== 'text/html')],
    ['calendar', showCalendar, whole && has('text/calendar')],
    ['delivery', showDelivery, whole && (has('message/delivery-status') || has('message/global-delivery-status'))],
    ['attachments', showAttachments, whole && leaves.some(isAttachment), leaves.filter(isAttachment).length],
    ['dialogue', showDialogue, true],
    ['checks', showChecks, whole],
    ['parts', showParts, whole],
    ['headers', showHeaders, true],
    ['raw', showRaw, whole],
  ].filter(([, , there]) => there);
}

/** The pane of one message. */
export class MessagePane {
  /** `on`    {back(), view(name), unread(), tag(), release(), delete(), tagClicked(tag)} */
  constructor(on) {
    this.on = on;
    this.element = h('article', {class: 'message', 'aria-label': t('message'), tabindex: -1});
    this.showNothing();
  }

  showNothing() {
    this.leave();
    this.message = null;
    fill(this.element, h('div', {class: 'empty'}, icon('mail'), h('p', {}, t('nothing.chosen')),
        h('p', {class: 'hint'}, t('nothing.chosen.hint'))));
  }

  showLoading() {
    this.leave();
    fill(this.element, h('div', {class: 'loading', 'aria-busy': 'true', 'aria-label': t('loading')},
        ['wider', 'widest', 'wide', 'widest', 'wider'].map((width) => h('span', {class: `bone ${width}`}))));
  }

  showFailure(error) {
    this.leave();
    this.message = null;
    fill(this.element, h('div', {class: 'empty'}, icon('warning'),
        h('p', {}, error.status === 404 ? t('message.gone') : error.message),
        h('button', {type: 'button', onclick: () => this.on.back()}, t('back'))));
  }

  leave() {
    this.ended?.abort();
  }

  show(message, view) {
    this.leave();
    this.message = message;
    const parts = allParts(message);
    this.context = {message, parts, leaves: leavesOf(parts)};
    this.views = viewsOf(this.context);
    this.tabs = h('div', {class: 'tabs', role: 'tablist', 'aria-label': t('views'), onkeydown: (event) => this.tabKey(event)});
    this.panel = h('section', {class: 'panel', role: 'tabpanel', id: 'panel', tabindex: 0});
    this.head = h('div', {class: 'head'});
    fill(this.element, this.head, this.tabs, this.panel);
    this.showHead(message);
    this.element.scrollTop = 0;
    this.choose(this.views.some(([name]) => name === view) ? view : this.views[0][0]);
  }

  /** `news`    what is known better now, a summary or all of it. */
  showHead(news) {
    const message = Object.assign(this.message, news);
    const release = this.on.release && !message.discarded;
    fill(this.head,
        h('div', {class: 'actions'},
            action('back', 'back', 'back', () => this.on.back()),
            action(message.unread ? 'open' : 'mail', message.unread ? 'mark.read' : 'mark.unread', 'unread', () => this.on.unread()),
            action('tag', 'tag', 'tag', () => this.on.tag()),
            release ? action('send', 'release', 'release', () => this.on.release()) : null,
            message.discarded ? null : withLabel(download(addressOf.raw(message.id), icon('save'), h('span', {class: 'label'}, t('save'))), 'save'),
            action('trash', 'delete', 'delete', () => this.on.delete())),
        h('h1', {}, message.subject || t('no.subject')),
        (message.tags ?? []).length ? h('p', {class: 'tags'}, message.tags.map((tag) =>
            h('button', {type: 'button', class: 'tag', onclick: () => this.on.tagClicked(tag)}, tag))) : null,
        this.envelope(message));
  }

  envelope(message) {
    const field = (name) => message.headers.filter((header) => header.name.toLowerCase() === name).map((header) => header.value).join(', ');
    const rows = [
      ['from', field('from') || t('none')],
      ['to', field('to') || t('none')],
      field('cc') ? ['cc', field('cc')] : null,
      ['envelope', t('envelope.path', {from: message.from || '<>', to: message.to.join(', ')})],
      ['received', `${longTime(message.received)} · ${octets(message.size)}`],
    ].filter(Boolean);
    return h('dl', {class: 'envelope'}, rows.map(([name, value]) => [h('dt', {}, t(`field.${name}`)), h('dd', {}, value)]));
  }

  /** `view` may be anything that was written into the address. */
  chooseKnown(view) {
    if (this.message && this.views.some(([name]) => name === view)) this.choose(view);
  }

  choose(view) {
    this.leave();
    this.ended = new AbortController();
    this.view = view;
    fill(this.tabs, this.views.map(([name, , , count]) => h('button', {
      type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'panel', 'aria-selected': name === view ? 'true' : 'false',
      tabindex: name === view ? 0 : -1, onclick: () => this.choose(name)},
        t(`view.${name}`), count ? h('span', {class: 'number'}, String(count)) : null)));
    this.tabs.querySelector('[aria-selected=true]').scrollIntoView({block: 'nearest', inline: 'nearest'});
    this.panel.setAttribute('aria-labelledby', `tab-${view}`);
    this.panel.className = `panel ${view}`;
    this.on.view(view);
    this.fillPanel(this.views.find(([name]) => name === view)[1], this.ended.signal);
  }

  async fillPanel(show, signal) {
    const waiting = setTimeout(() => {
      if (!signal.aborted) fill(this.panel, h('p', {class: 'hint', 'aria-busy': 'true'}, t('loading')));
    }, 150);
    try {
      const shown = await show({...this.context, signal});
      if (!signal.aborted) fill(this.panel, shown);
    } catch (error) {
      if (!signal.aborted) fill(this.panel, h('p', {class: 'error', role: 'alert'}, error.message));
    } finally {
      clearTimeout(waiting);
    }
  }

  tabKey(event) {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.views.findIndex(([name]) => name === this.view);
    this.choose(this.views[(at + step + this.views.length) % this.views.length][0]);
    this.tabs.querySelector('[aria-selected=true]').focus();
  }
}

const withLabel = (element, label) => {
  element.title = t(label);
  element.setAttribute('aria-label', t(label));
  return element;
};

const action = (symbol, label, id, onclick) => withLabel(
    h('button', {type: 'button', id: `do-${id}`, onclick}, icon(symbol), h('span', {class: 'label'}, t(label))), label);
