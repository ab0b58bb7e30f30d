/** One line of JSON, parsed so that no number is rounded and no nesting can exhaust the stack of a later reader. */

import { badRecord } from '../errors/usage-records.js';
import { formatDecimal, parseDecimal } from '../pricing/decimal.js';

/** Levels of arrays and objects; usage logs have about ten. */
export const DEEPEST_JSON = 200;

/**
 * Parses one JSON object. A number that a float cannot hold exactly becomes its text: a whole number beyond 2^53, which
 * is an id far more often than an amount, and a decimal of more than 15 significant digits, such as a cost. An exponent
 * is written out.
 *
 * @throws BAD_RECORD; the message never quotes the line, which may hold a prompt
 * @example parseJsonLine('{"id":12345678901234567890,"cost":0.1}') // { id: '12345678901234567890', cost: 0.1 }
 */
export function parseJsonLine(text: string): object {
  if (nestsDeeper(text, DEEPEST_JSON)) {
    throw badRecord(`is nested more than ${DEEPEST_JSON} levels deep`, 'import a log of plain usage records');
  }
  const value = parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  const kind = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  throw badRecord(`is a JSON ${kind}, not an object`, 'write one JSON object per line');
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (!/[\d.]{16}/.test(text)) return value;
    const exact = quoteLongNumbers(text);
    return exact === text ? value : JSON.parse(exact);
  } catch (cause) {
    const ended = cause instanceof Error && /end of JSON|Unterminated/.test(cause.message);
    throw badRecord(
      ended ? 'ends in the middle of a JSON value' : 'is not valid JSON',
      'write one JSON object per line',
    );
  }
}

/** Whether arrays and objects lie in each other more than `limit` levels deep; any text, JSON or not. */
export function nestsDeeper(text: string, limit: number): boolean {
  let depth = 0;
  if (text.length <= limit) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
    if (depth > limit) return true;
  }
  return false;
}

/** Whether text opens arrays, objects or a string that it does not close. */
export function isUnfinishedJson(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return depth > 0;
}

/** @param text  valid JSON */
function quoteLongNumbers(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) === QUOTE) at = endOfString(text, at);
    else if (isNumberPart(text[at]!)) {
      const start = at;
      while (at + 1 < text.length && isNumberPart(text[at + 1]!)) at++;
      const literal = text.slice(start, at + 1);
      if (isRounded(literal)) {
        parts.push(text.slice(kept, start), `"${writtenOut(literal)}"`);
        kept = at + 1;
      }
    }
  }
  return parts.join('') + text.slice(kept);
}

/** Digits of a decimal that a float is sure to keep. */
const FLOAT_DIGITS = 15;

/** Longer literals are not looked into. */
const LONG_LITERAL = 200;

function isRounded(literal: string): boolean {
  if (/^-?\d+$/.test(literal)) return !Number.isSafeInteger(Number(literal));
  if (literal.length > LONG_LITERAL) return true;
  const [digits] = literal.replace(/[-.]/g, '').split(/[eE]/);
  return digits!.replace(/^0+/, '').replace(/0+$/, '').length > FLOAT_DIGITS;
}

/** Without its exponent, which not every reader of numbers knows; as it is when the exponent is out of all range. */
function writtenOut(literal: string): string {
  const [, exponent] = /[eE]([+-]?\d+)$/.exec(literal) ?? [];
  return exponent !== undefined && literal.length <= LONG_LITERAL && Math.abs(Number(exponent)) <= 100
    ? formatDecimal(parseDecimal(literal))
    : literal;
}

const QUOTE = 0x22;

/** A letter e of `true` or `false` alone is harmless: it is no whole number. */
const isNumberPart = (char: string): boolean => '0123456789-+.eE'.includes(char);

/** Offset of the quote that closes the string opened at `open`; the text's last offset when none does. */
function endOfString(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length - 1;
}
