import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Files, scene } from '../cli/scene.js';
import { tokens } from '../cli/token-text.js';
import { git, repositoryWith } from '../files/folder.js';
import { bin, plainEnv } from './program.js';

const CONFIG = 'tokenhub.config.yaml';
const config = (max: number): string =>
  `budgets:\n  - { name: prompts, paths: ["prompts/**/*.md"], max: ${max} tokens, allowEmpty: true }\n`;

/** Milliseconds after which a change that was not seen never will be. */
const PATIENCE = 20_000;

interface Watching {
  readonly folder: string;
  /** What it printed since the last time this was asked, once it says that it waits again. */
  readonly nextRun: () => Promise<string>;
  readonly ends: () => Promise<{ readonly code: number | null; readonly text: string }>;
  readonly child: ChildProcess;
}

/** `tokenhub check --watch` as a process in a folder, ended with the test. */
function watching(folder: string, ...flags: string[]): Watching {
  const child = spawn(process.execPath, [bin, 'check', '--watch', ...flags], { cwd: folder, env: plainEnv() });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  let told: () => void = () => {};
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      told();
    });
  const take = (): string => {
    const taken = text;
    text = '';
    return taken;
  };
  const nextRun = async (): Promise<string> => {
    const until = Date.now() + PATIENCE;
    while (!text.includes('Ctrl-C ends')) {
      const left = until - Date.now();
      if (left <= 0) throw new Error(`no run within ${PATIENCE} ms; printed: ${text}`);
      await Promise.race([new Promise<void>((wake) => (told = wake)), later(left)]);
    }
    return take();
  };
  const ends = (): Promise<{ code: number | null; text: string }> =>
    new Promise((answer) => child.on('close', (code) => answer({ code, text })));
  return { folder, nextRun, ends, child };
}

const later = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

async function started(files: Files, ...flags: string[]): Promise<Watching> {
  const it = watching(scene(files).folder, ...flags);
  await it.nextRun();
  return it;
}

/** A row of the table. */
const verdictOn = (rest: string): RegExp => new RegExp(`TH\\d+ .*${rest}`);

/** What each run said of its cause, its answer and what is watched. */
const runsIn = (text: string): string[] => [...text.matchAll(/^.* run: .*(?=, Ctrl-C ends)/gm)].map(([line]) => line);

const FILES = { [CONFIG]: config(10), 'prompts/a.md': tokens(5) };

