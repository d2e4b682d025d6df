import {h} from './dom.js';
import {t} from './i18n.js';
import {icon} from './icons.js';

/** Opens a modal dialog; the browser keeps the focus within, and Escape closes it. `build` gets close(value). */
export function open(title, build, {wide = false} = {}) {
  return new Promise((resolve) => {
    let result;
    const close = (value) => {
      result = value;
      dialog.close();
    };
    const dialog = h('dialog', {class: wide ? 'wide' : '', 'aria-label': title},
        h('header', {}, h('h2', {}, title),
            h('button', {type: 'button', class: 'quiet', 'aria-label': t('close'), onclick: () => close()}, icon('close'))),
        build(close));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    dialog.addEventListener('click', (event) => { if (event.target === dialog) close(); });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('[data-first]')?.focus();
  });
}

export const isOpen = () => document.querySelector('dialog[open]') !== null;

/** A form whose Enter and first button do the same. */
export function form(close, onsubmit, label, ...children) {
  return h('form', {class: 'stack', onsubmit: (event) => { event.preventDefault(); onsubmit(event); }}, ...children,
      h('footer', {},
          h('button', {type: 'button', onclick: () => close()}, t('cancel')),
          h('button', {type: 'submit', class: 'primary', 'data-first': children.length === 0}, label)));
}

/** Whether it was said to go on. */
export function confirmed(question, detail, label) {
  return open(question, (close) => h('div', {class: 'stack'},
      h('p', {}, detail),
      h('footer', {},
          h('button', {type: 'button', onclick: () => close(false)}, t('cancel')),
          h('button', {type: 'button', class: 'danger', 'data-first': true, onclick: () => close(true)}, label))));
}

/** The tags that were written, or nothing. */
export function askTags(title, tags, known) {
  return open(title, (close) => {
    const input = h('input', {name: 'tags', list: 'known-tags', value: tags.join(', '), autocomplete: 'off',
                              'data-first': true, 'aria-describedby': 'tags-hint'});
    const read = () => [...new Set(input.value.split(/[,，]/).map((tag) => tag.trim()).filter(Boolean))];
    return form(close, () => close(read()), t('tags.save'),
        h('label', {}, t('tags'), input),
        h('p', {class: 'hint', id: 'tags-hint'}, t('tags.hint')),
        h('datalist', {id: 'known-tags'}, known.map((tag) => h('option', {value: tag}))));
  });
}

const keyHelp = [
  ['j', 'key.next'], ['k', 'key.previous'], ['Enter', 'key.open'], ['/', 'key.search'], ['x', 'key.pick'],
  ['u', 'key.unread'], ['t', 'key.tag'], ['r', 'key.release'], ['#', 'key.delete'], ['z', 'key.undo'], ['Esc', 'key.leave'],
  ['?', 'key.help'],
];

export function showKeys() {
  return open(t('keys'), () => h('dl', {class: 'keys'}, keyHelp.map(([key, what]) => [
    h('dt', {}, h('kbd', {}, key)), h('dd', {}, t(what))])));
}

const searchHelp = ['from:ann@example.com', 'to:team', 'cc:bob', 'subject:"weekly report"', 'has:attachment', 'is:unread',
                    'tag:invoice', 'inbox:team-a', 'after:2026-01-31', 'before:2026-12-31', 'larger:1M', 'smaller:10K',
                    '"words in a row"', '-newsletter'];

/** Gives the example that was clicked. */
export function showSearchHelp() {
  return open(t('search.help'), (close) => h('div', {class: 'stack'},
      h('p', {}, t('search.help.words')),
      h('dl', {class: 'keys'}, searchHelp.map((example, i) => [
        h('dt', {}, h('button', {type: 'button', class: 'code', onclick: () => close(example)}, example)),
        h('dd', {}, t(`search.help.${i}`))]))));
}
