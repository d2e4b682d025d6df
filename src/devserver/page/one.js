import {api} from './api.js';
import * as dialogs from './dialogs.js';
import {t} from './i18n.js';
import {askRelease} from './release.js';

/** What is done with one message: the opened one, else the one at the cursor. */
export class One {
  constructor(page) {
    this.page = page;
  }

  get meant() {
    return this.page.pane.message ?? this.page.list.atCursor();
  }

  async toggleUnread() {
    const message = this.meant;
    if (message) this.page.news.changed(await api.change(message.id, {unread: !message.unread}));
  }

  async tag() {
    const message = this.meant;
    if (!message) return;
    const tags = await dialogs.askTags(t('tags'), message.tags ?? [], this.page.knownTags());
    if (tags) this.page.news.changed(await api.change(message.id, {tags}));
  }

  async release() {
    const message = this.meant;
    if (message && !message.discarded) await askRelease(message, this.page.status.accounts ?? []);
  }

  delete() {
    const message = this.meant;
    if (message) this.page.departures.begin([message]);
  }
}
