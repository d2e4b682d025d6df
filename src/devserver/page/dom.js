// The only place where elements are made. Text goes in as text: nothing here, or elsewhere, takes markup.

/** h('button', {class: 'quiet', onclick: f, 'aria-label': 'x'}, 'text', child...). Children that are null are left out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of children.flat(Infinity))
    if (child !== null && child !== undefined && child !== false) element.append(child);
}

export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** Only for addresses of this server's own. */
export function download(path, ...children) {
  return h('a', {href: path, download: '', class: 'button'}, ...children);
}

/** A stranger's address: it opens in a window of its own and learns nothing of this one. What is no web address is text. */
export function outside(address, text = address) {
  const isWeb = /^https?:\/\/[^\s]+$/i.test(address);
  return isWeb ? h('a', {href: address, target: '_blank', rel: 'noreferrer noopener', class: 'outside'}, text) :
                 h('span', {}, text);
}
