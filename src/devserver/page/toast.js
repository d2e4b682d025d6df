import {h} from './dom.js';

const showing = h('div', {class: 'toasts', role: 'status', 'aria-live': 'polite'});

export const toasts = showing;

/** Says it at the edge of the page for a while. */
export function say(text, kind = '') {
  const toast = h('div', {class: `toast ${kind}`}, text);
  showing.append(toast);
  setTimeout(() => toast.remove(), kind === 'bad' ? 8000 : 4000);
}

/** Says it, and offers to do something about it; it stays until it is removed. */
export function offer(text, label, deed) {
  const toast = h('div', {class: 'toast'}, h('span', {}, text), h('button', {type: 'button', onclick: deed}, label));
  showing.append(toast);
  return toast;
}

/** For what a click began: a failure is told, not swallowed. */
export function attempt(work) {
  return async (...values) => {
    try {
      return await work(...values);
    } catch (error) {
      say(error.message, 'bad');
      return undefined;
    }
  };
}
