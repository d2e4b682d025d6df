import {api} from '../api.js';
import {h} from '../dom.js';
import {t} from '../i18n.js';
import {explainDialogue} from '../smtp_meaning.js';

/** Each command and reply of the session that brought the message: when, who, and what it means. */
export async function showDialogue({message, signal}) {
  const lines = await api.transcript(message.id);
  if (signal.aborted) return null;
  if (lines.length === 0) return h('p', {class: 'hint'}, t('dialogue.none'));
  const start = Date.parse(lines[0].at);
  const meanings = explainDialogue(lines);
  return [h('p', {class: 'hint intro'}, t('dialogue.intro')), h('ol', {class: 'dialogue'}, lines.map((line, i) =>
    dialogueLine(line, Date.parse(line.at) - start, lines[i - 1], meanings[i])))];
}

const longPause = 1000;  // milliseconds

const refusal = (line) => line.from === 'server' && /^[45]\d\d/.test(line.line);

// All but the last line of a reply have a hyphen behind the code: what stands below one belongs to it.
const goesOn = (line, before) => before?.from === 'server' && line.from === 'server' && /^\d{3}-/.test(before.line);

function dialogueLine(line, sinceStart, before, meaning) {
  const classes = [line.from === 'client' ? 'client' : 'server', refusal(line) ? 'refused' : '', goesOn(line, before) ? 'more' : ''];
  const waited = before ? Date.parse(line.at) - Date.parse(before.at) : 0;
  return h('li', {class: classes.filter(Boolean).join(' ')},
      h('time', {datetime: line.at, title: line.at, class: waited >= longPause ? 'long' : ''}, t('since.start', {time: elapsed(sinceStart)})),
      h('span', {class: 'side', title: t(line.from === 'client' ? 'dialogue.client' : 'dialogue.server')}, line.from === 'client' ? 'C' : 'S'),
      h('div', {class: 'said'}, h('code', {}, line.line), meaning.map((sentence) => h('p', {class: 'meaning'}, sentence))));
}

const elapsed = (milliseconds) =>
    (milliseconds < 10_000 ? t('time.milliseconds', {count: milliseconds}) : t('time.seconds', {count: (milliseconds / 1000).toFixed(1)}));
