'use strict';

// Whatever comes from a message is put in place as text, never as markup.

const api = 'api/v1/';
const pageSize = 50;
const byId = (id) => document.getElementById(id);
let messages = [];
let total = 0;
let chosen = null;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

async function ask(path, method = 'GET') {
  const response = await fetch(api + path, {method});
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function inOctets(count) {
  if (count < 1024) return `${count} B`;
  if (count < 1024 * 1024) return `${(count / 1024).toFixed(1)} KiB`;
  return `${(count / 1024 / 1024).toFixed(1)} MiB`;
}

const inTime = (iso) => new Date(iso).toLocaleString();

// The list

function listItem(message) {
  const button = element('button', undefined, message.unread ? 'unread' : '');
  button.type = 'button';
  button.append(
      element('span', message.subject || '(no subject)', 'subject'),
      element('span', `${message.from || '<>'} → ${message.to.join(', ')}`),
      element('span', `${inTime(message.received)} · ${inOctets(message.size)}`));
  if (message.id === chosen) button.setAttribute('aria-current', 'true');
  button.addEventListener('click', () => choose(message.id).catch(showNothing));
  const item = element('li');
  item.append(button);
  return item;
}

function showList() {
  byId('messages').replaceChildren(...messages.map(listItem));
  byId('total').textContent = total === 1 ? '1 message' : `${total} messages`;
  byId('more').hidden = messages.length >= total;
  byId('empty').hidden = total > 0 || byId('query').value !== '';
}

async function load(offset = 0) {
  const query = encodeURIComponent(byId('query').value);
  const page = await ask(`messages?limit=${pageSize}&offset=${offset}&query=${query}`);
  messages = offset ? messages.concat(page.messages) : page.messages;
  total = page.total;
  showList();
}

// One message

// Parts are numbered depth first, the message itself being 0.
function numbered(part, leaves = [], counter = {next: 0}) {
  const number = counter.next++;
  if (part.parts) part.parts.forEach((inner) => numbered(inner, leaves, counter));
  else leaves.push({...part, number});
  return leaves;
}

const isAttached = (leaf) => leaf.disposition === 'attachment' || (leaf.filename && leaf.disposition !== 'inline') ||
    !leaf.content_type.startsWith('text/');

function showText(text) {
  byId('shown').replaceChildren(element('pre', text));
}

function showHtml(number) {
  const frame = element('iframe');
  frame.setAttribute('sandbox', '');
  frame.referrerPolicy = 'no-referrer';
  frame.title = 'HTML part';
  frame.src = `${api}messages/${chosen}/html?part=${number}`;
  byId('shown').replaceChildren(frame);
}

function showHeader(fields) {
  const table = element('table');
  for (const {name, value} of fields) {
    const row = table.insertRow();
    row.append(element('th', name), element('td', value));
  }
  byId('shown').replaceChildren(table);
}

function showTabs(tabs) {
  const buttons = tabs.map(([name, show]) => {
    const button = element('button', name);
    button.type = 'button';
    button.setAttribute('role', 'tab');
    button.addEventListener('click', () => {
      buttons.forEach((other) => other.setAttribute('aria-selected', other === button));
      show();
    });
    return button;
  });
  byId('tabs').replaceChildren(...buttons);
  buttons[0].click();
}

function showBodies(message, leaves) {
  const bodies = leaves.filter((leaf) => !isAttached(leaf));
  const tabs = [];
  for (const leaf of bodies) {
    if (leaf.content_type === 'text/html') tabs.unshift(['HTML', () => showHtml(leaf.number)]);
    else tabs.push([leaf.content_type === 'text/plain' ? 'Text' : leaf.content_type, () => showText(leaf.text ?? '')]);
  }
  tabs.push(['Header', () => showHeader(message.headers)]);
  showTabs(tabs);
}

function showAttachments(leaves) {
  const items = leaves.filter(isAttached).map((leaf) => {
    const link = element('a', leaf.filename || (leaf.content_id ? `cid:${leaf.content_id}` : `part ${leaf.number}`));
    link.href = `${api}messages/${chosen}/parts/${leaf.number}`;
    link.setAttribute('download', '');
    const item = element('li');
    item.append(link, element('small', `${leaf.content_type}, ${inOctets(leaf.size ?? 0)}`));
    return item;
  });
  byId('attachments').hidden = items.length === 0;
  byId('attachments').querySelector('ul').replaceChildren(...items);
}

function showEnvelope(message) {
  const rows = [
    ['From', message.from || '<>'], ['To', message.to.join(', ')], ['Date', message.date || '(none)'],
    ['Received', inTime(message.received)], ['Size', inOctets(message.size)],
  ];
  byId('envelope').replaceChildren(...rows.flatMap(([name, value]) => [element('dt', name), element('dd', value)]));
}

function showTranscript(lines) {
  const items = lines.map(({at, from, line}) => {
    const refused = from === 'server' && /^[45]/.test(line);
    const item = element('li', line, refused ? `${from} refused` : from);
    item.title = at;
    return item;
  });
  byId('transcript').replaceChildren(...items);
}

function showNothing() {
  chosen = null;
  byId('message').hidden = byId('dialogue').hidden = true;
}

async function choose(id) {
  chosen = id;
  history.replaceState(null, '', `#${id}`);
  const [message, transcript] = await Promise.all([ask(`messages/${id}`), ask(`messages/${id}/transcript`)]);
  if (chosen !== id) return;
  const listed = messages.find((other) => other.id === id);
  if (listed) listed.unread = false;
  showList();
  byId('subject').textContent = message.subject || '(no subject)';
  byId('raw').href = `${api}messages/${id}/raw`;
  byId('raw').hidden = message.discarded;
  showEnvelope(message);
  if (message.discarded) {
    showTabs([['Header', () => showHeader(message.headers)]]);
    showAttachments([]);
  } else {
    // The root's own size is told apart from the message's.
    const leaves = numbered({...message, size: message.content_size});
    showBodies(message, leaves);
    showAttachments(leaves);
  }
  showTranscript(transcript);
  byId('message').hidden = byId('dialogue').hidden = false;
}

// What happens elsewhere

function follow() {
  const events = new EventSource(api + 'events');
  let lost = false;
  events.addEventListener('open', () => { if (lost) load(); lost = false; });
  events.addEventListener('error', () => { lost = true; });
  // A search may or may not hold what is new: the server knows.
  events.addEventListener('added', (event) => {
    if (byId('query').value) return load();
    messages.unshift(JSON.parse(event.data));
    ++total;
    showList();
  });
  events.addEventListener('removed', (event) => {
    const {id} = JSON.parse(event.data);
    if (id === chosen) showNothing();
    load();
  });
  events.addEventListener('cleared', () => { showNothing(); load(); });
}

byId('query').addEventListener('input', () => load());
byId('more').addEventListener('click', () => load(messages.length));
byId('clear').addEventListener('click', () => { if (confirm('Delete all messages?')) ask('messages', 'DELETE'); });
byId('delete').addEventListener('click', () => ask(`messages/${chosen}`, 'DELETE'));

follow();
load().then(() => { if (location.hash.length > 1) return choose(location.hash.slice(1)); }).catch(showNothing);
