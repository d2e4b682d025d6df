import {api, greet} from './api.js';
import {fill, h} from './dom.js';
import * as dialogs from './dialogs.js';
import {showFaults} from './faults.js';
import {number} from './format.js';
import {language, t, tn} from './i18n.js';
import {icon} from './icons.js';
import * as keys from './keys.js';
import {firstMail} from './first_mail.js';
import {listHeading, MessageList} from './list.js';
import {follow} from './live.js';
import {MessagePane} from './message.js';
import {askRelease} from './release.js';
import * as route from './route.js';
import {RowCache} from './row_cache.js';
import {Search} from './search.js';
import {Selection} from './selection.js';
import {Sidebar} from './sidebar.js';
import {attempt, say, toasts} from './toast.js';

const settleTime = 200;  // milliseconds: counts are asked for once for many arrivals

/** The page: what is looked at, and how its panes hang together. */
class Page {
  constructor() {
    this.at = route.read();
    this.connected = true;
    this.picked = new Selection();
    this.cache = new RowCache((limit, offset) => api.messages({limit, offset, ...this.scope()}), () => this.rowsCame(), (error) => this.rowsFailed(error));
    this.list = new MessageList(this.cache, this.picked, {
      open: attempt((id) => this.open(id)), pick: (id, event) => this.pick(id, event), empty: () => this.emptyList()});
    this.pane = new MessagePane({
      back: () => this.close(), view: (view) => this.goTo({view}), unread: attempt(() => this.toggleUnread()), tag: attempt(() => this.tag()),
      release: attempt(() => this.release()), delete: attempt(() => this.delete()), tagClicked: (tag) => this.search.set(`tag:${quoted(tag)}`)});
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
      Enter: attempt(() => this.openAtCursor()), '/': () => this.search.input.select(), x: () => this.pickAtCursor(), u: attempt(() => this.toggleUnread()),
      t: attempt(() => this.tag()), r: attempt(() => this.release()), '#': attempt(() => this.delete()), Delete: attempt(() => this.delete()),
      '?': () => dialogs.showKeys(), Escape: () => this.leave()}, dialogs.isOpen);
    addEventListener('hashchange', () => this.follow(route.read()));
    await attempt(() => this.refreshStatus())();
    this.listen();
    await this.cache.reload();
    if (this.at.message) await attempt(() => this.open(this.at.message))();
  }

  // What the server says by itself

  listen() {
    follow({
      added: (row) => this.added(row), changed: (row) => this.changed(row), removed: ({id}) => this.removed(id), cleared: () => this.cleared(),
      faults: () => this.refreshSoon(), lost: () => this.showConnection(false),
      found: ({unheard}) => this.found(unheard)});
  }

  found(unheard) {
    this.showConnection(true);
    // What came between the first look and the first word shows in the counts; what a search holds does not.
    if (unheard || this.at.query) this.reloadSoon();
    else this.refreshSoon();
  }

  added(row) {
    this.refreshSoon();
    // A search may or may not hold what is new: the server knows.
    if (this.at.query || this.cache.stale) return this.reloadSoon();
    if (this.at.inbox !== undefined && row.inbox !== this.at.inbox) return;
    this.cache.add(row);
    this.list.arrived();
    this.showHeading();
  }

  changed(row) {
    this.refreshSoon();
    if (this.at.query) this.reloadSoon();
    else this.cache.replace(row);
    if (row.id === this.pane.message?.id) this.pane.showHead(row);
    this.list.drawSoon();
    this.showHeading();
  }

  removed(id) {
    this.picked.ids.delete(id);
    if (id === this.at.message) this.close();
    this.refreshSoon();
    this.reloadSoon();
  }

  /** So much changed at once that the server does not tell it one by one. */
  async cleared() {
    this.picked.clear();
    this.refreshSoon();
    this.reloadSoon();
    const id = this.at.message;
    if (id && !await api.exists(id) && this.at.message === id) this.close();
  }

  showConnection(connected) {
    this.connected = connected;
    if (this.status) this.sidebar.showServer(this.status, connected);
  }

  // However many arrive, it is done once in a while.
  refreshSoon() {
    this.refreshing ??= setTimeout(() => {
      this.refreshing = undefined;
      this.refreshStatus().catch(() => {});
    }, settleTime);
  }

  reloadSoon() {
    this.reloading ??= setTimeout(() => {
      this.reloading = undefined;
      this.cache.reload(this.list.firstShown);
    }, settleTime);
  }

  async refreshStatus() {
    const [status, inboxes, tags] = await Promise.all([greet(), api.inboxes(), api.tags()]);
    this.status = status;
    this.tags = tags;
    this.sidebar.showServer(status, this.connected);
    this.sidebar.showInboxes(inboxes, status.total, status.unread, this.at.inbox);
    this.sidebar.showTags(tags, /^tag:"?([^"]*)"?$/.exec(this.at.query ?? '')?.[1]);
    document.title = status.unread ? `(${number(status.unread)}) Postrider` : 'Postrider';
  }

  // The list

  rowsCame() {
    this.search.showError('');
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
      pickNone: () => this.pickNone(), pickAll: () => { this.picked.all = true; this.list.draw(); this.showHeading(); },
      markPicked: attempt((unread) => this.changePicked({unread})), tagPicked: attempt(() => this.tagPicked()),
      deletePicked: attempt(() => this.deletePicked()), markAllRead: attempt(() => this.markAllRead()), deleteAll: attempt(() => this.deleteAll())}));
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
    this.pickNone();
    this.list.scroller.scrollTop = 0;
    this.list.cursor = 0;
    this.cache.reload();
    this.refreshSoon();
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

  // Choosing many

  pick(id, event) {
    this.picked.toggle(id, this.cache.indexOf(id), this.cache, event.shiftKey);
    this.list.draw();
    this.showHeading();
  }

  pickAtCursor() {
    const message = this.list.atCursor();
    if (message) this.pick(message.id, {});
  }

  pickNone() {
    this.picked.clear();
    this.list.draw();
    this.showHeading();
  }

  async changePicked(what) {
    const {changed} = await api.changeMessages({...this.picked.named(this.scope()), ...what});
    this.pickNone();
    this.reloadSoon();
    say(tn('changed', changed));
  }

  async tagPicked() {
    const tags = await dialogs.askTags(t('tag.picked'), [], this.knownTags());
    if (tags?.length) await this.changePicked({add_tags: tags});
  }

  async deletePicked() {
    const count = this.picked.count(this.cache.total);
    if (!await dialogs.confirmed(tn('delete.many', count), t('delete.detail'), t('delete'))) return;
    if (this.picked.all) await api.deleteMessages(this.scope());
    else await Promise.all([...this.picked.ids].map((id) => api.delete(id)));
    this.pickNone();
    this.reloadSoon();
    say(tn('deleted', count));
  }

  async markAllRead() {
    const {changed} = await api.changeMessages({query: this.at.query ?? '', inbox: this.at.inbox, unread: false});
    this.reloadSoon();
    say(tn('changed', changed));
  }

  async deleteAll() {
    const count = this.cache.total;
    if (!await dialogs.confirmed(tn('delete.many', count), t('delete.detail'), t('delete'))) return;
    await api.deleteMessages(this.scope());
    this.reloadSoon();
    say(tn('deleted', count));
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
    if (this.picked.count(this.cache.total)) return this.pickNone();
    return this.at.message && this.close();
  }

  /** The opened message, else the one at the cursor. */
  meant() {
    return this.pane.message ?? this.list.atCursor();
  }

  async toggleUnread() {
    const message = this.meant();
    if (!message) return;
    this.changed(await api.change(message.id, {unread: !message.unread}));
  }

  async tag() {
    const message = this.meant();
    if (!message) return;
    const tags = await dialogs.askTags(t('tags'), message.tags ?? [], this.knownTags());
    if (tags) this.changed(await api.change(message.id, {tags}));
  }

  async release() {
    const message = this.meant();
    if (message && !message.discarded) await askRelease(message, this.status.accounts ?? []);
  }

  async delete() {
    const message = this.meant();
    if (!message || !await dialogs.confirmed(t('delete.one'), message.subject || t('no.subject'), t('delete'))) return;
    const index = this.cache.indexOf(message.id);
    await api.delete(message.id);
    if (message.id === this.at.message) this.close();
    if (index >= 0) this.list.cursor = index;
    this.reloadSoon();
    say(tn('deleted', 1));
  }
}

const quoted = (tag) => (/^[\w.-]+$/.test(tag) ? tag : `"${tag.replace(/"/g, '')}"`);

new Page().start();
