import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sectionsOf } from '../../../src/tokenizer/markdown/sections.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The titles and first lines of a text's sections. */
const outline = (text: string): string[] =>
  sectionsOf(bytes(text)).map(({ titles, line }) => `${line} ${titles.join(' > ')}`);

describe('headings', () => {
  test.each([
    ['# a\n## b\n### c\n## d\n# e\n', ['1 a', '2 a > b', '3 a > b > c', '4 a > d', '5 e']],
    ['text\n# a\n', ['1 ', '2 a']],
    ['### deep\n# top\n', ['1 deep', '2 top']],
    ['## a ##\n# b \\#\n#  c   ###  \n# #\n', ['1 a', '2 b \\#', '3 c', '4 ']],
    ['   # three blanks\n', ['1 three blanks']],
    ['#\ttab\n', ['1 tab']],
    ['# a\r\ntext\r\n## b\r\n', ['1 a', '3 a > b']],
    ['# a\rtext\r## b\r', ['1 a', '3 a > b']],
    ['\ufeff# after a byte order mark\n', ['1 after a byte order mark']],
    ['# 标题\n## Überschrift\n', ['1 标题', '2 标题 > Überschrift']],
  ])('%j with # begin sections', (text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  test.each([
    ['a\n===\nb\n---\n', ['1 a', '3 a > b']],
    ['two\nlines\n===\n', ['1 two\nlines']],
    ['# x\npara\n  ---  \n', ['1 x', '2 x > para']],
  ])('%j with a line beneath begin at their paragraph', (text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  test.each([
    ['a hash without blank', '#5 bolt\n#hashtag\n'],
    ['seven hashes', '####### a\n'],
    ['an escaped one', '\\# a\n'],
    ['four blanks', '    # a\n'],
    ['a line beneath nothing', '\n===\n\n---\n'],
    ['a fence of backticks', '```sh\n# comment\n```\n'],
    ['a fence of tildes that backticks do not close', '~~~\n```\n# a\n~~~\n'],
    ['a longer fence', '````\n```\n# a\n````\n'],
    ['a fence never closed', '```\n# a\n'],
    ['a fence in a list item', '- x\n  ```\n  # a\n  ```\n'],
    ['a fence beside the marker', '1. ```\n   # a\n   ```\n'],
    ['a list item', '- x\n\n  # a\n'],
    ['a quote', '> # a\n> b\n> ---\n'],
    ['a break beneath a quote', '> a\n---\n'],
    ['a table', '| a |\n|---|\n| # b |\n'],
    ['an HTML comment', '<!--\n# a\n-->\n'],
    ['an HTML block', '<div>\n# a\n</div>\n'],
    ['front matter', '---\ntitle: x\n# comment\n---\n'],
    ['nothing', ''],
  ])('%s is none', (_, text) => {
    expect(outline(text)).toEqual(['1 ']);
  });

  test.each([
    ['a fence that ends with its list item', '- ```\n  x\n# a\n', ['1 ', '3 a']],
    ['a list', '- x\n# a\n', ['1 ', '2 a']],
    ['an HTML block and a blank line', '<details>\n\n# a\n', ['1 ', '3 a']],
    ['front matter', '---\nb: 1\n---\n# a\n', ['1 ', '4 a']],
    ['a break that begins no front matter, for nothing ends it', '---\n# a\n', ['1 ', '2 a']],
  ])('are found after %s', (_, text, expected) => {
    expect(outline(text)).toEqual(expected);
  });
});

test('sections make up the whole text, in order, whatever it is', () => {
  const line = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('# a', '## b', '===', '---', '```', '~~~', '- ```', '> # q', '<!--', '', '  # in', 'text', '\t'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
      const text = bytes(lines.join(end));
      const sections = sectionsOf(text);
      let at = 0;
      for (const { from, to } of sections) {
        expect(from).toBe(at);
        at = to;
      }
      expect(at).toBe(text.length);
    }),
  );
});
