/** Which model counts images by which formula. */

import { normalName } from '../model-names.js';
import { CLAUDE_HIGH_RESOLUTION, CLAUDE_STANDARD, claudeArea, claudePatches } from './claude.js';
import { geminiBudget, geminiTiles } from './gemini.js';
import type { ImageFormula } from './image-formula.js';
import { openaiPatchFormula, type PatchBudget } from './openai-patches.js';
import { openaiTiles } from './openai-tiles.js';
import { QWEN_28, QWEN_32, qwenGrid } from './qwen.js';

interface ImageModels {
  /** What a normal name (`model-names.ts`) begins with; the longest wins, and neither a letter, a digit nor a dot follows it. */
  readonly stems: string;
  readonly formula: ImageFormula;
}

const SMALL: PatchBudget = { patches: 1536, side: 2048 };
const MEDIUM: PatchBudget = { patches: 2500, side: 2048 };
const LARGE: PatchBudget = { patches: 10_000, side: 6000 };
const MEASURED = 'measured at 1.20 in the OpenAI forum, topics 1377015 and 1372291, 2026-03';

const small = (hundredths: number, source: string): ImageFormula =>
  openaiPatchFormula({ hundredths, high: SMALL, original: SMALL, auto: 'high' }, source);
/** A 128 × 64 image of gpt-4.1-mini was billed with 14 tokens where this gives 13 (OpenAI forum, topic 1262691, 2025). */
const documented = (hundredths: number): ImageFormula => small(hundredths, 'bills were seen to differ by 1 token');

const table: readonly ImageModels[] = [
  {
    stems: 'gpt-4o gpt-4.1 gpt-4.5 gpt-4-turbo gpt-4-vision chatgpt-4o',
    formula: openaiTiles({ base: 85, tile: 170 }),
  },
  { stems: 'gpt-4o-mini', formula: openaiTiles({ base: 2833, tile: 5667 }) },
  { stems: 'o1 o1-pro o3 o3-pro', formula: openaiTiles({ base: 75, tile: 150 }) },
  { stems: 'gpt-5 gpt-5-chat', formula: openaiTiles({ base: 70, tile: 140 }) },
  { stems: 'computer-use', formula: openaiTiles({ base: 65, tile: 129 }) },
  { stems: 'gpt-4.1-mini', formula: documented(162) },
  { stems: 'gpt-4.1-nano', formula: documented(246) },
  { stems: 'o4-mini codex-mini', formula: documented(172) },
  // The bill decides: the guide says 1.62 and 2.46, bills show 1.20 and 1.50.
  { stems: 'gpt-5-mini gpt-5.4-mini', formula: small(120, `documented at 1.62, ${MEASURED}`) },
  {
    stems: 'gpt-5-nano',
    formula: small(150, 'documented at 2.46, measured at 1.50 in the OpenAI forum, topic 1377015, 2026-03'),
  },
  { stems: 'gpt-5.4-nano', formula: small(120, `documented at 2.46, ${MEASURED}`) },
  { stems: 'gpt-5.2 gpt-5.3-codex', formula: small(120, `no factor documented, ${MEASURED}`) },
  {
    stems: 'gpt-5.4',
    formula: openaiPatchFormula(
      { hundredths: 120, high: MEDIUM, original: LARGE, auto: 'high' },
      `no factor documented, ${MEASURED}`,
    ),
  },
  {
    stems: 'gpt-5.5',
    formula: openaiPatchFormula(
      { hundredths: 120, high: MEDIUM, original: LARGE, auto: 'original' },
      'no factor documented or measured: that of gpt-5.4',
    ),
  },
  {
    stems: 'gpt-5.6 gpt-5.6-luna gpt-5.6-sol gpt-5.6-terra',
    formula: openaiPatchFormula(
      { hundredths: 120, high: MEDIUM, original: null, auto: 'original' },
      'no factor documented or measured: that of gpt-5.4',
    ),
  },
  { stems: 'claude-3 claude-3.5 claude-3.7', formula: claudeArea },
  {
    stems:
      'claude-4 claude-4.1 claude-4.5 claude-4.6 claude-opus-4 claude-opus-4.0 claude-opus-4.1 claude-opus-4.5 claude-opus-4.6 ' +
      'claude-sonnet-4 claude-sonnet-4.0 claude-sonnet-4.5 claude-sonnet-4.6 claude-haiku-4 claude-haiku-4.5',
    formula: claudePatches(CLAUDE_STANDARD),
  },
  {
    stems:
      'claude-opus-4-7 claude-opus-4.7 claude-opus-4-8 claude-opus-4.8 claude-opus-5 claude-opus-5.5 claude-sonnet-5 ' +
      'claude-haiku-5 claude-fable-5 claude-fable-5.1',
    formula: claudePatches(CLAUDE_HIGH_RESOLUTION),
  },
  { stems: 'gemini-1.5 gemini-2.0 gemini-2.5', formula: geminiTiles },
  { stems: 'gemini-3 gemini-3.1 gemini-3.5', formula: geminiBudget },
  {
    stems: 'qwen2-vl qwen2.5-vl qwen-2-vl qwen-2.5-vl qvq',
    formula: qwenGrid(QWEN_28, 'with the budget of DashScope, 1,280 tokens; open weights default to 16,384'),
  },
  {
    stems: 'qwen3-vl qwen-3-vl qwen3.5 qwen3.6 qwen3.7',
    formula: qwenGrid(QWEN_32, 'with the budget of DashScope, 2,560 tokens; open weights default to 16,384'),
  },
  {
    stems: 'qwen-vl-max qwen-vl-plus',
    formula: {
      ...qwenGrid(QWEN_32, 'snapshots before 2025-08 had squares of 28 pixels and 1,280 tokens'),
      method: 'approximate',
    },
  },
];

const stems = table
  .flatMap(({ stems, formula }) => stems.split(' ').map((stem) => ({ stem, formula })))
  .sort((a, b) => b.stem.length - a.stem.length);

/** Some models a formula is known for, to name in an error. */
export const IMAGE_MODEL_EXAMPLES = [
  'gpt-4o',
  'gpt-5-mini',
  'claude-sonnet-4-5',
  'gemini-2.5-pro',
  'qwen3-vl-plus',
] as const;

/**
 * The formula a model counts images by; `null`: none is known, or the model sees no images.
 *
 * @example imageFormulaOf('azure/gpt-4o-2024-08-06')?.name // 'openai tiles 85 + 170'
 */
export function imageFormulaOf(model: string): ImageFormula | null {
  const name = normalName(model);
  return stems.find(({ stem }) => name.startsWith(stem) && isWhole(name.slice(stem.length)))?.formula ?? null;
}

/** OpenAI sells small models under the name of a large one: what follows its stem decides. */
const isWhole = (rest: string): boolean =>
  rest === '' || (rest[0] === '-' && !/^-(?:mini|nano|codex|audio|tts|transcribe|embedding)/.test(rest));
