import {fill, h} from './dom.js';
import {number, octets, shortTime} from './format.js';
import {t, tn} from './i18n.js';
import {icon} from './icons.js';

const beyondSight = 6;  // rows that are ready above and below
const settleTime = 60;  // milliseconds: who drags the scroll bar through 100,000 rows asks for none of those between

/** The list of messages: however long it is, only the rows in view are in the document. */
export class MessageList {
  /** `on`    {open(id), pick(id, event), empty() => element} */
  constructor(cache, picked, on) {
    Object.assign(this, {cache, on, rows: new Map(), cursor: 0, opened: null, picked});
    this.list = h('ol', {class: 'rows', 'aria-label': t('messages')});
    this.empty = h('div', {class: 'empty', hidden: true});
    this.scroller = h('div', {class: 'scroller', onscroll: () => this.scrolled()}, this.list, this.empty);
    new ResizeObserver(() => this.draw()).observe(this.scroller);
  }

  get rowHeight() {
    return parseFloat(getComputedStyle(this.list).getPropertyValue('--row'));
  }

  get firstShown() {
    return Math.max(0, Math.floor(this.scroller.scrollTop / this.rowHeight));
  }

  scrolled() {
    this.drawSoon();
    clearTimeout(this.settled);
    this.settled = setTimeout(() => this.wantShown(), settleTime);
  }

  drawSoon() {
    if (this.drawing) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      this.draw();
    });
  }

  range() {
    const count = Math.ceil(this.scroller.clientHeight / this.rowHeight);
    return [this.firstShown, Math.min(this.cache.count - 1, this.firstShown + count)];
  }

  wantShown() {
    const [first, last] = this.range();
    if (last >= first) this.cache.want(first, last);
  }

  /** Rows came or went: drawn at once, as the heading above already counts them. */
  changed() {
    this.draw();
    this.wantShown();
  }

  /** A row came at the front: who reads further down keeps the place. */
  arrived() {
    if (this.scroller.scrollTop > 0) this.scroller.scrollTop += this.rowHeight;
    if (this.cursor > 0 || this.opened) ++this.cursor;
    this.drawSoon();
  }

  draw() {
    const total = this.cache.count;
    this.list.style.height = `${total * this.rowHeight}px`;
    this.list.hidden = total === 0;
    this.empty.hidden = total > 0 || this.cache.stale;
    if (!this.empty.hidden) fill(this.empty, this.on.empty());
    this.cursor = Math.max(0, Math.min(this.cursor, total - 1));
    const [first, last] = this.range();
    const wanted = new Map();
    for (let index = Math.max(0, first - beyondSight); index <= Math.min(total - 1, last + beyondSight); ++index)
      wanted.set(this.cache.at(index)?.id ?? `place ${index}`, index);
    for (const [key, row] of this.rows) {
      if (wanted.has(key)) continue;
      row.element.remove();
      this.rows.delete(key);
    }
    // In the document they stand in the order in which they are seen: so they are read aloud, and so Tab goes.
    let before = null;
    for (const [key, index] of wanted) before = this.place(key, index, before);
  }

  place(key, index, before) {
    const row = this.rows.get(key) ?? new Row(this.on);
    this.rows.set(key, row);
    const next = before ? before.nextSibling : this.list.firstChild;
    // One that stands right is left alone: who is moved loses the focus.
    if (row.element !== next) this.list.insertBefore(row.element, next);
    const message = this.cache.at(index);
    row.show(message, index, {
      top: index * this.rowHeight, total: this.cache.count, isCursor: index === this.cursor,
      isOpened: message && message.id === this.opened, isPicked: message && this.picked.has(message.id),
    });
    return row.element;
  }

  moveCursor(by) {
    this.cursor = Math.max(0, Math.min(this.cache.count - 1, this.cursor + by));
    this.reveal(this.cursor);
    this.draw();
    this.wantShown();
    const message = this.cache.at(this.cursor);
    if (message) this.rows.get(message.id)?.button.focus({preventScroll: true});
  }

  reveal(index) {
    const top = index * this.rowHeight;
    const {scrollTop, clientHeight} = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.rowHeight > scrollTop + clientHeight) this.scroller.scrollTop = top + this.rowHeight - clientHeight;
  }

  atCursor() {
    return this.cache.at(this.cursor);
  }

  /** The cursor goes where the opened message is, if that is known. */
  setOpened(id) {
    this.opened = id;
    const index = id ? this.cache.indexOf(id) : -1;
    if (index >= 0) this.cursor = index;
    this.drawSoon();
  }
}

