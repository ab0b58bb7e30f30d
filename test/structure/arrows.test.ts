import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');

/** Rooms from the top down; a room may import itself and what stands on a lower floor. */
const FLOORS = [
  ['cli'],
  ['render', 'files', 'ledger'],
  ['report', 'budget', 'hub'],
  ['usage'],
  ['pricing'],
  ['tokenizer'],
];
/** What stands beside the rooms, so that any of them may import it. */
const BESIDE = new Set(['errors', '(nearest.ts)', '(group-by.ts)', '(load-driver.ts)']);
const PURE = new Set(['report', 'budget', 'hub', 'usage', 'pricing', 'tokenizer']);
/** Packages that touch nothing outside the process. */
const PURE_PACKAGES = new Set(['temporal-polyfill', '@pydantic/genai-prices']);

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : [];
  });

const roomOf = (path: string): string => {
  const [room] = relative(src, path).split('/');
  return room.endsWith('.ts') ? `(${room})` : room;
};

const importsOf = (path: string): string[] =>
  [
    ...readFileSync(path, 'utf8').matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g,
    ),
  ].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare);

const floorOf = (room: string): number => FLOORS.findIndex((rooms) => rooms.includes(room));

describe('the house', () => {
  const all = files(src);

  test('has the rooms it says it has', () => {
    const rooms = new Set(all.map(roomOf));
    expect([...rooms].sort()).toEqual([...FLOORS.flat(), ...BESIDE, '(index.ts)'].sort());
  });

  test('has arrows that run downwards only', () => {
    const upward: string[] = [];
    for (const path of all)
      for (const target of importsOf(path).filter((name) => name.startsWith('.'))) {
        const [from, to] = [roomOf(path), roomOf(resolve(dirname(path), target.replace(/\.js$/, '.ts')))];
        if (from === to || BESIDE.has(to) || from === '(index.ts)') continue;
        const downward = floorOf(from) < floorOf(to) && floorOf(from) >= 0;
        if (!downward) upward.push(`${relative(src, path)} -> ${target}`);
      }
    expect(upward).toEqual([]);
  });

  test('keeps its pure rooms free of Node, of packages that touch the world, of clocks and of process', () => {
    const impure: string[] = [];
    for (const path of all.filter((file) => PURE.has(roomOf(file)))) {
      for (const name of importsOf(path))
        if (!name.startsWith('.') && !PURE_PACKAGES.has(name)) impure.push(`${relative(src, path)}: ${name}`);
      const code = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      for (const word of code.match(
        /\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bBuffer\b|\bTemporal\.Now\b/g,
      ) ?? [])
        impure.push(`${relative(src, path)}: ${word}`);
    }
    expect(impure).toEqual([]);
  });

  test('has one error class, made in one folder', () => {
    const makers = all.filter((path) => /new TokenhubError\(|extends Error\b/.test(readFileSync(path, 'utf8')));
    expect(makers.filter((path) => roomOf(path) !== 'errors')).toEqual([]);
    const classes = makers.filter((path) => /extends Error\b/.test(readFileSync(path, 'utf8')));
    expect(classes.map((path) => relative(src, path))).toEqual(['errors/tokenhub-error.ts']);
  });

  test('has no drawer of utilities, no default export and no class hierarchy of its own', () => {
    expect(all.filter((path) => /\/(utils?|helpers?|misc|common)\.ts$/.test(path))).toEqual([]);
    expect(all.filter((path) => /^export default/m.test(readFileSync(path, 'utf8')))).toEqual([]);
  });
});
