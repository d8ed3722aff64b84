/** What counts as a number in a file, and reading it fast and exactly. Called by the csv room and by messages about columns. */

const form = /^[ \t]*[+-]?(?:0|[1-9]\d*|(?=\.\d))(?:\.\d*)?(?:[eE][+-]?\d+)?[ \t]*$/u;

/** Whether a field is a number: digits without leading zeros, an optional fraction and exponent. `007` is a name, not seven; so are whole numbers a double cannot hold. */
export function isNumber(field: string): boolean {
  if (!form.test(field)) return false;
  const value = Number(field);
  return Number.isFinite(value) && (Math.abs(value) <= Number.MAX_SAFE_INTEGER || !/^\s*[+-]?\d+\s*$/u.test(field));
}

/** 10^0 to 10^22: the powers of ten a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, at) => Number(`1e${at}`));
const MOST_DIGITS = 15;

/**
 * The number that stands in text[start, end); NaN when none does.
 * Up to fifteen digits are read as one whole number over a power of ten, both exact, so that one division rounds right; anything longer goes to the engine's own reader.
 */
export function readNumber(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
  while (end > at && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
  const from = at;
  const sign = text.charCodeAt(at);
  if (sign === 45 || sign === 43) at++;
  let [digits, value, fraction, point] = [0, 0, 0, false];
  const first = at;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      value = value * 10 + (code - 48);
      digits++;
      if (point) fraction++;
    } else if (code === 46 && !point) point = true;
    else break;
  }
  const leadingZero = digits - fraction > 1 && text.charCodeAt(first) === 48;
  if (at === end && digits > 0 && digits <= MOST_DIGITS && !leadingZero) {
    const size = value / (powers[fraction] ?? 1);
    return sign === 45 ? -size : size;
  }
  const field = text.slice(from, end);
  return isNumber(field) ? Number(field) : Number.NaN;
}
