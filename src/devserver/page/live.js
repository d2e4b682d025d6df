// What the server tells by itself. A browser has six connections to a server, so the windows that show this page share
// one for events: the window that holds a lock listens, and tells the others.

import {events} from './api.js';

const told = ['added', 'changed', 'removed', 'cleared', 'faults'];

/** Calls on[name](data) as the server tells of changes; on.lost() and on.found() tell of the connection. */
export function follow(on) {
  // Both are there wherever the page comes from this machine; elsewhere each window listens for itself.
  if (!navigator.locks || !globalThis.BroadcastChannel) return listen((name, data) => on[name](data));
  const others = new BroadcastChannel('postrider');
  others.addEventListener('message', ({data: [name, data]}) => on[name](data));
  const tellAll = (name, data) => {
    on[name](data);
    others.postMessage([name, data]);
  };
  const forAsLongAsThisWindowLives = new Promise(() => {});
  const lead = () => {
    listen(tellAll);
    return forAsLongAsThisWindowLives;
  };
  navigator.locks.request('events', {ifAvailable: true}, (lock) => (lock ? lead() : wait(on, lead)));
  return undefined;
}

// The one that listened is closed: what came meanwhile, nobody heard.
function wait(on, lead) {
  navigator.locks.request('events', () => {
    on.found();
    return lead();
  });
}

function listen(tell) {
  const source = events();
  let lost = false;
  source.addEventListener('open', () => {
    if (lost) tell('found');
    lost = false;
  });
  source.addEventListener('error', () => {
    if (!lost) tell('lost');
    lost = true;
  });
  for (const name of told) source.addEventListener(name, (event) => tell(name, JSON.parse(event.data)));
}