describe('check --watch', () => {
  test('judges at once, and says what it waits for', async () => {
    const it = watching(scene(FILES).folder);
    const text = await it.nextRun();
    expect(text).toMatch(/ok +TH000 +prompts +prompts\/a\.md/);
    expect(text).toContain('first run: passed; watching 2 files, Ctrl-C ends');
    expect(text).not.toContain('\u001b');
  });

  test('judges again when a file changes, is new, is renamed, and is gone', async () => {
    const it = await started(FILES);
    writeFileSync(join(it.folder, 'prompts/a.md'), tokens(11));
    expect(await it.nextRun()).toMatch(/TH001[\s\S]*after prompts\/a\.md run: exit code 1/);
    mkdirSync(join(it.folder, 'prompts/new'));
    writeFileSync(join(it.folder, 'prompts/new/b.md'), tokens(12));
    expect(await it.nextRun()).toMatch(/12 tokens[\s\S]*after prompts\/new\/b\.md run/);
    renameSync(join(it.folder, 'prompts/new/b.md'), join(it.folder, 'prompts/new/c.md'));
    expect(await it.nextRun()).toMatch(/prompts\/new\/c\.md/);
    rmSync(join(it.folder, 'prompts/new'), { recursive: true });
    writeFileSync(join(it.folder, 'prompts/a.md'), tokens(3));
    const last = await it.nextRun();
    expect(last).not.toContain('new/c.md');
    expect(last).toContain('passed');
  });

  test('sees a file that an editor replaces as a whole, again and again', async () => {
    const it = await started(FILES);
    for (const n of [6, 7, 8]) {
      writeFileSync(join(it.folder, 'prompts/.a.md.swp'), tokens(n));
      renameSync(join(it.folder, 'prompts/.a.md.swp'), join(it.folder, 'prompts/a.md'));
      expect(await it.nextRun()).toContain(`${n} tokens`);
    }
  });

  test('sees a folder that is made later, and one that is made again', async () => {
    const it = await started({ [CONFIG]: config(10) });
    for (const n of [4, 5]) {
      mkdirSync(join(it.folder, 'prompts/deep'), { recursive: true });
      writeFileSync(join(it.folder, 'prompts/deep/a.md'), tokens(n));
      let text = await it.nextRun();
      if (!text.includes(`${n} tokens`)) text = await it.nextRun();
      expect(text).toMatch(verdictOn(`prompts/deep/a.md +${n} tokens`));
      rmSync(join(it.folder, 'prompts'), { recursive: true });
      const gone = await it.nextRun();
      expect(gone).toContain('after prompts/deep/a.md run');
      expect(gone).not.toMatch(verdictOn('prompts/deep/a.md'));
    }
  });

  test('goes on with a folder that is replaced at once, as git does it', async () => {
    const it = await started(FILES);
    rmSync(join(it.folder, 'prompts'), { recursive: true });
    mkdirSync(join(it.folder, 'prompts'));
    writeFileSync(join(it.folder, 'prompts/a.md'), tokens(7));
    expect(await it.nextRun()).toContain('7 tokens');
    writeFileSync(join(it.folder, 'prompts/a.md'), tokens(8));
    const text = await it.nextRun(); // of the folder that was replaced there is no second run
    expect(text).toContain('8 tokens');
    expect(runsIn(text)).toEqual(['after prompts/a.md run: passed; watching 2 files']);
  });

  test('waits out a config that is broken while it is edited', async () => {
    const it = await started(FILES);
    writeFileSync(join(it.folder, CONFIG), 'budgets: [');
    const broken = await it.nextRun();
    expect(broken).toContain(`error: ${CONFIG}:1`);
    expect(broken).toContain('exit code 2; watching');
    writeFileSync(join(it.folder, CONFIG), config(4));
    expect(await it.nextRun()).toMatch(/TH001[\s\S]*exit code 1/);
  });

  test.each([
    ['no config', {}, 'there is no config'],
    ['a broken config', { [CONFIG]: 'budgets: [' }, `error: ${CONFIG}:1`],
  ])('begins with %s, and goes on when there is a whole one', async (_, files: Files, told) => {
    const it = watching(scene({ ...files, 'prompts/a.md': tokens(5) }).folder);
    expect(await it.nextRun()).toContain(told);
    writeFileSync(join(it.folder, CONFIG), config(10));
    expect(await it.nextRun()).toContain('passed');
  });

  test('is quiet about files of no budget, and those that git ignores', async () => {
    const folder = repositoryWith({ ...FILES, '.gitignore': 'prompts/out/\n' });
    git(folder, 'add', '.');
    const it = watching(folder);
    await it.nextRun();
    writeFileSync(join(folder, 'prompts/note.txt'), 'x');
    mkdirSync(join(folder, 'prompts/out'));
    writeFileSync(join(folder, 'prompts/out/b.md'), tokens(50));
    writeFileSync(join(folder, 'prompts/a.md'), tokens(6));
    const text = await it.nextRun(); // the first and only one, and of the same files
    expect(runsIn(text)).toEqual(['after prompts/a.md run: passed; watching 2 files']);
    expect(text).toContain('6 tokens');
  });

  test('judges again when an included config changes, also one that was broken from the start', async () => {
    const included = 'packages/a/tokenhub.config.yaml';
    const it = watching(
      scene({ [CONFIG]: `include: [${included}]\n`, [included]: 'budgets: [', 'packages/a/prompts/a.md': tokens(5) })
        .folder,
    );
    expect(await it.nextRun()).toContain(`error: ${included}:1`);
    writeFileSync(join(it.folder, included), config(10));
    expect(await it.nextRun()).toContain(`after ${included} run: passed`);
    writeFileSync(join(it.folder, included), config(4));
    expect(await it.nextRun()).toMatch(/TH001[\s\S]*run: exit code 1/);
  });

  test.each([
    ['beside the config', 'tokenhub-baseline.json', []],
    ['that is named', 'measured/before.json', ['--baseline', 'measured/before.json']],
  ])('judges again when the baseline %s changes', async (_, file, flags: readonly string[]) => {
    const growth = config(10).replace('max: 10 tokens', 'maxIncrease: { tokens: 2 }');
    const { folder, path, tokenhub } = scene({ [CONFIG]: growth, 'prompts/a.md': tokens(5), 'measured/x': '' });
    expect((await tokenhub('check', '--update-baseline', ...flags)).exitCode).toBe(0);
    const of5 = readFileSync(path(file), 'utf8');
    const it = watching(folder, ...flags);
    expect(await it.nextRun()).toContain('first run: passed; watching 3 files');
    writeFileSync(path(file), of5.replace(/\b5\b/, '1')); // 5 - 1 = 4, over 2
    expect(await it.nextRun()).toMatch(/TH007[\s\S]*run: exit code 1/);
    writeFileSync(path(file), of5);
    expect(await it.nextRun()).toContain(`after ${file} run: passed`);
  });

  test('watches paths that are typed, without a config', async () => {
    const it = await started({ 'a.md': tokens(5) }, 'a.md', '--max', '6 tokens');
    writeFileSync(join(it.folder, 'a.md'), tokens(7));
    expect(await it.nextRun()).toMatch(/TH001[\s\S]*after a\.md run: exit code 1/);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with 130, and without a stack', async (signal) => {
    const it = await started(FILES);
    const ended = it.ends();
    it.child.kill(signal);
    expect(await ended).toEqual({ code: 130, text: '' });
  });

  test.each([
    ['--output', ['-o', 'r.md']],
    ['--update-baseline', ['--update-baseline']],
  ])('takes no %s: what it writes could be what changes', async (flag, typed) => {
    const { exitCode, stderr } = await scene(FILES).tokenhub('check', '--watch', ...typed);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('writes no files');
    expect(stderr).toContain(`leave out ${flag}`);
  });

  test('takes no standard input, which comes once', async () => {
    const { exitCode } = await scene().tokenhub('check', '-', '--watch', '--max', '1k tokens');
    expect(exitCode).toBe(2);
  });
});
