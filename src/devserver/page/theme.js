// A classic script at the head of the page, so that it runs before the first paint: nothing flashes.
'use strict';

const theme = {
  /** 'light', 'dark', or '' for what the system prefers. */
  chosen() {
    try {
      return localStorage.getItem('theme') ?? '';
    } catch {
      return '';
    }
  },
  choose(name) {
    document.documentElement.dataset.theme = name;
    try {
      localStorage.setItem('theme', name);
    } catch {
      // A browser that keeps nothing still shows it until the page is left.
    }
  },
  isDark() {
    const name = document.documentElement.dataset.theme;
    return name ? name === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  },
};

document.documentElement.dataset.theme = theme.chosen();
globalThis.postriderTheme = theme;
