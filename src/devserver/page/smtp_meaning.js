// What each line of an SMTP or LMTP dialogue means, in plain words: verbs, parameters, service extensions, reply codes
// and enhanced status codes. The sentences stand in words/smtp_*.js.

import {knows, t} from './i18n.js';

const known = (key, values) => (knows(key) ? t(key, values) : '');

/** "5.1.1": its class, and what the two numbers behind it say.                              RFC 3463 §2 */
export function meaningOfStatus(text) {
  const [, level, subject, detail] = /^([245])\.(\d{1,3})\.(\d{1,3})/.exec(text) ?? [];
  if (!level) return '';
  const exact = known(`smtp.status.${subject}.${detail}`) || known(`smtp.status.${subject}.0`);
  return [t(`smtp.class.${level}`), exact].filter(Boolean).join(' ');
}

/** For each line a list of sentences. `lines`    [{from: 'client' or 'server', line}] in the order they were said. */
export function explainDialogue(lines) {
  const dialogue = new Dialogue();
  return lines.map(({from, line}) => (from === 'client' ? dialogue.client(line) : dialogue.server(line)).filter(Boolean));
}

/** With PIPELINING (RFC 2920) several commands are under way: replies come in their order. */
class Dialogue {
  waiting = ['greeting'];
  firstLine = true;  // of a reply
  login = false;

  client(line) {
    const octets = /^\[(\d+) octets\]$/.exec(line);
    if (octets) return this.content(octets[1]);
    if (line === '.') return [t('smtp.dot')];
    if (line === '****' || this.login) return [t('smtp.secret')];
    const [verb, ...words] = line.trim().split(/\s+/);
    const name = verb.toUpperCase();
    this.waiting.push(name);
    this.login = name === 'AUTH';
    return [known(`smtp.verb.${name}`, argumentsOf(name, words)) || t('smtp.verb.unknown'), ...parametersOf(name, words)];
  }

  content(count) {
    // A chunk's size was announced by its BDAT, and the reply is to that.
    if (this.waiting.at(-1) === 'BDAT') return [t('smtp.chunk', {count})];
    this.waiting.push('content');
    return [t('smtp.content', {count})];
  }

  server(line) {
    const [, code, more, text] = /^(\d{3})([ -]?)(.*)$/.exec(line) ?? [];
    if (!code) return [t('smtp.reply.broken')];
    const asked = this.waiting[0] ?? '';
    const first = this.firstLine;
    this.firstLine = more !== '-';
    if (this.firstLine) this.replied(code);
    const isGreeting = (asked === 'EHLO' || asked === 'LHLO') && code === '250';
    if (isGreeting && !first) return [keyword(text)];
    return first ? reply(asked, code, text) : [];
  }

  replied(code) {
    // 334 asks for more of the same login, 354 for the message.
    if (code === '334') return;
    this.waiting.shift();
    this.login = false;
  }
}

function reply(asked, code, text) {
  const here = known(`smtp.reply.${asked}.${code}`) || known(`smtp.reply.${asked}.${code[0]}`);
  const general = known(`smtp.code.${code}`) || known(`smtp.code.${code[0]}`);
  const status = code[0] === '2' ? '' : meaningOfStatus(text);
  return code[0] === '2' ? [here || general] : [here, general, status];
}

// AUTH and SIZE carry values; the rest of a keyword line is read as it stands.
function keyword(text) {
  const [name, ...values] = text.trim().split(/[ =]/);
  const value = values.join(' ');
  return known(`smtp.keyword.${name.toUpperCase()}${value ? '.value' : ''}`, {value}) ||
      known(`smtp.keyword.${name.toUpperCase()}`, {value}) || t('smtp.keyword.unknown', {name});
}

// The first word of MAIL and RCPT is the path, which a space may stand before: "FROM: <a@b>".
function pathOf(words) {
  const joined = words.join(' ').replace(/^(FROM|TO):\s*/i, '');
  const end = joined.startsWith('<') ? joined.indexOf('>') + 1 : joined.indexOf(' ');
  return end > 0 ? [joined.slice(0, end), joined.slice(end)] : [joined, ''];
}

function argumentsOf(name, words) {
  if (name === 'MAIL' || name === 'RCPT') return {path: pathOf(words)[0]};
  return {value: words[0] ?? '', rest: words.slice(1).join(' ')};
}

function parametersOf(name, words) {
  if (name === 'MAIL' && pathOf(words)[0] === '<>') return [t('smtp.null.path'), ...parameters(words)];
  if (name === 'MAIL' || name === 'RCPT') return parameters(words);
  return name === 'BDAT' && words[1]?.toUpperCase() === 'LAST' ? [t('smtp.last.chunk')] : [];
}

function parameters(words) {
  return pathOf(words)[1].split(/\s+/).filter(Boolean).map((parameter) => {
    const [name, ...value] = parameter.split('=');
    const values = {name, value: value.join('=')};
    return known(`smtp.parameter.${name.toUpperCase()}`, values) || t('smtp.parameter.unknown', values);
  });
}
