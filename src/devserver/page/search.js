import {h} from './dom.js';
import {showSearchHelp} from './dialogs.js';
import {t} from './i18n.js';
import {icon} from './icons.js';

const patience = 250;  // milliseconds from the last key to the question

/** The search box. `search(query)` is called as one writes. */
export class Search {
  constructor(query, search) {
    this.search = search;
    this.input = h('input', {
      type: 'search', value: query, placeholder: t('search.placeholder'), 'aria-label': t('search'), spellcheck: 'false',
      autocomplete: 'off', 'aria-describedby': 'search-error', maxlength: 1000,
      oninput: () => this.later(), onkeydown: (event) => { if (event.key === 'Enter') this.now(); },
    });
    this.error = h('p', {class: 'error', id: 'search-error', role: 'alert', hidden: true});
    this.element = h('div', {class: 'search', role: 'search'},
        h('div', {class: 'box'}, icon('search'), this.input,
            h('button', {type: 'button', class: 'quiet', 'aria-label': t('search.help'), title: t('search.help'),
                         onclick: () => this.help()}, icon('help'))),
        this.error);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), patience);
  }

  now() {
    clearTimeout(this.timer);
    this.search(this.input.value.trim());
  }

  async help() {
    const example = await showSearchHelp();
    if (!example) return;
    this.input.value = `${this.input.value.trim()} ${example}`.trim();
    this.input.focus();
    this.now();
  }

  set(query) {
    this.input.value = query;
    this.now();
  }

  showError(text) {
    this.error.hidden = !text;
    this.error.textContent = text;
    this.input.setAttribute('aria-invalid', text ? 'true' : 'false');
  }
}
