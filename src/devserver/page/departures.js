import {api} from './api.js';
import {t, tn} from './i18n.js';
import {offer, say} from './toast.js';

const timeToThink = 7000;  // milliseconds

/**
 * Messages that were deleted here and may still be kept: they are out of the list, and the server is asked to delete
 * them only when the time is over or the page goes. So nothing has to be brought back.
 */
export class Departures {
  constructor(page) {
    this.page = page;
    this.waiting = [];  // {messages, end()}, the last one last
    addEventListener('pagehide', () => { for (const one of [...this.waiting]) this.send(one, {keepalive: true}).catch(() => {}); });
  }

  begin(messages) {
    const one = {messages};
    const toast = offer(tn('deleted', messages.length), t('undo'), () => this.undo(one));
    const timer = setTimeout(() => this.finish(one), timeToThink);
    one.end = () => {
      clearTimeout(timer);
      toast.remove();
      this.waiting = this.waiting.filter((other) => other !== one);
    };
    this.waiting.push(one);
    this.show(one, false);
  }

  /** `one`    the last, where none is named. */
  undo(one = this.waiting.at(-1)) {
    if (!one) return;
    one.end();
    this.show(one, true);
    say(tn('kept', one.messages.length));
  }

  /** All that waits is done now. */
  settle() {
    return Promise.all([...this.waiting].map((one) => this.finish(one)));
  }

  /** Somebody else deleted it meanwhile. */
  forget(gone) {
    for (const one of this.waiting) {
      one.messages = one.messages.filter(({id}) => id !== gone);
      if (one.messages.length === 0) one.end();
    }
  }

  /** Without a time to think. */
  async atOnce(messages) {
    const one = {messages, end() {}};
    this.show(one, false);
    if (await this.finish(one)) say(tn('deleted', messages.length));
  }

  /** How many of an inbox, or of all, the server counts still: {total, unread}. */
  counted(inbox) {
    const those = this.waiting.flatMap(({messages}) => messages).filter((message) => inbox === undefined || message.inbox === inbox);
    return {total: those.length, unread: those.filter(({unread}) => unread).length};
  }

  async finish(one) {
    try {
      await this.send(one);
      return true;
    } catch (error) {
      this.show(one, true);
      say(error.message, 'bad');
      return false;
    }
  }

  send(one, options) {
    one.end();
    // One that somebody else has deleted meanwhile is gone as well.
    const isGone = (error) => { if (error.status !== 404) throw error; };
    return Promise.all(one.messages.map(({id}) => api.delete(id, options).catch(isGone)));
  }

  show({messages}, there) {
    const {at, cache} = this.page;
    const ids = messages.map(({id}) => id);
    cache.hide(ids, !there);
    if (!there && ids.includes(at.message)) this.page.close();
    this.page.showRows();
    this.page.news.refreshSoon();
  }
}
