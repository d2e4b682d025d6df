import {api} from './api.js';
import * as dialogs from './dialogs.js';
import {t, tn} from './i18n.js';
import {say} from './toast.js';

const few = 20;  // so many are deleted without a question, and can be kept after all

/** What is done with the messages that were chosen, or with all that the list holds. */
export class Many {
  constructor(page) {
    this.page = page;
  }

  pick(id, event) {
    const {picked, cache} = this.page;
    picked.toggle(id, cache.indexOf(id), cache, event.shiftKey);
    this.page.showPicked();
  }

  pickAtCursor() {
    const message = this.page.list.atCursor();
    if (message) this.pick(message.id, {});
  }

  pickNone() {
    this.page.picked.clear();
    this.page.showPicked();
  }

  pickAll() {
    this.page.picked.all = true;
    this.page.showPicked();
  }

  async change(what) {
    const {changed} = await api.changeMessages({...this.page.picked.named(this.page.scope()), ...what});
    this.pickNone();
    this.page.news.reloadSoon();
    say(tn('changed', changed));
  }

  async tag() {
    const tags = await dialogs.askTags(t('tag.picked'), [], this.page.knownTags());
    if (tags?.length) await this.change({add_tags: tags});
  }

  async delete() {
    const {picked, cache, departures} = this.page;
    if (picked.all) return this.deleteAll();
    const messages = [...picked.ids].map((id) => cache.rowOf(id) ?? {id});
    if (messages.length > few && !await this.isMeant(messages.length)) return undefined;
    this.pickNone();
    return messages.length > few ? departures.atOnce(messages) : departures.begin(messages);
  }

  async markAllRead() {
    const {query = '', inbox} = this.page.at;
    const {changed} = await api.changeMessages({query, inbox, unread: false});
    this.page.news.reloadSoon();
    say(tn('changed', changed));
  }

  async deleteAll() {
    const count = this.page.cache.count;
    if (!await this.isMeant(count)) return;
    await this.page.departures.settle();
    await api.deleteMessages(this.page.scope());
    this.pickNone();
    this.page.news.reloadSoon();
    say(tn('deleted', count));
  }

  isMeant(count) {
    return dialogs.confirmed(tn('delete.many', count), t('delete.detail'), t('delete'));
  }
}
