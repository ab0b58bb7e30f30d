import { fixedRandom } from './random.js';

const LOCALES =
  'am ar bn de el en es fa fr gu he hi hy ja ka km kn ko lo ml mr my ne pa pl ru si ta te th tr uk ur vi zh'.split(' ');
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const DAYS = 20_000;
const DAY = 86_400_000;

/** Every two-letter code of a country or language; codes that name nothing are left out by the caller. */
const CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

/** What a language calls countries, languages and currencies. */
function namesIn(locale) {
  const named = (type, codes) => {
    const names = new Intl.DisplayNames(locale, { type, fallback: 'none' });
    return codes.map((code) => names.of(code)).filter((name) => name !== undefined);
  };
  const regions = CODES.map((code) => code.toUpperCase());
  return [
    ...named('region', regions),
    ...named('language', CODES),
    ...named('currency', Intl.supportedValuesOf('currency')),
  ];
}

/**
 * Writes sentences in one language: a day, a list of names, and names in a row, which are one long run of letters where a
 * language writes no spaces.
 */
function writerIn(locale, { pick, below }) {
  const names = namesIn(locale);
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
  const lists = new Intl.ListFormat(locale);
  const rows = new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' });
  const some = () => Array.from({ length: 2 + below(5) }, () => pick(names));
  return () => `${dates.format(below(DAYS) * DAY)}: ${lists.format(some())}. ${rows.format(some())}.`;
}

/** Paragraphs in 35 languages and about two dozen scripts, one language after the other, from the names that come with Node. */
export function generateMultiScript(bytes) {
  const random = fixedRandom();
  const writers = LOCALES.map((locale) => writerIn(locale, random));
  const paragraphs = [];
  for (let size = 0, i = 0; size < bytes; i++) {
    const paragraph = Array.from({ length: 5 }, writers[i % writers.length]).join(' ');
    paragraphs.push(paragraph);
    size += Buffer.byteLength(paragraph) + 2;
  }
  return paragraphs.join('\n\n');
}
