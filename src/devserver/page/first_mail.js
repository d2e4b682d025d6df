import {h} from './dom.js';
import {t} from './i18n.js';
import {icon} from './icons.js';
import {say} from './toast.js';

const commands = {
  postrider: (smtp, to) => `postrider send --server smtp://${smtp} --from me@example.com --to ${to} --subject Hello --text "It works"`,
  swaks: (smtp, to) => `swaks --server ${smtp} --from me@example.com --to ${to} --header "Subject: Hello" --body "It works"`,
  python: (smtp, to) => {
    const [, host, port] = /^(.*):(\d+)$/.exec(smtp);
    return `python3 -c "import smtplib; smtplib.SMTP('${host.replace(/[[\]]/g, '')}', ${port}).sendmail('me@example.com', '${to}', 'Subject: Hello\\n\\nIt works')"`;
  },
};

/** What an empty list shows: how the first mail gets into it. */
export function firstMail(smtp, inbox) {
  const to = `${inbox || 'you'}@example.net`;
  const lines = smtp ? Object.entries(commands).map(([name, command]) => snippet(name, command(smtp, to))) : [];
  return [icon('inbox'), h('p', {}, t('empty')), h('p', {class: 'hint'}, t('empty.hint')), lines];
}

function snippet(name, command) {
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    say(t('copied'));
  };
  return h('div', {class: 'snippet'}, h('span', {class: 'hint'}, name), h('code', {tabindex: 0}, command),
      navigator.clipboard ? h('button', {type: 'button', class: 'quiet', 'aria-label': t('copy'), title: t('copy'), onclick: copy}, icon('copy')) : null);
}
