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
  let shown = 0;
  let waiting = new Uint8Array();  // what came with the last piece and is not shown yet

  const fetchMore = async () => {
    const {done, value} = await reader.read();
    waiting = value ?? new Uint8Array();
    return done;
  };

  const next = async () => {
    const step = waiting.subarray(0, atOnce);
    waiting = waiting.subarray(step.length);
    shown += step.length;
    const done = waiting.length === 0 && await fetchMore();
    end.before(h('pre', {}, decoder.decode(step, {stream: !done})));
    end.textContent = done ? t('raw.end', {size: octets(shown)}) : t('raw.progress', {read: octets(shown), size: octets(message.size)});
    return done;
  };

  element.append(end);
  if (!await fetchMore() && !await next()) readOnSight(end, next, signal);
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
