/** What the codes of budgets on files mean, and those of any budget: text as data. */

import type { Code } from '../codes.js';
import { ALLOW, type Explanation, exampleOf } from '../explanation.js';

const files = (...keys: readonly string[]): string => exampleOf('name: prompts', 'paths: ["prompts/**/*.md"]', ...keys);

export const FILE_EXPLANATIONS = {
  TH000: {
    meaning: 'What was measured is within the limit, and below the warning if there is one.',
    why: 'Exactly at the limit passes: the limit is the most that is allowed.',
    lower: null,
    accept: null,
    example: files('max: 2k tokens', 'warn: 80%'),
  },
  TH001: {
    meaning: 'A file, a section, all files together, or the usage of a period is over its limit.',
    why: 'The number stands: the count is exact, or even the low end of the band of an approximate count is over the limit; usage only grows until the period ends.',
    lower:
      'Of files: look at what grew most, which the verdict names; tokenhub count <file> --by section shows the parts, --base main what the change added. Move what is rarely needed into a file that is loaded on demand, say things once, shorten examples. Of usage: the report in the hint says where it went.',
    accept:
      'Raise `max` in a change of its own that says why (it gets TH009 where limits are taken from the base), give a `tolerance`, or make it a warning with `level: warn`.',
    example: files('max: 2.5k tokens # was 2k: the new tool needs its rules', 'tolerance: 2%'),
  },
  TH002: {
    meaning: 'What was measured is over the warning, and not over the limit.',
    why: 'A warning comes before the limit so that there is time to act; it fails the check only with --fail-on warn.',
    lower: 'As for TH001, while nothing is broken yet.',
    accept: 'Raise `warn`, or leave it out.',
    example: files('max: 2k tokens', 'warn: 90%'),
  },
  TH003: {
    meaning: 'An approximate count is over the limit, but the true count may be within it.',
    why: 'The tokenizer of the model is not public, so the count has a band; a gate that fails on what may be fine is soon turned off.',
    lower:
      'Shorten the file until the count is within the limit, or count exactly: with the tokenizer of the model where there is one, or ask the provider with tokenhub count --via-api.',
    accept: 'Raise `max` by the band, or set the limit for an encoding that is counted exactly, and leave room in it.',
    example: files('encoding: o200k_base # exact, in place of the model', 'max: 2k tokens'),
  },
  TH004: {
    meaning: 'The budget matches no file, so there is nothing to judge.',
    why: 'A folder that was renamed would otherwise turn its budget off without a word.',
    lower:
      'Mend `paths`: they are relative to the config, and files that git ignores are not seen. tokenhub count "<glob>" shows what a pattern matches.',
    accept: 'Where no file at all is fine, say so with `allowEmpty: true`; or remove the budget.',
    example: files('max: 2k tokens', 'allowEmpty: true'),
  },
  TH005: {
    meaning:
      'A file that the budget matches could not be read or is no text; or what lies behind a symbolic link or in a submodule was not looked at.',
    why: 'What is not counted may be over the limit: it is unknown, not within it.',
    lower:
      'Mend the file: the verdict says what is wrong with it. Content of Git LFS comes with git lfs pull; of a link, name what it leads to in `paths`.',
    accept: 'Leave the file out with a pattern that begins with `!`.',
    example: exampleOf('name: prompts', 'paths: ["prompts/**", "!prompts/**/*.png"]', 'max: 2k tokens'),
  },
  TH006: {
    meaning: 'It is over the limit, by no more than the `tolerance` of the budget.',
    why: 'A tolerance is for small steps over a round limit: they warn, so that they are seen, and do not stop a change.',
    lower: 'As for TH001; the next addition will fail.',
    accept: 'Raise `max` to where the files are, so that the tolerance is there for the next time.',
    example: files('max: 2k tokens', 'tolerance: 50 tokens'),
  },
  TH007: {
    meaning: 'A file has grown by more since the base than `maxIncrease` allows.',
    why: 'Limits alone let every change add a little until nothing is left; growth is told where it comes in.',
    lower:
      'tokenhub count --base main shows what each file gained; take out what the change does not need, or split it in two.',
    accept:
      'Raise `maxIncrease`; with `when: both` it takes tokens and percent to be passed, so that small files may double.',
    example: files('maxIncrease: { tokens: 200, percent: 10%, when: both }'),
  },
  TH008: {
    meaning: 'It is over the limit, it was in the base already, and this change does not make it worse.',
    why: 'Whoever changes something else must not be stopped by what they did not do; it warns until somebody mends it.',
    lower: 'As for TH001. A change that lowers it and stays over the limit warns as well.',
    accept: 'Raise `max` to what it is, in a change of its own, so that it cannot grow any more.',
    example: files('max: 3k tokens # what it is today; to be lowered'),
  },
  TH009: {
    meaning:
      'The change raises a limit, or otherwise loosens what its own files are judged by: a budget, its baseline file, or the files that a budget is on; of a limit in money a lower price does so, too.',
    why: 'With --config-from base the limits are those of the base: a change cannot lift its own. This verdict makes what it lifts visible to who reviews it.',
    lower:
      'Take it back, or make it in a change of its own; leave files where the budget is, or add their new place to `paths`.',
    accept: 'Review and merge it: from then on the new limit is the one of the base. Tightening a limit is never told.',
    example: files('max: 2.5k tokens # reviewed: the tool list grew'),
  },
  TH010: {
    meaning: 'The budget limits growth alone, and there is nothing to compare with: no base and no baseline.',
    why: 'Growth since nothing is not 0.',
    lower:
      'Name a base, as in tokenhub check --base main, or keep a baseline: tokenhub check --update-baseline writes one to commit. In CI the history must be there: fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 of GitLab.',
    accept: `Add a \`max\`, which needs no base. ${ALLOW}`,
    example: files('max: 2k tokens', 'maxIncrease: { percent: 10% }'),
  },
  TH011: {
    meaning:
      'The limit is in money, and no price list has a price of the model in that currency, or the file is larger than the model takes, so that there is no such call.',
    why: 'An unknown price is never 0, and a call that cannot be made costs nothing that could be told.',
    lower:
      'tokenhub prices <model> says what is known. Name the model as the list does, write the limit in the currency of its price, or add a price file of your own.',
    accept: `Write the limit in tokens. ${ALLOW}`,
    example: `prices: [prices.yaml]\n${files('model: gpt-4o', 'max: 0.05 USD', 'assume: { outputTokens: 500, calls: 1 }')}`,
  },
  TH012: {
    meaning: 'The limit is a share of the context window, and the window of the model is not known.',
    why: 'A share of an unknown whole cannot be judged.',
    lower: 'Name the model in full, with its version; tokenhub count --context shows which windows are known.',
    accept: `Write the limit in tokens. ${ALLOW}`,
    example: files('model: gpt-4o', 'max: 5% of context'),
  },
  TH013: {
    meaning: 'The file was there in the base, and what it was then could not be counted.',
    why: 'Without that count nobody can say how much it grew, or whether a breach is new.',
    lower: 'Compare with another base, one in which the file is whole.',
    accept: `Nothing to do once the change is merged: the next base has the file as it is now. ${ALLOW}`,
    example: files('max: 2k tokens', 'maxIncrease: { tokens: 200 }'),
  },
} satisfies Partial<Record<Code, Explanation>>;
