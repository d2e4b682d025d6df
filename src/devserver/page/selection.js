/** Messages that were chosen together: by id, or all that the list holds. */
export class Selection {
  ids = new Set();
  all = false;
  last = -1;  // where the previous one was chosen, for a range

  has = (id) => this.all || this.ids.has(id);
  count = (total) => (this.all ? total : this.ids.size);

  clear() {
    this.ids.clear();
    this.all = false;
    this.last = -1;
  }

  /** With `range`, all between this one and the last that was chosen; rows that are not known are passed over. */
  toggle(id, index, cache, range) {
    const add = !this.has(id);
    if (this.all) this.ids = new Set([...cache.rows.values()].map((row) => row.id));
    this.all = false;
    const from = range && this.last >= 0 ? Math.min(this.last, index) : index;
    const to = range && this.last >= 0 ? Math.max(this.last, index) : index;
    for (let place = from; place <= to; ++place) {
      const row = cache.at(place);
      if (row) this.ids[add ? 'add' : 'delete'](row.id);
    }
    this.last = index;
  }

  /** What PATCH and DELETE of messages call them. */
  named({query, inbox}) {
    return this.all ? {query: query ?? '', inbox} : {ids: [...this.ids]};
  }
}
