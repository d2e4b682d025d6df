import {api, greet} from './api.js';
import {number} from './format.js';
import {follow} from './live.js';

const settleTime = 200;  // milliseconds: what many arrivals ask for is done once

/** Keeps the page in step with what the server tells by itself: the list, the counts, the opened message. */
export class News {
  constructor(page) {
    this.page = page;
    this.connected = true;
  }

  listen() {
    follow({
      added: (row) => this.added(row), changed: (row) => this.changed(row), removed: ({id}) => this.removed(id), cleared: () => this.cleared(),
      faults: () => this.refreshSoon(), lost: () => this.showConnection(false),
      found: ({unheard}) => this.found(unheard)});
  }

  found(unheard) {
    this.showConnection(true);
    // What came between the first look and the first word shows in the counts; what a search holds does not.
    if (unheard || this.page.at.query) this.reloadSoon();
    else this.refreshSoon();
  }

  added(row) {
    const {at, cache, list} = this.page;
    this.refreshSoon();
    // A search may or may not hold what is new: the server knows.
    if (at.query || cache.stale) return this.reloadSoon();
    if (at.inbox !== undefined && row.inbox !== at.inbox) return undefined;
    cache.add(row);
    list.arrived();
    return this.page.showHeading();
  }

  changed(row) {
    const {at, cache, list, pane} = this.page;
    this.refreshSoon();
    if (at.query) this.reloadSoon();
    else cache.replace(row);
    if (row.id === pane.message?.id) pane.showHead(row);
    list.drawSoon();
    this.page.showHeading();
  }

  removed(id) {
    const {at, cache, picked} = this.page;
    picked.ids.delete(id);
    this.page.departures.forget(id);
    if (id === at.message) this.page.close();
    this.refreshSoon();
    // One that is not known may stand in this list or not.
    if (cache.remove(id)) this.page.showRows();
    else this.reloadSoon();
  }

  /** So much changed at once that the server does not tell it one by one. */
  async cleared() {
    this.page.picked.clear();
    this.refreshSoon();
    this.reloadSoon();
    const id = this.page.at.message;
    if (id && !await api.exists(id) && this.page.at.message === id) this.page.close();
  }

  showConnection(connected) {
    this.connected = connected;
    if (this.page.status) this.page.sidebar.showServer(this.page.status, connected);
  }

  refreshSoon() {
    this.refreshing ??= setTimeout(() => {
      this.refreshing = undefined;
      this.refreshStatus().catch(() => {});
    }, settleTime);
  }

  reloadSoon() {
    this.reloading ??= setTimeout(() => {
      this.reloading = undefined;
      this.page.cache.reload(this.page.list.firstShown);
    }, settleTime);
  }

  /** Asks for all that is counted, and shows it. */
  async refreshStatus() {
    const [status, inboxes, tags] = await Promise.all([greet(), api.inboxes(), api.tags()]);
    const {at, sidebar} = this.page;
    Object.assign(this.page, {status, tags});
    sidebar.showServer(status, this.connected);
    const less = (counts, inbox) => {
      const {total, unread} = this.page.departures.counted(inbox);
      return {...counts, total: counts.total - total, unread: counts.unread - unread};
    };
    const shown = less(status);
    sidebar.showInboxes(inboxes.map((one) => less(one, one.name)), shown.total, shown.unread, at.inbox);
    sidebar.showTags(tags, /^tag:"?([^"]*)"?$/.exec(at.query ?? '')?.[1]);
    document.title = shown.unread ? `(${number(shown.unread)}) Postrider` : 'Postrider';
    this.compare(inboxes, status.total);
  }

  /** A list and the word of an arrival come by different ways, and either may be first: the counts know better. */
  compare(inboxes, all) {
    const {at, cache} = this.page;
    const total = at.inbox === undefined ? all : inboxes.find(({name}) => name === at.inbox)?.total;
    if (!at.query && !cache.stale && total !== cache.total) this.reloadSoon();
  }
}
