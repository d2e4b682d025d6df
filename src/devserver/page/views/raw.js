import {addressOf, stream} from '../api.js';
import {h} from '../dom.js';
import {octets} from '../format.js';
import {t} from '../i18n.js';

const atOnce = 256 * 1024;  // octets: what is put into the document in one step

/** The octets as they came. A piece is read from the server when one scrolls there; the rest stays in the connection. */
export async function showRaw({message, signal}) {
  const reader = (await stream(addressOf.raw(message.id), signal)).body.getReader();
  const decoder = new TextDecoder();
  const element = h('div', {class: 'prose raw'});
  const end = h('p', {class: 'hint', role: 'status'});
  let read = 0;

  const next = async () => {
    let text = '';
    let done = false;
    for (let taken = 0; taken < atOnce && !done;) {
      const piece = await reader.read();
      done = piece.done;
      taken += piece.value?.length ?? 0;
      read += piece.value?.length ?? 0;
      text += decoder.decode(piece.value ?? new Uint8Array(), {stream: !done});
    }
    end.before(h('pre', {}, text));
    end.textContent = done ? t('raw.end', {size: octets(read)}) : t('raw.progress', {read: octets(read), size: octets(message.size)});
    return done;
  };

  element.append(end);
  if (!await next()) readOnSight(end, next, signal);
  return element;
}

function readOnSight(end, next, signal) {
  let busy = false;
  const watcher = new IntersectionObserver(async (entries) => {
    if (busy || !entries.some((entry) => entry.isIntersecting)) return;
    busy = true;
    try {
      if (await next()) return watcher.disconnect();
    } catch (error) {
      watcher.disconnect();
      if (!signal.aborted) end.textContent = error.message;
      return;
    }
    busy = false;
    // Still in sight: it will not come into sight again by itself.
    watcher.unobserve(end);
    watcher.observe(end);
  }, {rootMargin: '400px'});
  watcher.observe(end);
  signal.addEventListener('abort', () => watcher.disconnect());
}
