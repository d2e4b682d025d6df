import {api} from './api.js';
import {fill, h} from './dom.js';
import * as dialogs from './dialogs.js';
import {t} from './i18n.js';

const kinds = ['accepted', 'refused', 'unsent'];

/** Asks to whom a message is to be sent in earnest, sends it, and tells what became of each. */
export function askRelease(message, accounts) {
  return dialogs.open(t('release'), (close) => {
    const to = h('input', {name: 'to', required: true, value: message.to.join(', '), 'data-first': true, autocomplete: 'off'});
    const from = h('input', {name: 'from', value: '', placeholder: message.from, autocomplete: 'off'});
    const account = h('select', {name: 'account'}, accounts.map((name) => h('option', {value: name}, name)));
    const outcome = h('div', {role: 'status'});
    const send = async (event) => {
      const button = event.submitter;
      button.disabled = true;
      fill(outcome, h('p', {class: 'hint'}, t('release.sending')));
      try {
        fill(outcome, report(await api.release(message.id, {
          to: to.value.split(/[,，\s]+/).filter(Boolean), account: account.value || undefined, from: from.value.trim() || undefined})));
      } catch (error) {
        fill(outcome, h('p', {class: 'error', role: 'alert'}, error.message));
      }
      button.disabled = false;
    };
    if (accounts.length === 0) return h('div', {class: 'stack'}, h('p', {}, t('release.no.account')), h('pre', {class: 'snippet'}, h('code', {}, 'postrider catch --release-account smtp://user@mail.example.com')));
    return dialogs.form(close, send, t('release.send'),
        h('p', {}, t('release.warning')),
        h('label', {}, t('release.to'), to), h('label', {}, t('release.from'), from), h('label', {}, t('release.account'), account), outcome);
  });
}

function report(result) {
  const people = kinds.flatMap((kind) => (result[kind] ?? []).map((one) => h('li', {class: kind === 'accepted' ? 'good' : 'bad'},
      h('b', {}, t(`release.${kind}`)), ' ', one.address ?? String(one), ' ', h('span', {class: 'hint'}, [one.code, one.enhanced, one.text].filter(Boolean).join(' ')))));
  return [h('ul', {class: 'outcome'}, people),
    result.in_doubt ? h('p', {class: 'error'}, t('release.doubt')) : null,
    result.error ? h('p', {class: 'error', role: 'alert'}, [result.error.phase, result.error.code, result.error.enhanced, result.error.text].filter(Boolean).join(' ')) : null];
}
