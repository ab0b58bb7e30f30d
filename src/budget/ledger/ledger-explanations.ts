/** What the codes of budgets on the ledger mean: text as data. */

import type { Code } from '../codes.js';
import { ALLOW, type Explanation, exampleOf } from '../explanation.js';

const ledger = (...keys: readonly string[]): string =>
  exampleOf('name: chat month', 'unit: chat', 'period: month', ...keys);

export const LEDGER_EXPLANATIONS = {
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
    meaning: 'The ledger holds no usage at all for the period, or, for an anomaly, none of single days.',
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
    example: exampleOf('name: all', 'period: month', 'max: 5000 USD'),
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
    example: exampleOf('name: seat', 'each: user', 'period: month', 'max: 100k tokens'),
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
    meaning: 'The newest data of the budget are older than its `maxAge`; or, for an anomaly, than eight days.',
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
      'tokenhub units proposes rules for the largest origins that are unassigned: copy those that are right into `rules` of the config, then tokenhub units --apply.',
    accept: 'Raise the share that is allowed.',
    example: exampleOf('name: all', 'period: month', 'max: 5000 USD', 'unassigned: 2%'),
  },
  TH118: {
    meaning: 'Growth is limited, and the period before holds nothing that could be compared.',
    why: 'Growth from nothing, or from part of a period, has no percent.',
    lower: 'Import the period before: tokenhub imports --coverage shows what there is.',
    accept: ALLOW,
    example: ledger('max: 1200 USD', 'growth: 20%'),
  },
} satisfies Partial<Record<Code, Explanation>>;
