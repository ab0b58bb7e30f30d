import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldFlow } from '../../src/hub/flow/fold-flow.js';
import { flowDiagram } from '../../src/render/flow-diagram.js';
import { sankeyText } from '../../src/render/mermaid-sankey.js';
import { daysOf, flowCell } from '../hub/flow/cells.js';

/** A line of the grammar of Mermaid 11.12: two names of printable ASCII in quotes, and a number. */
const LINE = /^"((?:[ !#-~]|"")+)","((?:[ !#-~]|"")+)",(\d+)$/;

test('losses, what is not compared and what is not recorded are nodes of their own', () => {
  const cells = [
    flowCell({ stage: 'create', day: '01', input: 100n }),
    flowCell({ stage: 'transport', day: '01', input: 80n }),
    flowCell({ stage: 'transport', day: '02', input: 5n }),
  ];
  const days = daysOf({ create: ['01'], transport: ['01', '02'] });
  expect(flowDiagram(foldFlow({ cells, daysOf: days, by: ['model'], unassigned: '-' }))).toBe(
    [
      ...['sankey-beta', '', '"created: m","transported: m",80', '"created: m","lost: created, not transported",20'],
      '"not compared: created and transported","transported: m",5',
      ...['"transported: m","not recorded: applied",85', ''],
    ].join('\n'),
  );
});

test('without a flow the diagram is valid, too', () => {
  const [head, blank, line] = sankeyText([]).split('\n');
  expect([head, blank]).toEqual(['sankey-beta', '']);
  expect(line).toMatch(LINE);
});

test.each([
  ['say "hi", all', '"say ""hi"", all"'],
  ['%%{init: {}}%%', String.raw`"\x25\x25\x7binit: \x7b\x7d\x7d\x25\x25"`],
  ['a#lt;b', String.raw`"a\x23lt\x3bb"`],
  ['<b>', String.raw`"\x3cb\x3e"`],
  ['千问', String.raw`"\u5343\u95ee"`],
  ['a\nb', String.raw`"a\nb"`],
  ['', '"(no name)"'],
])('a node named %j is written %s', (name, written) =>
  expect(sankeyText([{ from: name, to: 'x', amount: 1n }])).toBe(`sankey-beta\n\n${written},"x",1\n`),
);

test('no name breaks a line or the grammar', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (from, to) => {
      const [, , line, end, ...more] = sankeyText([{ from, to, amount: 3n }]).split('\n');
      expect(line).toMatch(LINE);
      expect([end, more]).toEqual(['', []]);
    }),
  ));
