import {api} from './api.js';
import {Departures} from './departures.js';
import {fill, h} from './dom.js';
import * as dialogs from './dialogs.js';
import {showFaults} from './faults.js';
import {firstMail} from './first_mail.js';
import {language, t} from './i18n.js';
import {icon} from './icons.js';
import * as keys from './keys.js';
import {listHeading, MessageList} from './list.js';
import {Many} from './many.js';
import {MessagePane} from './message.js';
import {News} from './news.js';
import {One} from './one.js';
import * as route from './route.js';
import {RowCache} from './row_cache.js';
import {Search} from './search.js';
import {Selection} from './selection.js';
import {Sidebar} from './sidebar.js';
import {attempt, say, toasts} from './toast.js';

/** The page: what is looked at, and how its panes hang together. */
class Page {
  constructor() {
    this.at = route.read();
    this.news = new News(this);
    this.one = new One(this);
    this.many = new Many(this);
    this.departures = new Departures(this);
    this.picked = new Selection();
    this.cache = new RowCache((limit, offset) => api.messages({limit, offset, ...this.scope()}), () => this.rowsCame(), (error) => this.rowsFailed(error));
    this.list = new MessageList(this.cache, this.picked, {
      open: attempt((id) => this.open(id)), pick: (id, event) => this.many.pick(id, event), empty: () => this.emptyList()});
    this.pane = new MessagePane({
      back: () => this.close(), view: (view) => this.goTo({view}), unread: attempt(() => this.one.toggleUnread()), tag: attempt(() => this.one.tag()),
      release: attempt(() => this.one.release()), delete: () => this.one.delete(), tagClicked: (tag) => this.search.set(`tag:${quoted(tag)}`)});
    this.sidebar = new Sidebar({
      inbox: (name) => this.showInbox(name), tag: (tag) => this.search.set(`tag:${quoted(tag)}`),
      faults: attempt(() => showFaults()), keys: () => dialogs.showKeys()});
    this.search = new Search(this.at.query ?? '', (query) => this.searchFor(query));
    this.build();
  }

  scope() {
    return {query: this.at.query || undefined, inbox: this.at.inbox};
  }

  build() {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    this.heading = h('div');
    const menu = h('button', {type: 'button', class: 'quiet menu', 'aria-label': t('places'), 'aria-controls': 'sidebar', 'aria-expanded': 'false',
                              onclick: () => this.showSidebar(!document.body.classList.contains('sidebar-open'))}, icon('menu'));
    this.menu = menu;
    fill(document.body,
        h('a', {class: 'skip', href: '#', onclick: (event) => { event.preventDefault(); this.pane.element.focus(); }}, t('skip')),
        h('div', {class: 'veil', onclick: () => this.showSidebar(false)}),
        this.sidebar.element,
        h('main', {},
            h('section', {class: 'list', 'aria-label': t('messages')}, h('div', {class: 'top'}, menu, this.search.element), this.heading, this.list.scroller),
            this.pane.element),
        toasts);
  }

  showSidebar(open) {
    document.body.classList.toggle('sidebar-open', open);
    this.menu.setAttribute('aria-expanded', String(open));
  }

  async start() {
    keys.listen({
      j: () => this.list.moveCursor(1), k: () => this.list.moveCursor(-1), ArrowDown: () => this.list.moveCursor(1), ArrowUp: () => this.list.moveCursor(-1),
      Enter: attempt(() => this.openAtCursor()), '/': () => this.search.input.select(), x: () => this.many.pickAtCursor(), u: attempt(() => this.one.toggleUnread()),
      t: attempt(() => this.one.tag()), r: attempt(() => this.one.release()), '#': () => this.one.delete(), Delete: () => this.one.delete(),
      z: () => this.departures.undo(), '?': () => dialogs.showKeys(), Escape: () => this.leave()}, dialogs.isOpen);
    addEventListener('hashchange', () => this.follow(route.read()));
    await attempt(() => this.news.refreshStatus())();
    this.news.listen();
    await this.cache.reload();
    if (this.at.message) await attempt(() => this.open(this.at.message))();
  }

