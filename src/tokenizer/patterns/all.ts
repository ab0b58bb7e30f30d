/**
 * The splitting patterns as hand-written scanners over UTF-8 bytes: linear on any input, no regular expressions.
 * Each pattern is quoted where it is implemented. An alternative that a regex engine would find by backtracking is worked
 * out from the runs of classes; the reasoning stands beside it.
 */

import { splitCl100k, splitQwen, splitQwen35 } from './cl100k.js';
import { splitDeepseek } from './deepseek.js';
import { splitKimi } from './kimi.js';
import type { Splitter } from './next-piece.js';
import { splitO200k, splitTekken } from './o200k.js';
import { splitR50k } from './r50k.js';

export type PatternName = 'r50k' | 'cl100k' | 'qwen' | 'qwen35' | 'o200k' | 'tekken' | 'kimi' | 'deepseek';

export const splitters: Readonly<Record<PatternName, Splitter>> = {
  r50k: splitR50k,
  cl100k: splitCl100k,
  qwen: splitQwen,
  qwen35: splitQwen35,
  o200k: splitO200k,
  tekken: splitTekken,
  kimi: splitKimi,
  deepseek: splitDeepseek,
};
