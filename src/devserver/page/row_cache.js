// Which messages of a long list are known. Only pages that are looked at are asked for.

const pageSize = 50;

/**
 * Rows are kept by their place counted from the oldest, which an arrival at the front does not move. Some may be hidden:
 * the server has them still, and places count them; an index, which counts what is shown from the newest, does not.
 */
export class RowCache {
  /** `ask`   (limit, offset) => {total, messages}; `changed`  called when rows came; `failed`  with the error. */
  constructor(ask, changed, failed) {
    Object.assign(this, {ask, changed, failed, total: 0, unread: 0, rows: new Map(), hidden: new Set(), asked: new Set(), generation: 0, stale: true});
  }

  /** How many are shown. */
  get count() {
    return this.total - this.hiddenPlaces().length;
  }

  get unreadCount() {
    return this.unread - this.hiddenPlaces().filter((place) => this.rows.get(place).unread).length;
  }

  at(index) {
    return this.rows.get(this.placeOf(index));
  }

  indexOf(id) {
    const place = this.placeOfId(id);
    if (place < 0 || this.hidden.has(id)) return -1;
    return this.total - 1 - place - this.hiddenPlaces().filter((other) => other > place).length;
  }

  rowOf(id) {
    return this.rows.get(this.placeOfId(id));
  }

  placeOfId(id) {
    for (const [place, row] of this.rows)
      if (row.id === id) return place;
    return -1;
  }

  placeOf(index) {
    let place = this.total - 1 - index;
    for (const hidden of this.hiddenPlaces()) {
      if (hidden < place) break;
      --place;
    }
    return place;
  }

  /** Of the hidden rows that are known, the newest first. */
  hiddenPlaces() {
    if (this.hidden.size === 0) return [];
    return [...this.rows].filter(([, row]) => this.hidden.has(row.id)).map(([place]) => place).sort((a, b) => b - a);
  }

  hide(ids, hidden = true) {
    for (const id of ids) this.hidden[hidden ? 'add' : 'delete'](id);
  }

  /** Sees to it that rows first..last come. */
  want(first, last) {
    const pages = new Set();
    for (let index = first; index <= Math.min(last, this.count - 1); ++index)
      if (!this.at(index)) pages.add(Math.floor((this.total - 1 - this.placeOf(index)) / pageSize));
    for (const page of pages) this.load(page);
  }

  async load(page) {
    if (this.asked.has(page)) return;
    this.asked.add(page);
    const generation = this.generation;
    try {
      const answer = await this.ask(pageSize, page * pageSize);
      if (generation !== this.generation) return;
      if (this.stale) this.rows.clear();
      this.stale = false;
      this.total = answer.total;
      this.unread = answer.unread ?? this.unread;
      answer.messages.forEach((row, i) => this.rows.set(this.total - 1 - page * pageSize - i, row));
      this.changed();
    } catch (error) {
      if (generation === this.generation) this.failed(error);
    } finally {
      if (generation === this.generation) this.asked.delete(page);
    }
  }

  /** Asks for all anew, beginning where one looks; what is shown stays until an answer comes. */
  reload(firstShown = 0) {
    ++this.generation;
    this.asked.clear();
    this.stale = true;
    return this.load(Math.floor(firstShown / pageSize));
  }

  add(row) {
    this.rows.set(this.total, row);
    this.unread += Number(row.unread);
    ++this.total;
  }

  /** It is gone from the server, too. Whether the row was known: else nobody knows what has moved. */
  remove(id) {
    const gone = this.placeOfId(id);
    if (gone < 0 || this.stale) return false;
    this.hidden.delete(id);
    this.unread -= Number(this.rows.get(gone).unread);
    this.rows.delete(gone);
    this.rows = new Map([...this.rows].map(([place, row]) => [place > gone ? place - 1 : place, row]));
    --this.total;
    // What is on its way was asked for when it was still there.
    ++this.generation;
    this.asked.clear();
    return true;
  }

  /** Whether the row was known. */
  replace(row) {
    for (const [place, known] of this.rows) {
      if (known.id !== row.id) continue;
      this.rows.set(place, row);
      this.unread += Number(row.unread) - Number(known.unread);
      return true;
    }
    return false;
  }
}
