import { existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { loadDriver } from '../../src/load-driver.js';
import { zipOf } from '../files/zip-of.js';
import { scene } from './scene.js';

const LOG =
  'timestamp,request_id,model,provider,input_tokens,output_tokens\n2026-10-05T08:00:00Z,r-1,gpt-4o,openai,1000,0\n';
const FILES = {
  'log.csv': LOG,
  'rates.csv': 'date,base,quote,rate,source\n2026-10-05,EUR,USD,1.1,bank\n',
  'kpi.csv': 'date,unit,metric,value\n2026-10-05,,tickets,10\n',
  'more.csv': LOG.replace('r-1', 'r-2'),
  'tokenhub.config.yaml': 'budgets: [{ name: logs, paths: ["*.csv"], max: 10k tokens }]\n',
};

async function imported() {
  const at = scene(FILES);
  expect((await at.tokenhub('import', 'log.csv')).exitCode).toBe(0);
  return at;
}

describe('an output', () => {
  test.each([
    ['rates.csv', ['--currency', 'EUR', '--rates', 'rates.csv']],
    ['kpi.csv', ['--metrics', 'kpi.csv', '--per', 'tickets']],
  ] as const)('never overwrites %s, which the report reads', async (file, flags) => {
    const { tokenhub, path } = await imported();
    const { exitCode, stderr } = await tokenhub('report', ...flags, '-o', file);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${file}: is the ledger, the config or an input of this command`);
    expect(readFileSync(path(file), 'utf8')).toBe(FILES[file]);
  });

  test.each([
    ['the same name', 'out.json', 'csv=out.json'],
    ['another path', 'out.json', 'csv=./sub/../out.json'],
    ['a link', 'out.json', 'csv=link.csv'],
  ])('never replaces another output of the same command, by %s', async (_, first, second) => {
    const { tokenhub, path } = await imported();
    writeFileSync(path('out.json'), 'before');
    symlinkSync(path('out.json'), path('link.csv'));
    const { exitCode, stderr } = await tokenhub(
      'report',
      '-o',
      path(first),
      '-o',
      second.replace('=', `=${path('')}/`),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${second.slice(4)}: is named for two outputs`);
    expect(readFileSync(path('out.json'), 'utf8')).toBe('before');
  });

  test.each(['json=-', 'markdown='])('of %s names no file', async (typed) => {
    const { tokenhub, path } = scene(FILES);
    const { exitCode, stderr } = await tokenhub('check', '-o', typed);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`--output: "${typed}" names no file`)]);
    expect(existsSync(path('-'))).toBe(false);
  });

  test('never overwrites what a check judges, by a hard link', async () => {
    const { tokenhub, path } = scene(FILES);
    linkSync(path('log.csv'), path('hard.md'));
    const { exitCode, stderr } = await tokenhub('check', '-o', 'markdown=hard.md');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('hard.md: is the ledger, the config or an input')]);
    expect(readFileSync(path('log.csv'), 'utf8')).toBe(LOG);
  });

  test.each([
    [['report'], 'end it in .json, .ndjson, .jsonl, .csv, .md or .txt, or write'],
    [['flow'], 'end it in .json, .ndjson, .jsonl, .csv, .md, .txt or .mmd, or write'],
  ])('of %s whose name tells no format: the endings that do are said', async (command, hint) => {
    expect((await scene().tokenhub(...command, '-o', 'x.zzz')).stderr).toContain(hint);
  });

  test.each([
    ['report', ['report']],
    ['imports', ['imports']],
    ['imports --coverage', ['imports', '--coverage']],
    ['imports undo', ['imports', 'undo', '1']],
    ['reprice', ['reprice']],
    ['check', ['check']],
    ['import of another', ['import', 'more.csv']],
    ['import --dry-run', ['import', 'more.csv', '--dry-run']],
    ['import --preview', ['import', 'more.csv', '--preview']],
  ] as const)('of %s never overwrites a file that was imported', async (_, command) => {
    const { tokenhub, path } = await imported();
    const { exitCode, stderr } = await tokenhub(...command, '-o', 'log.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('log.csv: is a file that usage was imported from, so it is not overwritten');
    expect(readFileSync(path('log.csv'), 'utf8')).toBe(LOG);
  });

  test('never overwrites an imported file under another name, nor by a link, nor one that has grown', async () => {
    const { tokenhub, path } = await imported();
    writeFileSync(path('copy.csv'), LOG);
    symlinkSync('log.csv', path('link.csv'));
    for (const name of ['copy.csv', 'link.csv']) expect((await tokenhub('report', '-o', name)).exitCode).toBe(2);
    writeFileSync(path('log.csv'), `${LOG}2026-10-06T08:00:00Z,r-2,gpt-4o,openai,1000,0\n`);
    expect((await tokenhub('report', '-o', 'log.csv')).exitCode).toBe(2);
  });

  test('never overwrites an archive or a database of which a part was imported', async () => {
    const database = new (loadDriver())(':memory:');
    const columns = '(timestamp, request_id, model, provider, input_tokens, output_tokens)';
    for (const table of ['a', 'b'])
      database.exec(`CREATE TABLE ${table} ${columns};
        INSERT INTO ${table} VALUES ('2026-10-05T08:00:00Z', '${table}', 'gpt-4o', 'openai', 1000, 0)`);
    const files = { 'a.zip': zipOf([{ name: 'x/log.csv', content: LOG }]), 'a.db': database.serialize() };
    database.close();
    const { tokenhub, path } = scene(files);
    expect((await tokenhub('import', ...Object.keys(files))).exitCode).toBe(0);
    symlinkSync('a.zip', path('link.zip'));
    for (const name of ['a.zip', 'link.zip', 'a.db']) {
      const { exitCode, stderr } = await tokenhub('report', '-o', `csv=${name}`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`${name}: is a file that usage was imported from, so it is not overwritten`);
    }
    for (const [name, bytes] of Object.entries(files)) expect(readFileSync(path(name))).toEqual(bytes);
  });

  test.each([
    ['import', []],
    ['import --dry-run', ['--dry-run']],
    ['import --preview', ['--preview']],
  ])('of %s never overwrites what it reads, nor the archive of it', async (_, flags) => {
    const column = (name: string, value: string) => ({ name, data: [value], type: 'STRING' as const });
    const columnData = [
      ...[column('timestamp', '2026-10-05T08:00:00Z'), column('model', 'gpt-4o')],
      ...[column('input_tokens', '1000'), column('output_tokens', '0')],
    ];
    const content = new Uint8Array(parquetWriteBuffer({ columnData }));
    const { tokenhub } = scene({ 'log.csv': LOG, 'a.zip': zipOf([{ name: 'log.parquet', content }]) });
    for (const name of ['log.csv', 'a.zip']) {
      const { exitCode, stderr } = await tokenhub('import', name, ...flags, '-o', `csv=${name}`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`${name}: is the ledger, the config or an input of this command`);
    }
  });

  test('replaces an older file of any other kind', async () => {
    const { tokenhub, path } = await imported();
    for (let i = 0; i < 2; i++) expect((await tokenhub('report', '-o', 'out.csv')).exitCode).toBe(0);
    expect(existsSync(path('out.csv'))).toBe(true);
  });

  test('of a check that needs no ledger replaces an older result, whatever is wrong with the ledger', async () => {
    const { tokenhub, path } = await imported();
    expect((await tokenhub('check', '-o', 'out.json')).exitCode).toBe(0);
    writeFileSync(path('tokenhub.db'), 'no ledger');
    expect((await tokenhub('check', '-o', 'out.json')).exitCode).toBe(0);
    expect((await tokenhub('check', '-o', 'log.csv')).exitCode).toBe(2);
    expect(readFileSync(path('log.csv'), 'utf8')).toBe(LOG);
  });

  test('that is not there yet is refused twice: over an absolute path, and through a linked folder', async () => {
    const { tokenhub, path } = scene(FILES);
    mkdirSync(path('real'));
    symlinkSync('real', path('link'));
    for (const other of [path('real/new.json'), 'link/new.json', 'real/../real/new.json']) {
      const { exitCode, stderr } = await tokenhub('check', '-o', 'real/new.json', '-o', other);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('is named for two outputs')]);
    }
  });

  test('in a folder that is not there is refused before the ledger is changed', async () => {
    const { tokenhub, json } = await imported();
    for (const words of [
      ['import', 'more.csv'],
      ['imports', 'undo', '1'],
    ]) {
      const { exitCode, stderr } = await tokenhub(...words, '-o', 'gone/out.json');
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('out.json: cannot be written: ENOENT')]);
    }
    expect((await json('imports')).imports).toHaveLength(1);
  });
});
