/** Parts that the splitting patterns share; the twin of `patterns/runs.ts`. */

import { BLANK, characterLength, classAt, endOfByte, NEWLINE, NUMBER } from './characters';

export const APOSTROPHE: u32 = 0x27;
export const SPACE: u32 = 0x20;
const WHITE_SPACE: u32 = BLANK | NEWLINE;

/** `\p{N}{1,most}`, from a first digit. */
export function endOfDigits(at: usize, most: i32): usize {
  for (let digits = 0; digits < most && classAt(at) & NUMBER; digits++) at += characterLength(load<u8>(at));
  return at;
}

/** `\s+(?!\S)|\s+` */
export function endOfBlanks(start: usize): usize {
  let last = start;
  let at = start + characterLength(load<u8>(start));
  let next = classAt(at);
  while (next & WHITE_SPACE) {
    last = at;
    at += characterLength(load<u8>(at));
    next = classAt(at);
  }
  return next === 0 || last === start ? at : last;
}

/**
 * `\s*[\r\n]+|\s+(?!\S)|\s+`
 *
 * @param barrier  classes that end the text for `(?!\S)`; when there are any, ideographs end it too
 */
export function endOfLines(start: usize, barrier: u32): usize {
  let afterNewline: usize = 0;
  let last = start;
  let at = start;
  let next = classAt(at);
  do {
    if (load<u8>(at) === SPACE) {
      at = endOfByte(at + 1, <u8>SPACE);
      last = at - 1;
    } else {
      last = at;
      at += characterLength(load<u8>(at));
    }
    if (next & NEWLINE) afterNewline = at;
    next = classAt(at);
  } while (next & WHITE_SPACE);
  if (afterNewline > 0) return afterNewline;
  const isEnd = next === 0 || (barrier !== 0 && (next & barrier || isIdeograph(at)));
  return isEnd || last === start ? at : last;
}

/** Bytes of `'s|'t|'re|'ve|'m|'ll|'d` at an apostrophe; 0 when it begins none. */
export function contraction(at: usize): usize {
  const first: u32 = load<u8>(at, 1);
  if (first === 0x73 || first === 0x74 || first === 0x6d || first === 0x64) return 2; // s t m d
  const second: u32 = load<u8>(at, 2);
  if ((first === 0x72 || first === 0x76) && second === 0x65) return 3; // re ve
  return first === 0x6c && second === 0x6c ? 3 : 0; // ll
}

/** The same under `(?i:…)`: ASCII case, and U+017F. */
export function foldedContraction(at: usize): usize {
  const first = lowerCase(load<u8>(at, 1));
  if (first === 0x73 || first === 0x74 || first === 0x6d || first === 0x64) return 2;
  const second = lowerCase(load<u8>(at, 2));
  if ((first === 0x72 || first === 0x76) && second === 0x65) return 3;
  if (first === 0x6c && second === 0x6c) return 3;
  return load<u8>(at, 1) === 0xc5 && load<u8>(at, 2) === 0xbf ? 3 : 0;
}

@inline
function lowerCase(byte: u32): u32 {
  return byte - 0x41 < 26 ? byte | 0x20 : byte;
}

/** U+4E00 … U+9FA5, U+3040 … U+30FF: three bytes each. */
export function isIdeograph(at: usize): bool {
  const lead: u32 = load<u8>(at);
  if (lead < 0xe3 || lead > 0xe9) return false;
  const codePoint = ((lead & 0x0f) << 12) | ((<u32>load<u8>(at, 1) & 0x3f) << 6) | (<u32>load<u8>(at, 2) & 0x3f);
  return (codePoint >= 0x4e00 && codePoint <= 0x9fa5) || (codePoint >= 0x3040 && codePoint <= 0x30ff);
}
