// A message as GET messages/ID gives it, read as a tree of parts.

/** All parts with their numbers as the API has them: depth first, the message itself being 0. */
export function allParts(message) {
  const found = [];
  const visit = (part, depth) => {
    // The root's `size` is the message's.
    const size = depth === 0 ? message.content_size : part.size;
    found.push({...part, size, depth, number: found.length});
    for (const inner of part.parts ?? []) visit(inner, depth + 1);
  };
  visit(message, 0);
  return found;
}

export const leavesOf = (parts) => parts.filter((part) => part.parts === null);

export const isAttachment = (leaf) => leaf.disposition === 'attachment' ||
    (leaf.filename !== null && !leaf.content_type.startsWith('text/')) || !/^(text|message)\//.test(leaf.content_type);

export const nameOf = (leaf, otherwise) => leaf.filename || (leaf.content_id ? `cid:${leaf.content_id}` : otherwise);

/** Types that browsers draw without running anything. The server gives all others as octets to be saved. */
const drawable = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);

export const isDrawable = (leaf) => drawable.has(leaf.content_type);