class Row {
  constructor(on) {
    this.pick = h('input', {type: 'checkbox', 'aria-label': t('pick'), onclick: (event) => on.pick(this.message.id, event)});
    this.button = h('button', {type: 'button', class: 'open', onclick: () => { if (this.message) on.open(this.message.id); }});
    this.element = h('li', {class: 'row'}, h('label', {class: 'pick'}, this.pick), this.button);
  }

  show(message, index, {top, total, isCursor, isOpened, isPicked}) {
    this.element.style.top = `${top}px`;
    this.element.setAttribute('aria-setsize', total);
    this.element.setAttribute('aria-posinset', index + 1);
    this.button.tabIndex = this.pick.tabIndex = isCursor ? 0 : -1;
    this.element.classList.toggle('cursor', isCursor);
    this.element.classList.toggle('opened', Boolean(isOpened));
    if (isOpened) this.button.setAttribute('aria-current', 'true');
    else this.button.removeAttribute('aria-current');
    this.pick.checked = Boolean(isPicked);
    if (this.message === message && this.shown) return;
    this.shown = true;
    this.message = message;
    this.element.classList.toggle('unread', Boolean(message?.unread));
    this.element.classList.toggle('loading', !message);
    fill(this.button, message ? rowContent(message) : skeleton());
  }
}

const skeleton = () => ['wide', 'wider', 'widest'].map((width) => h('span', {class: `bone ${width}`}));

function rowContent(message) {
  return [
    h('span', {class: 'line'},
        message.unread ? h('span', {class: 'dot'}, h('span', {class: 'unseen'}, t('unread'))) : null,
        h('span', {class: 'who'}, message.from || t('no.sender')),
        message.attachments ? h('span', {class: 'mark', title: tn('attachments.count', message.attachments)}, icon('clip')) : null,
        h('time', {datetime: message.received}, shortTime(message.received))),
    h('span', {class: 'subject'}, message.subject || t('no.subject')),
    h('span', {class: 'line'},
        (message.tags ?? []).map((tag) => h('span', {class: 'tag'}, tag)),
        h('span', {class: 'preview'}, message.preview || t('to.whom', {to: message.to.join(', ')})),
        h('span', {class: 'size'}, octets(message.size))),
  ];
}

/** The line above the list: how many there are, and what can be done with those that are chosen. */
export function listHeading(cache, picked, on) {
  const count = picked.count(cache.count);
  if (count > 0) {
    return h('div', {class: 'heading picked'},
        h('button', {type: 'button', class: 'quiet', 'aria-label': t('pick.none'), title: t('pick.none'), onclick: on.pickNone}, icon('close')),
        h('span', {class: 'count'}, tn('picked', count)),
        count >= cache.count ? null : h('button', {type: 'button', class: 'link', onclick: on.pickAll}, t('pick.all', {count: number(cache.count)})),
        h('span', {class: 'tools'},
            tool('open', 'mark.read', () => on.markPicked(false)),
            tool('mail', 'mark.unread', () => on.markPicked(true)),
            tool('tag', 'tag.picked', on.tagPicked),
            tool('trash', 'delete.picked', on.deletePicked)));
  }
  return h('div', {class: 'heading'},
      h('span', {class: 'count'}, tn('messages.count', cache.count),
          cache.unreadCount ? h('span', {class: 'unread-count'}, t('unread.count', {count: number(cache.unreadCount)})) : null),
      h('span', {class: 'tools'},
          cache.unreadCount ? tool('open', 'mark.all.read', on.markAllRead) : null,
          cache.count ? tool('trash', 'delete.all', on.deleteAll) : null));
}

const tool = (name, label, onclick) =>
    h('button', {type: 'button', class: 'quiet', 'aria-label': t(label), title: t(label), onclick}, icon(name));
