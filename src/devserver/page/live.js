// What the server tells by itself. A browser has six connections to a server, so the windows that show this page share
// one for events: the window that holds a lock listens, and tells the others.

import {events} from './api.js';

const told = ['added', 'changed', 'removed', 'cleared', 'faults'];

/**
 * Calls on[name](data) as the server tells of changes. on.lost() and on.found({unheard}) tell of the connection; with
 * `unheard`, there was one before, and what happened since nobody heard.
 */
export function follow(on) {
  // Both are there wherever the page comes from this machine; elsewhere each window listens for itself.
  if (!navigator.locks || !globalThis.BroadcastChannel) return listen((name, data) => on[name](data), false);
  const others = new BroadcastChannel('postrider');
  others.addEventListener('message', ({data: [name, data]}) => on[name](data));
  const tellAll = (name, data) => {
    on[name](data);
    others.postMessage([name, data]);
  };
  const forAsLongAsThisWindowLives = new Promise(() => {});
  const lead = (afterAnother) => {
    listen(tellAll, afterAnother);
    return forAsLongAsThisWindowLives;
  };
  const inherit = () => { navigator.locks.request('events', () => lead(true)); };
  navigator.locks.request('events', {ifAvailable: true}, (lock) => (lock ? lead(false) : inherit()));
  return undefined;
}

function listen(tell, unheard) {
  const source = events();
  let lost = false;
  source.addEventListener('open', () => {
    tell('found', {unheard});
    lost = unheard = false;
  });
  source.addEventListener('error', () => {
    if (!lost) tell('lost');
    lost = unheard = true;
  });
  for (const name of told) source.addEventListener(name, (event) => tell(name, JSON.parse(event.data)));
}
