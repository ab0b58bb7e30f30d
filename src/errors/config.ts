/** The config. */

import { type Place, TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

export const noBudgets = (config: string | null): TokenhubError =>
  new TokenhubError({
    code: 'NO_BUDGETS',
    message: config === null ? 'there is no config, so there is nothing to check' : 'no budgets are given',
    hint: 'add a budget to tokenhub.config.yaml:  budgets: [{ name: prompts, paths: ["prompts/**/*.md"], max: 2k tokens }]',
    place: config === null ? {} : { file: config, field: 'budgets' },
  });

export const noRules = (config: string | null): TokenhubError =>
  new TokenhubError({
    code: 'NO_RULES',
    message: config === null ? 'there is no config, so there are no units' : 'no units and no rules are given',
    hint: 'add them to tokenhub.config.yaml:  units: { chat: {} }, rules: [{ unit: chat, workspace: [llm-chat] }]',
    place: config === null ? {} : { file: config, field: 'rules' },
  });

export const badConfig = (place: Place, message: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'BAD_CONFIG', message, hint, place, cause });

/** A limit or a warning of a budget. Has no place: whoever knows it adds it with `.at()`. */
export const badLimit = (value: unknown, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_LIMIT', message: `${quoted(value)} ${why}`, hint });
