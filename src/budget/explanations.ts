/** What each code of a verdict means to somebody who meets it: text as data, one entry for every code. */

import { type Code, FINDINGS, type Finding } from './codes.js';

/** Sentences for people, and a config. `null`: there is nothing to lower, or to accept. */
export interface Explanation {
  readonly meaning: string;
  /** Why a check says so, rather than passing or failing. */
  readonly why: string;
  /** How to get rid of it. */
  readonly lower: string | null;
  /** How to live with it: to raise the limit, or to let it pass. */
  readonly accept: string | null;
  /** Part of a config, as YAML. */
  readonly example: string;
}

const files = (...keys: readonly string[]): string => budget('name: prompts', 'paths: ["prompts/**/*.md"]', ...keys);

const ledger = (...keys: readonly string[]): string =>
  budget('name: chat month', 'unit: chat', 'period: month', ...keys);

const budget = (...keys: readonly string[]): string => `budgets:\n  - ${keys.join('\n    ')}\n`;

const ALLOW =
  'Type --allow-unknown, which lets every verdict pass that cannot be judged; use it only where somebody looks at them.';

export const EXPLANATIONS: Readonly<Record<Code, Explanation>> = {
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
    meaning: 'A file that the budget matches could not be read or is no text.',
    why: 'What is not counted may be over the limit: it is unknown, not within it.',
    lower: 'Mend the file: the verdict says what is wrong with it. tokenhub count <file> says the same.',
    accept: 'Leave the file out with a pattern that begins with `!`.',
    example: budget('name: prompts', 'paths: ["prompts/**", "!prompts/**/*.png"]', 'max: 2k tokens'),
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
  TH101: {
    meaning: 'The budget is in money, and part of the usage of the period has no price.',
    why: 'An unknown price is never 0: what it cost could be anything, so the budget may be breached.',
    lower:
      'Add the missing prices to a price file and price the ledger again: tokenhub prices <model>, tokenhub reprice --apply.',
    accept: `Write the budget in tokens, if tokens are what matters. ${ALLOW}`,
    example: `prices: [prices.yaml]\n${ledger('max: 1200 USD')}`,
  },
  TH102: {
    meaning: 'Part of the cost is in another currency than the limit.',
    why: 'Currencies are never added, and no rate is assumed.',
    lower:
      'Make it two budgets, one in each currency; or let the price list be the one you are billed by (`alibaba.region`).',
    accept: ALLOW,
    example: `budgets:\n  - { name: chat USD, unit: chat, period: month, max: 1000 USD }\n  - { name: chat CNY, unit: chat, period: month, max: 1500 CNY }\n`,
  },
  TH103: {
    meaning: 'The ledger holds no usage at all for the period.',
    why: 'Most often nothing was imported yet; no data is not no usage.',
    lower:
      'Import what is missing: tokenhub imports --coverage shows which days there are. Look at another day with --at.',
    accept: ALLOW,
    example: ledger('max: 2M tokens'),
  },
  TH104: {
    meaning: 'Rows of the period were rejected when they were imported, so some usage is missing.',
    why: 'What was rejected may be what breaches the budget.',
    lower: 'tokenhub imports names the import; mend its rejects file, or the export, and import it again.',
    accept: ALLOW,
    example: ledger('max: 2M tokens'),
  },
  TH105: {
    meaning: 'There are budgets on the ledger, and no ledger.',
    why: 'A gate without data must not pass.',
    lower: 'Import usage, or name the ledger with --ledger, TOKENHUB_LEDGER or `ledger` of the config.',
    accept: `In a job that has no ledger judge the files alone: tokenhub check --kind files. ${ALLOW}`,
    example: `ledger: ../usage/tokenhub.db\n${ledger('max: 2M tokens')}`,
  },
  TH106: {
    meaning:
      'The budget is in money of one unit or model, and the bill that is read does not say what part of it is for that.',
    why: 'A share that nobody stated is not made up.',
    lower:
      'Import a bill or a meter with the finer grain (by key, workspace or project), or split the line with `allocations` and read its report.',
    accept: `Write the budget in tokens, or over all units. ${ALLOW}`,
    example: budget('name: all', 'period: month', 'max: 5000 USD'),
  },
  TH107: {
    meaning: 'Neither the config nor any event of the ledger knows the unit or the model of the budget.',
    why: 'A typo would be a budget that never fails.',
    lower:
      'Mend the name: tokenhub units lists the units, tokenhub report --by model the models. What has no usage yet is declared in `units` or `models`.',
    accept: ALLOW,
    example: `units: { chat: { name: Chat } }\n${ledger('max: 2M tokens')}`,
  },
  TH108: {
    meaning:
      'The budget is of a quantity such as images or requests, and what is read does not tell of it: nothing over the period does, or, of requests, not that of the budget itself, as bills do not.',
    why: 'What is not told is unknown, not 0.',
    lower: 'Import a source that tells of it: tokenhub sources <name> says what each reads.',
    accept: `Write the budget in tokens or money. ${ALLOW}`,
    example: ledger('max: 10k requests'),
  },
  TH109: {
    meaning: 'The budget is a quota, and some usage does not say whose it is.',
    why: "It may be anybody's, so nobody is known to be within the quota; who is over it without that is over it.",
    lower: 'Send the name with each call (user, key, team, …), import a source that has it, or add rules that tell it.',
    accept: `Set one limit for all in place of a quota. ${ALLOW}`,
    example: budget('name: seat', 'each: user', 'period: month', 'max: 100k tokens'),
  },
  TH110: {
    meaning:
      'The unit has no usage in the view that is read, which holds usage of no unit, while views that are left out name the unit.',
    why: 'The usage of no unit may be all of this one.',
    lower:
      'Add rules for what the view that is read does say, such as its keys or workspaces: tokenhub units proposes them.',
    accept: ALLOW,
    example: `units: { chat: {} }\nrules: [{ unit: chat, key: ["12003"] }]\n${ledger('max: 2M tokens')}`,
  },
  TH111: {
    meaning: 'The forecast says that the period will end over the limit, even at the low end of its range.',
    why: 'By the time the limit is passed it is too late to do anything about it.',
    lower: 'tokenhub report --by model,day for the period shows what drives it; slow that down while the period lasts.',
    accept: 'Raise `max`, leave `forecast` out, or make it a warning with `level: warn`.',
    example: ledger('max: 1200 USD', 'forecast: true'),
  },
  TH112: {
    meaning:
      'The forecast says that the period may end over the limit: the high end of its range is over it, the low end is not.',
    why: 'Usage differs from day to day; the range says how much.',
    lower: 'Look again in some days: the range narrows as the period goes on.',
    accept: 'Nothing to do; it warns.',
    example: ledger('max: 1200 USD', 'forecast: true'),
  },
  TH113: {
    meaning: 'There are not enough days with data for a forecast, or for telling an anomaly.',
    why: 'A forecast from a few days is a guess, and is not printed as a figure.',
    lower: 'Import the days before: tokenhub imports --coverage shows the gaps.',
    accept: 'Nothing to do; it warns, and the limit itself is judged all the same.',
    example: ledger('max: 1200 USD', 'forecast: true'),
  },
  TH114: {
    meaning: 'Usage has grown by more than the budget allows against the period before.',
    why: 'A budget that is far from its limit may still be on its way there.',
    lower: 'tokenhub report --compare previous shows which model, unit or user grew.',
    accept: 'Raise the growth that is allowed, or make it a warning with `level: warn`.',
    example: ledger('max: 1200 USD', 'growth: { percent: 20%, floor: 10 USD }'),
  },
  TH115: {
    meaning: 'The newest data of the budget are older than its `maxAge`.',
    why: 'An import that stopped would keep the budget green.',
    lower: 'Import what is new, and look why it was not: tokenhub imports --coverage.',
    accept: `Raise \`maxAge\` to how late the export comes. ${ALLOW}`,
    example: ledger('max: 1200 USD', 'maxAge: 2 days'),
  },
  TH116: {
    meaning: 'A day is far above the same weekdays before it, by percent and by an absolute floor.',
    why: 'A runaway job is cheapest on its first day; the floor keeps small numbers quiet.',
    lower: 'tokenhub report --by model,hour for that day shows when and what.',
    accept: 'Raise the percent or the floor, or make it a warning with `level: warn`.',
    example: ledger('max: 1200 USD', 'anomaly: { percent: 50%, floor: 10 USD }'),
  },
  TH117: {
    meaning: 'Too large a share of usage is of no unit.',
    why: 'Budgets of units say nothing of what no unit has.',
    lower:
      'tokenhub units proposes rules for the largest origins that are unassigned; tokenhub units --apply takes them.',
    accept: 'Raise the share that is allowed.',
    example: budget('name: all', 'period: month', 'max: 5000 USD', 'unassigned: 2%'),
  },
  TH118: {
    meaning: 'Growth is limited, and the period before holds nothing that could be compared.',
    why: 'Growth from nothing, or from part of a period, has no percent.',
    lower: 'Import the period before: tokenhub imports --coverage shows what there is.',
    accept: ALLOW,
    example: ledger('max: 1200 USD', 'growth: 20%'),
  },
};

export type ExplainedFinding = Finding & Explanation;

/** All of them, by code. */
export const EXPLAINED: readonly ExplainedFinding[] = FINDINGS.map((finding) => ({
  ...finding,
  ...EXPLANATIONS[finding.code],
}));
