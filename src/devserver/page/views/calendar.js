import {h} from '../dom.js';
import {locale, t} from '../i18n.js';
import {icon} from '../icons.js';

// RFC 5545 §3.1: a line that begins with a space goes on with the one before it.
const unfold = (text) => text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);

// name *(";" param) ":" value; what stands in quotes holds neither.
function property(line) {
  const [, head, value] = line.match(/^((?:[^":]|"[^"]*")*):(.*)$/s) ?? [];
  if (head === undefined) return null;
  const [name, ...rest] = head.match(/(?:[^";]|"[^"]*")+/g) ?? [''];
  const parameters = Object.fromEntries(rest.map((text) => {
    const [key, ...words] = text.split('=');
    return [key.toUpperCase(), words.join('=').replace(/^"|"$/g, '')];
  }));
  return {name: name.toUpperCase(), parameters, value};
}

const plain = (value) => value.replace(/\\n/gi, '\n').replace(/\\([,;\\])/g, '$1');

/** {method, events: [[property]]}; what stands within an alarm is passed over. */
export function readCalendar(text) {
  const calendar = {method: '', events: []};
  const within = [];
  for (const line of unfold(text)) {
    const found = property(line);
    if (!found) continue;
    if (found.name === 'BEGIN') {
      within.push(found.value.toUpperCase());
      if (within.at(-1) === 'VEVENT') calendar.events.push([]);
    } else if (found.name === 'END') within.pop();
    else if (within.at(-1) === 'VEVENT') calendar.events.at(-1).push(found);
    else if (found.name === 'METHOD') calendar.method = found.value.toUpperCase();
  }
  return calendar;
}

// Times that name a zone, or none, are shown as they stand: only UTC is turned into the reader's time.
function when({value, parameters}) {
  const [, year, month, day, hour, minute, second, utc] = value.match(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/) ?? [];
  if (year === undefined) return value;
  const at = new Date(Date.UTC(+year, month - 1, +day, +(hour ?? 0), +(minute ?? 0), +(second ?? 0)));
  if (Number.isNaN(at.getTime())) return value;
  if (hour === undefined) return at.toLocaleDateString(locale, {dateStyle: 'full', timeZone: 'UTC'});
  if (utc) return at.toLocaleString(locale, {dateStyle: 'full', timeStyle: 'short'});
  const shown = at.toLocaleString(locale, {dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC'});
  return parameters.TZID ? `${shown} (${parameters.TZID})` : shown;
}

function person({value, parameters}) {
  const address = value.replace(/^mailto:/i, '');
  const answer = parameters.PARTSTAT ? t(`calendar.${parameters.PARTSTAT.toLowerCase()}`) : '';
  const isKnown = answer && !answer.startsWith('calendar.');
  return [parameters.CN ? `${parameters.CN} <${address}>` : address, isKnown ? h('span', {class: 'badge'}, answer) : null];
}

function card(event, method) {
  const all = (name) => event.filter((found) => found.name === name);
  const one = (name) => all(name)[0];
  const text = (name) => (one(name) ? plain(one(name).value) : '');
  const rows = [
    ['calendar.begins', one('DTSTART') && when(one('DTSTART'))], ['calendar.ends', one('DTEND') && when(one('DTEND'))],
    ['calendar.lasts', text('DURATION')], ['calendar.repeats', text('RRULE')], ['calendar.where', text('LOCATION')],
    ['calendar.organizer', one('ORGANIZER') && person(one('ORGANIZER'))],
    ['calendar.who', all('ATTENDEE').length ? h('ul', {class: 'people'}, all('ATTENDEE').map((who) => h('li', {}, person(who)))) : null],
    ['calendar.about', text('DESCRIPTION')],
  ].filter(([, value]) => value);
  const known = ['REQUEST', 'CANCEL', 'REPLY', 'PUBLISH'];
  return h('div', {class: 'invite'},
      h('h3', {}, icon('calendar'), text('SUMMARY') || t('calendar.untitled'),
          method ? h('span', {class: 'badge'}, known.includes(method) ? t(`calendar.method.${method.toLowerCase()}`) : method) : null),
      h('dl', {}, rows.map(([key, value]) => [h('dt', {}, t(key)), h('dd', {}, value)])));
}

/** Invitations as what, when, where and who. */
export function showCalendar({leaves}) {
  return leaves.filter((leaf) => leaf.content_type === 'text/calendar').map((leaf) => {
    const {method, events} = readCalendar(leaf.text ?? '');
    return events.length ? events.map((event) => card(event, method)) : h('p', {class: 'hint'}, t('calendar.empty'));
  });
}
