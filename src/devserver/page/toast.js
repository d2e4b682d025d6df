import {h} from './dom.js';

const showing = h('div', {class: 'toasts', role: 'status', 'aria-live': 'polite'});

export const toasts = showing;

/** Says it at the edge of the page for a while. */
export function say(text, kind = '') {
  const toast = h('div', {class: `toast ${kind}`}, text);
  showing.append(toast);
  setTimeout(() => toast.remove(), kind === 'bad' ? 8000 : 4000);
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
