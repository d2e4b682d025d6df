// Which messages of a long list are known. Only pages that are looked at are asked for.

const pageSize = 50;

/**
 * Rows are kept by their place counted from the oldest, which an arrival at the front does not move; whatever else
 * moves rows empties the cache.
 */
export class RowCache {
  /** `ask`   (limit, offset) => {total, messages}; `changed`  called when rows came; `failed`  with the error. */
  constructor(ask, changed, failed) {
    Object.assign(this, {ask, changed, failed, total: 0, unread: 0, rows: new Map(), asked: new Set(), generation: 0, stale: true});
  }

  at(index) {
    return this.rows.get(this.total - 1 - index);
  }

  indexOf(id) {
    for (const [place, row] of this.rows)
      if (row.id === id) return this.total - 1 - place;
    return -1;
  }

  /** Sees to it that rows first..last come. */
  want(first, last) {
    const stop = Math.min(last, this.total - 1);
    for (let page = Math.floor(first / pageSize); page * pageSize <= stop; ++page) {
      const from = Math.max(first, page * pageSize);
      const to = Math.min(stop, (page + 1) * pageSize - 1);
      for (let index = from; index <= to; ++index) {
        if (this.at(index)) continue;
        this.load(page);
        break;
      }
    }
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
