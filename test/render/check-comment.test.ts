import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMENT_MARK, checkComment } from '../../src/render/check-comment.js';
import { visible } from '../../src/render/visible.js';
import { verdict } from '../budget/budgets.js';
import { checkReport, hostileReport, hostileText, ok } from './check-reports.js';

const GROWN = verdict({
  baseline: 1000n,
  delta: 200n,
  parts: [
    { name: 'a.md#Rules', tokens: 700n, delta: 180n },
    { name: 'a.md#Tone', tokens: 500n, delta: 20n },
  ],
});

/** What is left of a comment when its own tags and entities are taken out. */
const bare = (text: string): string =>
  text
    .replace(/^<!-- tokenhub-check -->|<\/?(?:code|details|summary)>|&#\d+;/gm, '')
    .replace(/^### |^- \*\*TH\d+\*\*/gm, '');

describe('a check as a comment', () => {
  test('has the mark, the verdict, what matters and what to do, and folds the rest', () => {
    const report = checkReport([ok({ path: 'b.md', baseline: 900n, delta: 0n }), GROWN], { notes: ['no ledger here'] });
    expect(checkComment(report)).toBe(`<!-- tokenhub-check -->
### Token budgets: failed

1 error, 0 unknown, 0 warn, 1 ok.

|  | budget | file | before | now | limit | change |
| --- | --- | --- | --: | --: | --: | --: |
| error TH001 | <code>prompts</code> | <code>a.md</code> | 1,000 | 1,200 | 1,000 | +200 (+20%) |

- **TH001** <code>prompts</code>: a.md: 1,200 tokens, 200 over the limit of 1,000
  - <code>shorten a.md, or raise &#96;max&#96; at tokenhub.config.yaml:7</code>
  - grew most: a.md&#35;\u200bRules +180 (700), a.md&#35;\u200bTone +20 (500)

- no ledger here

<details>
<summary>1 within the limit and unchanged</summary>

|  | budget | file | before | now | limit | change |
| --- | --- | --- | --: | --: | --: | --: |
| ok TH000 | <code>prompts</code> | <code>b.md</code> | 900 | 900 | 1,000 | 0 |

</details>
`);
  });

  test('shows what changed although it is within its limits, but not what stayed', () => {
    const shrunk = ok({ path: 'b.md', baseline: 1000n, delta: -100n });
    const [above, below] = checkComment(
      checkReport([shrunk, ok({ path: 'c.md', baseline: 900n, delta: 0n })], { passed: true }),
    ).split('<details>');
    expect(above).toContain(
      '| ok TH000 | <code>prompts</code> | <code>b.md</code> | 1,000 | 900 | 1,000 | -100 (-10%) |',
    );
    expect(above).toContain('### Token budgets: passed');
    expect(above).not.toContain('c.md');
    expect(below).toContain('<summary>1 within the limit and unchanged</summary>');
    expect(below).toContain('c.md');
  });

  test('shows what is new, where files are compared', () => {
    const changed = ok({ baseline: 800n, delta: 100n });
    expect(checkComment(checkReport([changed, ok({ path: 'n.md' })]))).toContain(
      '<code>n.md</code> |  | 900 | 1,000 | new |',
    );
    expect(checkComment(checkReport([ok({ path: 'n.md' })]))).not.toContain('new');
  });

  test('says when a figure is the least it can be', () => {
    expect(checkComment(checkReport([verdict({ atLeast: true })]))).toContain('| at least 1,200 |');
  });

  test.each([
    ['many findings', Array.from({ length: 5000 }, (_, i) => verdict({ path: `${i}.md` }))],
    ['many rows within their limits', Array.from({ length: 5000 }, (_, i) => ok({ path: `${i}.md` }))],
    [
      'names of no end',
      Array.from({ length: 50 }, () => verdict({ path: '|'.repeat(99_999), message: '@'.repeat(9999) })),
    ],
  ])('stays under 60,000 characters with %s, and counts what it leaves out', (_, verdicts) => {
    const text = checkComment(checkReport(verdicts, { notes: Array(500).fill('#1 '.repeat(300)) }));
    expect(text.length).toBeLessThan(60_000);
    expect(text).toMatch(/^\d+ more (rows|findings) left out/m);
    expect(text).toMatch(/^\d+ more notes left out/m);
  });

  test('drops folded rows before others', () => {
    const fine = Array.from({ length: 5000 }, (_, i) => ok({ path: `${i}.md` }));
    const text = checkComment(
      checkReport([...fine, ...Array.from({ length: 50 }, (_, i) => verdict({ path: `x${i}.md` }))]),
    );
    expect(text).toContain('x49.md');
    const kept = text.match(/^\| ok/gm)!.length;
    expect(text).toContain(`\n${5000 - kept} more rows left out`);
  });

  test.each(['@octocat', 'a|b', '`x`', '<script>', '[a](b)', 'https://x.example', 'o/r#12', '*x*', '$x$'])(
    'shows %s in a name as it is, and nothing comes of it',
    (path) => {
      const cell = /<code>([^<]*)<\/code> \| 1,200/.exec(checkComment(checkReport([verdict({ path })])))![1]!;
      expect(cell).not.toMatch(/[@|`<>[\]#*$](?!\d+;)/);
      expect(cell.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))).toBe(path);
    },
  );

  test.each([
    '@octocat',
    'see #12',
    'GH-12',
    'https://x.example',
    'www.x.example',
    'a@x.example',
    'g/p!7',
    'o/r/pull/7',
    '%3',
    '~bug',
  ])('breaks %s in a sentence, which no forge then links or notifies of', (message) => {
    const text = checkComment(checkReport([verdict({ message, path: null, hint: '' })]));
    expect(text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))).not.toContain(message);
  });

  test('holds no markup but its own, and every row has its columns, whatever the names are', () => {
    fc.assert(
      fc.property(hostileReport, hostileText, (report, path) => {
        const text = checkComment({ ...report, verdicts: [...report.verdicts, verdict({ path })] });
        expect(bare(text)).not.toMatch(/[<>`[\]@#*_~$\\^]/);
        const rows = text.split('\n').filter((line) => line.startsWith('|'));
        expect(new Set(rows.map((row) => row.split('|').length)).size).toBe(1);
        expect(
          text.split('\n').every((line) => /^(\||### |- | {2}- |<!--|<\/?details>|<summary>|\d|$)/.test(line)),
        ).toBe(true);
        expect(visible(text.replaceAll('\n', ''))).toBe(text.replaceAll('\n', ''));
      }),
    );
  });
});

test.each(['docs/ci/github-comment.yml', 'docs/guide.md'])('the mark of a comment is the one that %s names', (name) => {
  const marks = readFileSync(resolve(import.meta.dirname, '../..', name), 'utf8').match(/<!-- .*? -->/g);
  expect(new Set(marks)).toEqual(new Set([COMMENT_MARK]));
});
