import {addressOf, stream} from '../api.js';
import {download, h} from '../dom.js';
import {octets} from '../format.js';
import {t} from '../i18n.js';
import {icon} from '../icons.js';
import {imageSize} from '../image_size.js';
import {isAttachment, isDrawable, nameOf} from '../parts.js';

const mostPixels = 40_000_000;  // what is drawn takes four octets for each
const headOctets = 64 * 1024;

/** Attached files and inline images as cards; images that are safe to draw show themselves. */
export function showAttachments({message, leaves, signal}) {
  return h('ul', {class: 'cards'}, leaves.filter(isAttachment).map((leaf) => card(message, leaf, signal)));
}

function card(message, leaf, signal) {
  const name = nameOf(leaf, t('part.number', {number: leaf.number}));
  const picture = h('div', {class: 'picture'}, icon('file'));
  if (isDrawable(leaf)) draw(picture, addressOf.part(message.id, leaf.number), name, signal);
  return h('li', {class: 'card'}, picture,
      h('div', {class: 'what'}, h('b', {title: name}, h('bdi', {}, name)), h('span', {class: 'hint'}, `${leaf.content_type} · ${octets(leaf.size ?? 0)}`)),
      download(addressOf.part(message.id, leaf.number), icon('save'), t('save')));
}

// An image of a few octets may be one of many gigabytes once it is drawn: its head tells before anything is decoded.
async function draw(picture, address, name, signal) {
  try {
    const size = imageSize(await firstOctets(address, signal));
    if (!size || size.width * size.height > mostPixels) {
      picture.append(h('span', {class: 'hint'}, size ? t('image.huge', size) : t('image.unknown')));
      return;
    }
    picture.replaceChildren(h('img', {src: address, alt: name, loading: 'lazy'}));
    picture.title = t('image.size', size);
  } catch {
    // It stays a file without a picture, and can be saved.
  }
}

async function firstOctets(address, signal) {
  const reader = (await stream(address, signal)).body.getReader();
  const octetsRead = [];
  while (octetsRead.length < headOctets) {
    const {done, value} = await reader.read();
    if (done) break;
    for (const octet of value.subarray(0, headOctets - octetsRead.length)) octetsRead.push(octet);
  }
  reader.cancel();
  return Uint8Array.from(octetsRead);
}
