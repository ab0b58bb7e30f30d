import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from './memory-io.js';
import { scene } from './scene.js';

const COMMANDS = ['count', 'import', 'report', 'units', 'check'];

test('--help exits 0 and names every command and examples, on standard output', async () => {
  for (const flag of ['--help', '-h']) {
    const { exitCode, stdout, stderr } = await run([flag]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(stdout).toContain('Examples:');
  }
});

test.each(COMMANDS)('%s --help exits 0 on standard output', async (command) => {
  const { exitCode, stdout, stderr } = await run([command, '--help']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain(`Usage: tokenhub ${command}`);
});

test('--version prints the version of the package and exits 0', async () => {
  const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'));
  for (const flag of ['--version', '-V'])
    expect(await run([flag])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test('without a command help is shown', async () => {
  const { stdout, stderr } = await run([]);
  expect(stdout + stderr).toContain('Usage: tokenhub');
});

describe('a mistake in the arguments', () => {
  test('an unknown command exits 2 with the nearest and where help is', async () => {
    const { exitCode, stdout, stderr } = await run(['reprot']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/unknown command 'reprot'.*Did you mean report\?/);
    expect(stderr).toContain('see: tokenhub --help');
  });

  test('an unknown option exits 2 with the nearest and where help is', async () => {
    const { exitCode, stderr } = await run(['count', '--modle', 'x']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/unknown option '--modle'.*Did you mean --model\?/);
    expect(stderr).toContain('see: tokenhub count --help');
  });

  test.each([
    [['count', '--by', 'unit']],
    [['count', '--top', '0']],
    [['import', 'x', '--on-error', 'ignore']],
    [['report', '--cost', 'guessed']],
    [['report', '--color', 'maybe']],
    [['report', 'extra']],
    [['check', '--at']],
  ])('%j exits 2 and says what is allowed or where help is', async (argv) => {
    const { exitCode, stdout, stderr } = await run(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+\n {2}see: tokenhub [a-z]+ --help\n$/);
  });

  test('with --json is one JSON object', async () => {
    const { stderr } = await run(['report', '--json', '--cots', 'x']);
    expect(JSON.parse(stderr).error).toMatchObject({ code: 'USAGE', hint: 'see: tokenhub report --help' });
  });

  test('with control characters reaches the terminal as escapes only', async () => {
    const { stderr } = await run(['count', '--\u001b[2Jx']);
    expect(stderr).not.toContain('\u001b');
  });
});

describe('every error has a hint and no stack', () => {
  const folder = resolve(import.meta.dirname, '../..');
  const words = (template: string) => template.split(' ').filter((word) => word !== '');
  test.each([
    'count missing',
    'count a.md -m nothing-like-it',
    'count a.md -e base',
    'count a.md --format xml',
    'count a.md -o x.xml',
    'count **/*.nothing',
    'import missing.csv',
    'import a.md',
    'import a.md --source nobody',
    'import a.md --role nobody',
    'import a.md --map nobody',
    'import a.md --account=',
    'import a.md --tz Nowhere/None',
    'import a.md --at yesterday',
    'report',
    'report --by nothing',
    'report --period nothing',
    'report --config missing.yaml',
    'report --ledger a.md',
    'report --ledger .',
    'units',
    'check',
    'check --config missing.yaml',
    'nothing',
    'report --nothing',
  ])('%s', async (line) => {
    const { exitCode, stderr } = await scene({
      'a.md': 'just text\nof two lines that is long enough to be no SQLite header at all, really',
    }).tokenhub(...words(line));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: \S.*\n {2}\S.*\n$/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr).not.toContain(folder);
  });
});

test('no command leaves a file where it only reads', async () => {
  const at = scene({ 'a.md': 'a' });
  for (const argv of [['count', '.'], ['report'], ['units'], ['check'], ['import', 'missing']])
    await at.tokenhub(...argv);
  expect(readdirSync(at.folder)).toEqual(['a.md']);
});

test('--verbose names the config, the ledger and the zone on standard error', async () => {
  const at = scene({ 'tokenhub.config.yaml': 'timeZone: Asia/Shanghai\n' });
  const { stderr } = await at.tokenhub('report', '--verbose');
  expect(stderr).toContain(`config: ${at.path('tokenhub.config.yaml')}`);
  expect(stderr).toContain(`ledger: ${at.path('tokenhub.db')} (does not exist yet)`);
  expect(stderr).toContain('time zone: Asia/Shanghai');
});
