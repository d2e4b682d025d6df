import {h} from '../dom.js';
import {t} from '../i18n.js';
import {headerTable} from './parts.js';

/** The message's own header, decoded, with a box to look for a field. */
export function showHeaders({message}) {
  const table = headerTable(message.headers);
  const filter = (words) => {
    for (const row of table.rows) row.hidden = !row.textContent.toLowerCase().includes(words.toLowerCase());
  };
  return [h('div', {class: 'bar'}, h('input', {type: 'search', placeholder: t('headers.filter'), 'aria-label': t('headers.filter'),
                                               oninput: (event) => filter(event.target.value)})), table];
}
