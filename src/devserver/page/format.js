import {locale, t} from './i18n.js';

export function octets(count) {
  if (count < 1024) return t('size.octets', {count});
  const units = ['KiB', 'MiB', 'GiB'];
  let size = count / 1024;
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; ++unit) size /= 1024;
  return `${size.toFixed(size < 10 ? 1 : 0)} ${units[unit]}`;
}

export const number = (count) => count.toLocaleString(locale);

/** For a list: the clock for today, else the day. */
export function shortTime(iso, now = new Date()) {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return '';
  if (when.toDateString() === now.toDateString())
    return when.toLocaleTimeString(locale, {hour: '2-digit', minute: '2-digit'});
  const day = {day: 'numeric', month: 'short'};
  if (when.getFullYear() !== now.getFullYear()) day.year = 'numeric';
  return when.toLocaleDateString(locale, day);
}

export function longTime(iso) {
  const when = new Date(iso);
  return Number.isNaN(when.getTime()) ? iso : when.toLocaleString(locale, {dateStyle: 'medium', timeStyle: 'medium'});
}
