import {h} from '../dom.js';
import {t} from '../i18n.js';
import {icon} from '../icons.js';

/**
 * What can be asked of others, each with what leaves this machine when it is. `state`: {dns, links}, each "off",
 * "allowed" or "asked"; `ask(name)` gives a promise.
 */
export function lookups(state, ask) {
  const isOff = Object.values(state).every((one) => one === 'off');
  return h('section', {class: 'lookups'}, h('h3', {}, t('lookups')),
      isOff ? h('p', {class: 'hint'}, t('lookups.off'), ' ', h('code', {}, 'postrider catch --allow-lookups')) : null,
      h('ul', {}, Object.entries(state).map(([name, one]) => offer(name, one, ask))));
}

function offer(name, state, ask) {
  const failure = h('p', {class: 'error', role: 'alert', hidden: true});
  const press = async () => {
    button.disabled = true;
    button.setAttribute('aria-busy', 'true');
    failure.hidden = true;
    try {
      await ask(name);
    } catch (error) {
      if (error.name === 'AbortError') return;
      failure.textContent = error.message;
      failure.hidden = false;
    }
    button.disabled = false;
    button.removeAttribute('aria-busy');
  };
  const button = h('button', {type: 'button', disabled: state === 'off', 'aria-describedby': `lookup-${name}`, onclick: press},
      icon(state === 'asked' ? 'check' : 'send'), t(`lookup.${name}${state === 'asked' ? '.again' : ''}`));
  return h('li', {}, button, h('div', {}, h('p', {class: 'hint', id: `lookup-${name}`}, t(`lookup.${name}.leaves`)), failure));
}