  // The list

  rowsCame() {
    this.search.showError('');
    this.showRows();
  }

  showRows() {
    this.list.setOpened(this.at.message);
    this.list.changed();
    this.showHeading();
  }

  rowsFailed(error) {
    if (error.status === 400) this.search.showError(error.message);
    else say(error.message, 'bad');
  }

  showHeading() {
    fill(this.heading, listHeading(this.cache, this.picked, {
      pickNone: () => this.many.pickNone(), pickAll: () => this.many.pickAll(),
      markPicked: attempt((unread) => this.many.change({unread})), tagPicked: attempt(() => this.many.tag()),
      deletePicked: attempt(() => this.many.delete()), markAllRead: attempt(() => this.many.markAllRead()), deleteAll: attempt(() => this.many.deleteAll())}));
  }

  showPicked() {
    this.list.draw();
    this.showHeading();
  }

  emptyList() {
    if (this.at.query) return [icon('search'), h('p', {}, t('found.nothing')), h('button', {type: 'button', onclick: () => this.search.set('')}, t('search.clear'))];
    return firstMail(this.status?.smtp, this.at.inbox);
  }

  searchFor(query) {
    if (query === (this.at.query ?? '')) return this.search.showError('');
    this.look({...this.at, query});
  }

  showInbox(inbox) {
    this.showSidebar(false);
    this.look({...this.at, inbox, message: undefined, view: undefined});
    this.close();
  }

  /** Another list: nothing of the old one counts. */
  look(at) {
    this.at = at;
    route.write(at);
    this.many.pickNone();
    this.list.scroller.scrollTop = 0;
    this.list.cursor = 0;
    this.cache.reload();
    this.news.refreshSoon();
  }

  goTo(change, options) {
    Object.assign(this.at, change);
    route.write(this.at, options);
  }

  /** Somebody went back, or wrote into the address bar. */
  follow(at) {
    const isSameList = (at.query ?? '') === (this.at.query ?? '') && at.inbox === this.at.inbox;
    const before = this.at;
    this.at = at;
    if (!isSameList) {
      this.search.input.value = at.query ?? '';
      this.look(at);
    }
    if (!at.message) this.close();
    else if (at.message !== before.message) attempt(() => this.open(at.message, {back: true}))();
    else if (at.view && at.view !== before.view) this.pane.chooseKnown(at.view);
  }

  knownTags() {
    return (this.tags ?? []).map(({tag}) => tag);
  }

  // One message

  async open(id, {back = false} = {}) {
    const view = back || this.at.message === id ? this.at.view : this.pane.view;
    document.body.classList.add('reading');
    this.goTo({message: id}, {asNewStep: !back});
    this.list.setOpened(id);
    if (this.pane.message?.id !== id) this.pane.showLoading();
    try {
      const message = await api.message(id);
      if (this.at.message !== id) return;
      this.pane.show({...message, unread: false}, view);
      const index = this.cache.indexOf(id);
      if (index >= 0 && this.cache.at(index).unread) this.cache.replace({...this.cache.at(index), unread: false});
      this.list.drawSoon();
      this.showHeading();
    } catch (error) {
      if (this.at.message === id) this.pane.showFailure(error);
    }
  }

  async openAtCursor() {
    const message = this.list.atCursor();
    if (message) await this.open(message.id);
  }

  close() {
    document.body.classList.remove('reading');
    this.goTo({message: undefined, view: undefined});
    this.pane.showNothing();
    this.list.setOpened(null);
  }

  leave() {
    if (document.body.classList.contains('sidebar-open')) return this.showSidebar(false);
    if (document.activeElement === this.search.input) return this.search.input.blur();
    if (this.picked.count(this.cache.count)) return this.many.pickNone();
    return this.at.message && this.close();
  }
}

const quoted = (tag) => (/^[\w.-]+$/.test(tag) ? tag : `"${tag.replace(/"/g, '')}"`);

new Page().start();
