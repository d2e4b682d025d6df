import {filled, language, t} from './i18n.js';
import chinese from './words/errors_zh.js';

/** What the server answered instead of what was asked, in the reader's language. `status` is 0 where it did not answer. */
export class ApiError extends Error {
  constructor(status, {error, code, args}) {
    super(language === 'zh' && Object.hasOwn(chinese, code) ? filled(chinese[code], args) : error);
    this.status = status;
  }
}

/** Of a response that is none of those one hoped for. */
export async function errorOf(response) {
  const told = await response.json().catch(() => null);
  return new ApiError(response.status, typeof told?.error === 'string' ? told : {error: `HTTP ${response.status}`});
}

/** What a failed fetch becomes; one that was called off stays what it is. */
export function notReached(error) {
  throw error.name === 'AbortError' ? error : new ApiError(0, {error: t('lost')});
}
