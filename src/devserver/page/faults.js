import {api} from './api.js';
import {fill, h} from './dom.js';
import * as dialogs from './dialogs.js';
import {knows, t, tn} from './i18n.js';
import {icon} from './icons.js';
import {attempt} from './toast.js';

const examples = ['rcpt b@*=550 5.1.1 no such user', 'any=delay 2s', 'data=451 4.3.0 try later times=2', 'greeting=drip 50ms', 'end-of-data=lose-reply p=0.3', 'starttls=bad-certificate expired'];

/** The panel of faults on demand: rules that are in force, how often each was met, and a line for a new one. */
export function showFaults() {
  return dialogs.open(t('faults'), () => {
    const list = h('div');
    const help = h('div');
    const refresh = async () => fill(list, ruleList(await api.faults(), refresh));
    const body = h('div', {class: 'stack'}, h('p', {}, t('faults.intro')), newRule(refresh), list, help);
    attempt(refresh)();
    attempt(async () => fill(help, await grammar()))();
    return body;
  }, {wide: true});
}

function newRule(refresh) {
  const input = h('input', {name: 'rule', 'aria-label': t('faults.rule'), placeholder: examples[0], 'data-first': true, autocomplete: 'off',
                            spellcheck: 'false', class: 'code', list: 'fault-examples', required: true});
  const error = h('p', {class: 'error', role: 'alert', hidden: true});
  const add = async (event) => {
    event.preventDefault();
    error.hidden = true;
    try {
      await api.addFault(input.value.trim());
      input.value = '';
      await refresh();
    } catch (failure) {
      error.textContent = failure.message;
      error.hidden = false;
    }
  };
  return h('form', {onsubmit: add}, h('div', {class: 'bar'}, input, h('button', {type: 'submit', class: 'primary'}, t('faults.add'))), error,
      h('datalist', {id: 'fault-examples'}, examples.map((rule) => h('option', {value: rule}))),
      h('div', {class: 'examples'}, examples.map((rule) => h('button', {type: 'button', class: 'code', onclick: () => { input.value = rule; input.focus(); }}, rule))));
}

function ruleList({seed, rules}, refresh) {
  const remove = attempt(async (work) => {
    await work();
    await refresh();
  });
  if (rules.length === 0) return h('p', {class: 'hint'}, t('faults.none'));
  return [h('ul', {class: 'rules'}, rules.map((rule) => h('li', {},
      h('code', {}, rule.rule), h('span', {class: 'hint'}, tn('faults.met', rule.met), rule.left === null || rule.left === undefined ? '' : ` · ${tn('faults.left', rule.left)}`),
      h('button', {type: 'button', class: 'quiet', 'aria-label': t('faults.remove', {rule: rule.rule}), title: t('delete'), onclick: () => remove(() => api.deleteFault(rule.id))}, icon('trash'))))),
    h('p', {class: 'bar'}, h('span', {class: 'hint'}, t('faults.seed', {seed: String(seed)})),
        h('button', {type: 'button', onclick: () => remove(() => api.deleteFaults())}, t('faults.clear')))];
}

// The server tells which stages and actions it has; what they do is said in the reader's language where that is known.
const about = (kind, {name, form, about: english}) => {
  const key = `faults.${kind}.${name ?? form.split('=')[0]}`;
  return knows(key) ? t(key) : english;
};

async function grammar() {
  const {form, stages, actions, modifiers} = await api.faultsHelp();
  const rows = (kind, list) => h('dl', {}, list.map((one) => [h('dt', {}, h('code', {}, one.form ?? one.name)), h('dd', {}, about(kind, one))]));
  return h('details', {class: 'grammar'}, h('summary', {}, t('faults.grammar')), h('p', {}, h('code', {}, form)),
      h('h3', {}, t('faults.stages')), rows('stage', stages), h('h3', {}, t('faults.actions')), rows('action', actions),
      h('h3', {}, t('faults.modifiers')), rows('modifier', modifiers));
}
