import {h} from '../dom.js';
import {octets} from '../format.js';
import {t} from '../i18n.js';
import {isAttachment} from '../parts.js';

const atOnce = 200_000;  // characters

/** All text parts that are to be read, one below the other. */
export function showText({leaves}) {
  const texts = leaves.filter((leaf) => !isAttachment(leaf) && leaf.content_type.startsWith('text/') && leaf.content_type !== 'text/html');
  return texts.map((leaf) => [texts.length > 1 ? h('h3', {}, leaf.content_type) : null, longText(leaf.text ?? '')]);
}

/** Text in pieces: the next one is made when it is asked for. */
export function longText(text) {
  const element = h('div', {class: 'prose'});
  let shown = 0;
  const more = h('button', {type: 'button', onclick: () => next()});
  const next = () => {
    element.append(h('pre', {}, text.slice(shown, shown + atOnce)));
    shown += atOnce;
    more.remove();
    if (shown >= text.length) return;
    more.textContent = t('more', {size: octets(text.length - shown)});
    element.append(more);
  };
  next();
  return element;
}
