import {fill, h} from './dom.js';
import {number} from './format.js';
import {language, speak, t} from './i18n.js';
import {icon} from './icons.js';

/** Inboxes, tags, and what concerns the server as a whole. */
export class Sidebar {
  /** `on`    {inbox(name or undefined), tag(name), faults(), keys()} */
  constructor(on) {
    this.on = on;
    this.inboxes = h('ul', {class: 'places'});
    this.tags = h('ul', {class: 'places'});
    this.tagSection = h('section', {'aria-label': t('tags'), hidden: true}, h('h2', {}, t('tags')), this.tags);
    this.server = h('div', {class: 'about'});
    this.element = h('nav', {class: 'sidebar', id: 'sidebar', 'aria-label': t('places')},
        h('div', {class: 'brand'}, h('img', {src: 'icon.svg', alt: '', width: 28, height: 28}),
            h('span', {}, 'Postrider'), h('span', {class: 'sub'}, 'catch')),
        h('section', {'aria-label': t('inboxes')}, h('h2', {}, t('inboxes')), this.inboxes),
        this.tagSection,
        h('div', {class: 'grow'}), this.server, this.switches());
  }

  switches() {
    const dark = globalThis.postriderTheme.isDark();
    return h('div', {class: 'switches'},
        quiet(dark ? 'sun' : 'moon', t(dark ? 'theme.light' : 'theme.dark'), 'theme', (event) => {
          globalThis.postriderTheme.choose(globalThis.postriderTheme.isDark() ? 'light' : 'dark');
          event.currentTarget.parentElement.replaceWith(this.switches());
        }),
        // A language names itself in its own words.
        h('button', {type: 'button', class: 'quiet', id: 'language', lang: language === 'zh' ? 'en' : 'zh',
                     onclick: () => speak(language === 'zh' ? 'en' : 'zh')},
            icon('language'), language === 'zh' ? 'English' : '中文'),
        quiet('help', t('keys'), 'keys', () => this.on.keys()));
  }

  showInboxes(list, total, unread, chosen) {
    const entry = (name, label, symbol, counts) => {
      const isChosen = chosen === name;
      return h('li', {}, h('button', {type: 'button', class: 'place', 'aria-current': isChosen ? 'true' : null,
                                      onclick: () => this.on.inbox(name)},
          icon(symbol), h('span', {class: 'name'}, label), counter(counts)));
    };
    fill(this.inboxes, entry(undefined, t('inbox.all'), 'all', {total, unread}),
        list.length < 2 && !list.some((inbox) => inbox.name) ? null :
            list.map((inbox) => entry(inbox.name, inbox.name || t('inbox.none'), 'inbox', inbox)));
  }

  showTags(list, chosen) {
    this.tagSection.hidden = list.length === 0;
    fill(this.tags, list.map(({tag, count}) => h('li', {}, h('button', {
      type: 'button', class: 'place', 'aria-current': chosen === tag ? 'true' : null, onclick: () => this.on.tag(tag)},
        icon('tag'), h('span', {class: 'name'}, tag), h('span', {class: 'total'}, number(count))))));
  }

  showServer(status, connected) {
    const doors = ['smtp', 'smtps', 'lmtp', 'pop3'].filter((door) => status[door]);
    fill(this.server,
        h('button', {type: 'button', class: 'place', id: 'faults', onclick: () => this.on.faults()}, icon('bolt'),
            h('span', {class: 'name'}, t('faults')),
            status.faults ? h('span', {class: 'count'}, number(status.faults)) : null),
        h('p', {class: connected ? 'live' : 'live lost'}, h('span', {class: 'lamp'}), t(connected ? 'live' : 'lost')),
        h('dl', {}, doors.map((door) => [h('dt', {}, door.toUpperCase()), h('dd', {}, status[door])])),
        h('p', {class: 'version'}, t('version', {version: status.version})));
  }
}

const counter = ({total, unread}) => (unread ? h('span', {class: 'count', title: t('unread.count', {count: number(unread)})}, number(unread)) :
                                               h('span', {class: 'total'}, number(total)));

const quiet = (name, label, id, onclick) =>
    h('button', {type: 'button', class: 'quiet', id, 'aria-label': label, title: label, onclick}, icon(name));
