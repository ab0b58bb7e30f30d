import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { githubCommands } from '../../src/render/check-github.js';
import { findingsOf } from '../../src/render/check-wording.js';
import { visible } from '../../src/render/visible.js';
import { verdict } from '../budget/budgets.js';
import { checkReport, hostileReport, ok } from './check-reports.js';

interface Command {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** As the runner of GitHub Actions reads a line of a log (actions/runner, ActionCommand.cs, TryParseV2). */
function parse(line: string): Command {
  const [, command, properties, message] = /^::(\w+) (.*?)::(.*)$/.exec(line)!;
  const data = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const property = (text: string) => data(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
  const pairs = properties!.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), property(pair.slice(at + 1))];
  });
  return { command: command!, properties: Object.fromEntries(pairs), message: data(message!) };
}

const commandsOf = (...args: Parameters<typeof checkReport>): Command[] =>
  githubCommands(checkReport(...args))
    .split('\n')
    .filter((line) => line.startsWith('::'))
    .map(parse);

describe('annotations of GitHub', () => {
  test('name the file from the top of the repository, and what to do', () => {
    expect(githubCommands(checkReport([verdict({ line: 5 })]))).toBe(
      '::error file=packages/chat/a.md,line=5,title=TH001 prompts::a.md: 1,200 tokens, 200 over the limit of 1,000' +
        '%0Ashorten a.md, or raise `max` at tokenhub.config.yaml:7\n' +
        'failed: 1 error, 0 unknown, 0 warn, 0 ok\n',
    );
  });

  test('are none where all is within its limits', () => {
    expect(githubCommands(checkReport([ok()], { passed: true }))).toBe('passed: 0 error, 0 unknown, 0 warn, 1 ok\n');
  });

  test('of the ledger point to the budget in the config', () => {
    const [{ properties }] = commandsOf([verdict({ path: null })]) as [Command];
    expect(properties).toEqual({ file: 'packages/chat/tokenhub.config.yaml', line: '7', title: 'TH001 prompts' });
  });

  test('are errors where they fail the check, else warnings, and notices where an unknown is let pass', () => {
    const unknown = verdict({ level: 'unknown', code: 'TH101' });
    const warning = verdict({ level: 'warn', code: 'TH002' });
    expect(commandsOf([warning, unknown, verdict()]).map(({ command }) => command)).toEqual([
      'error',
      'error',
      'warning',
    ]);
    const leniency = { failOn: 'error', allowUnknown: true } as const;
    expect(commandsOf([unknown], { leniency })[0]!.command).toBe('notice');
  });

  test('are 10 of a kind at most, of which the last counts the others', () => {
    const files = Array.from({ length: 12 }, (_, i) => verdict({ path: `${i}.md` }));
    const commands = commandsOf([...files, verdict({ level: 'warn', code: 'TH002' })]);
    expect(commands.filter(({ command }) => command === 'error')).toHaveLength(10);
    expect(commands[9]!.message).toBe('3 more, see the summary of the job');
    expect(commands[10]!.command).toBe('warning');
    expect(
      commandsOf(files.slice(0, 10))
        .map(({ message }) => message)
        .join(),
    ).not.toContain('more, see');
  });

  test('leave notes to the log, where none of them is a command', () => {
    const notes = ['::error::x', ' ::stop-commands::x', 'a ##[error]b\n::warning::c'];
    expect(githubCommands(checkReport([], { notes }))).toBe(
      'note: ::error::x\nnote:  ::stop-commands::x\nnote: a ## [error]b\\n::warning::c\nfailed: 0 error, 0 unknown, 0 warn, 0 ok\n',
    );
  });

  test('are read back as they were: names with commas, colons, percents, equals signs and line breaks', () => {
    const path = 'a,b:c%0A=d\ne.md';
    const [{ properties, message }] = commandsOf([
      verdict({ path, budget: 'x::y,z=%', message: '100% of it', hint: '' }),
    ]) as [Command];
    expect(properties.file).toBe(`packages/chat/${path}`);
    expect(properties.title).toBe('TH001 x::y,z=%');
    expect(message).toBe('100% of it');
  });

  test('are one line each, of what acts in a terminal only escapes, and titles are read back, whatever the names are', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = githubCommands(report);
        const commands = text
          .split('\n')
          .slice(0, -2 - report.notes.length)
          .map(parse);
        const titles = findingsOf(report).map(({ code, budget }) => visible(`${code} ${budget}`));
        expect(commands.map(({ properties }) => properties.title).sort()).toEqual(titles.sort());
        expect(text.match(/^\s*::/gm) ?? []).toHaveLength(commands.length);
        expect(text).not.toMatch(/[\0-\u0009\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });
});
