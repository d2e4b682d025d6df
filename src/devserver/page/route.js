// What is looked at stands behind the address's #, so that it can be kept, shared and gone back to.

const fields = ['inbox', 'query', 'message', 'view'];

/** {inbox?, query?, message?, view?}, all of it text that anybody may have written. */
export function read() {
  const values = new URLSearchParams(location.hash.slice(1));
  const route = {};
  for (const name of fields)
    if (values.has(name)) route[name] = values.get(name);
  return route;
}

export function write(route, {asNewStep = false} = {}) {
  const values = new URLSearchParams();
  for (const name of fields)
    if (route[name] !== undefined && (route[name] !== '' || name === 'inbox')) values.set(name, route[name]);
  const hash = values.size ? `#${values}` : location.pathname;
  if (hash === location.hash) return;
  if (asNewStep) history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
}
