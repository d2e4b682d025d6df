// All that is asked of the server goes through here.

import {ApiError, errorOf, notReached} from './errors.js';
import {t} from './i18n.js';

const root = 'api/v1/';
let token = '';

async function request(method, path, {body, signal, keepalive} = {}) {
  const headers = {};
  if (method !== 'GET') headers['Postrider-Token'] = token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return fetch(root + path, {method, headers, signal, keepalive, body: body === undefined ? undefined : JSON.stringify(body)}).catch(notReached);
}

async function ask(method, path, options) {
  let response = await request(method, path, options);
  // A server that was started again has another token.
  if (response.status === 403 && method !== 'GET' && await greet()) response = await request(method, path, options);
  if (!response.ok) throw await errorOf(response);
  return response.json();
}

/** Asks for the status, and keeps the token that every change needs. */
export async function greet() {
  const status = await ask('GET', 'status');
  token = status.token;
  return status;
}

/** 'messages' + {limit: 5, query: undefined} = 'messages?limit=5' */
export function withQuery(path, values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined));
  return query.size ? `${path}?${query}` : path;
}

// What comes out of the address bar may be anything: an id that could lead elsewhere is none.
function ofMessage(id, rest = '') {
  if (!/^[\w-]+$/.test(id)) throw new ApiError(404, {error: t('message.gone')});
  return `messages/${id}${rest}`;
}

export const api = {
  messages: (values, signal) => ask('GET', withQuery('messages', values), {signal}),
  changeMessages: (what) => ask('PATCH', 'messages', {body: what}),
  deleteMessages: (values) => ask('DELETE', withQuery('messages', values)),
  message: (id) => ask('GET', ofMessage(id)),
  exists: (id) => ask('GET', ofMessage(id, '?peek=1')).then(() => true, () => false),
  change: (id, what) => ask('PATCH', ofMessage(id), {body: what}),
  delete: (id, options) => ask('DELETE', ofMessage(id), options),
  transcript: (id) => ask('GET', ofMessage(id, '/transcript')),
  checks: (id, lookups, signal) => ask('GET', withQuery(ofMessage(id, '/checks'), lookups), {signal}),
  release: (id, what) => ask('POST', ofMessage(id, '/release'), {body: what}),
  tags: () => ask('GET', 'tags'),
  inboxes: () => ask('GET', 'inboxes'),
  faults: () => ask('GET', 'faults'),
  faultsHelp: () => ask('GET', 'faults/help'),
  addFault: (rule) => ask('POST', 'faults', {body: {rule}}),
  deleteFault: (id) => ask('DELETE', `faults/${encodeURIComponent(id)}`),
  deleteFaults: () => ask('DELETE', 'faults'),
};

export const addressOf = {
  raw: (id) => root + ofMessage(id, '/raw'),
  html: (id, part) => root + ofMessage(id, `/html?part=${Number(part)}`),
  part: (id, part) => root + ofMessage(id, `/parts/${Number(part)}`),
};

/** A response whose body is read as it comes. */
export async function stream(address, signal) {
  const response = await fetch(address, {signal}).catch(notReached);
  if (!response.ok) throw await errorOf(response);
  return response;
}

export const events = () => new EventSource(`${root}events`);
