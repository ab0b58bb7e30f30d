import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { SOURCES } from '../../src/usage/sources/all.js';
import { memoryIo } from '../cli/memory-io.js';

const root = resolve(import.meta.dirname, '../..');
const text = (name: string): string => readFileSync(resolve(root, name), 'utf8');
const guide = text('docs/guide.md');

/** The part of the guide about one command: from its heading to the next of the same rank. */
const sectionOf = (name: string): string => guide.split(/^## /m).find((part) => part.startsWith(`\`${name}\``)) ?? '';

/** Every long flag of a command and of those below it. */
const optionsOf = (command: Command): readonly string[] => [
  ...command.options.map((option) => option.long ?? option.short ?? ''),
  ...command.commands.flatMap(optionsOf),
];

const commands: readonly Command[] = buildProgram(memoryIo({}).io, () => {}).commands;

describe('the documents', () => {
  test.each(commands.map((command) => [command.name(), command] as const))(
    'explain %s and every flag of it',
    (name, command) => {
      const section = sectionOf(name);
      expect(section, `docs/guide.md has a section "## \`${name}\`"`).not.toBe('');
      expect(text('README.md')).toContain(`tokenhub ${name}`);
      const missing = optionsOf(command).filter((flag) => !new RegExp(`\`${flag}[\` ]`).test(section));
      expect(missing).toEqual([]);
    },
  );

  test('explain no flag that does not exist', () => {
    const invented = commands.flatMap((command) =>
      [...sectionOf(command.name()).matchAll(/`(--[a-z][a-z-]*)/g)]
        .map(([, flag]) => flag)
        .filter((flag) => !optionsOf(command).includes(flag!))
        .map((flag) => `${command.name()} ${flag}`),
    );
    expect(invented).toEqual([]);
  });

  test.each(SOURCES.map(({ name, role }) => [name, role] as const))(
    'tell of the source %s and its role',
    (name, role) => {
      const sources =
        sectionOf('import')
          .split(/^### /m)
          .find((part) => part.startsWith('Sources\n')) ?? '';
      const row = sources.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row?.split(' | ')[2]).toBe(role);
    },
  );

  test('begin with the two commands that set everything up', () => {
    const start = text('README.md').slice(0, 1500);
    expect(start).toContain('npm ci && npm run demo');
    expect(start).toContain('npm ci && npm test');
  });
});

test('a decision has a number of its own: none is missing or stands twice, and under a heading they are in order', () => {
  const sections = text('docs/decisions.md').split(/^## /m);
  const numbers = sections.map((section) =>
    [...section.matchAll(/^\*\*(\d+)\./gm)].map(([, number]) => Number(number)),
  );
  expect(numbers).toEqual(numbers.map((ofSection) => ofSection.toSorted((a, b) => a - b)));
  const all = numbers.flat().toSorted((a, b) => a - b);
  expect(all).toEqual(Array.from(all, (_, index) => index + 1));
});
