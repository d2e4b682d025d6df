import en from './words/en.js';
import smtpEn from './words/smtp_en.js';
import smtpZh from './words/smtp_zh.js';
import zh from './words/zh.js';

const tables = {en: {...en, ...smtpEn}, zh: {...zh, ...smtpZh}};

function preferred() {
  try {
    const chosen = localStorage.getItem('language');
    if (chosen in tables) return chosen;
  } catch {
    // Nothing is kept here: what the browser speaks decides.
  }
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export const language = preferred();
export const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
const table = tables[language];

/** The sentence, its {names} replaced. */
export const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** The sentence for `key`. */
export const t = (key, values = {}) => filled(table[key] ?? key, values);

export const knows = (key) => Object.hasOwn(table, key);

/** A sentence with a number in it: English tells one from many. */
export const tn = (key, count, values = {}) =>
    t(count === 1 && knows(`${key}.one`) ? `${key}.one` : key, {count: count.toLocaleString(locale), ...values});

export function speak(name) {
  try {
    localStorage.setItem('language', name);
  } catch {
    return;
  }
  location.reload();
}
