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

export const noAllocations = (config: string | null): TokenhubError =>
  new TokenhubError({
    code: 'NO_ALLOCATIONS',
    message: config === null ? 'there is no config, so there is no shared cost' : 'no allocations are given',
    hint: 'add one to tokenhub.config.yaml:  allocations: [{ from: gateway, to: { chat: 60%, agents: 40% } }]',
    place: config === null ? {} : { file: config, field: 'allocations' },
  });

/** Two allocations with conditions that the same cost meets. */
export const allocatedTwice = (config: string, places: readonly [number, number], unit: string): TokenhubError =>
  new TokenhubError({
    code: 'ALLOCATED_TWICE',
    message: `splits cost of ${quoted(unit)} that allocations[${places[0]}] splits, too`,
    hint: 'let their conditions exclude each other, as in where: ["charge=purchase"] and where: ["charge!=purchase"]',
    place: { file: config, field: `allocations[${places[1]}]` },
  });

export const badConfig = (place: Place, message: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'BAD_CONFIG', message, hint, place, cause });

/** A limit or a warning of a budget. Has no place: whoever knows it adds it with `.at()`. */
export const badLimit = (value: unknown, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_LIMIT', message: `${quoted(value)} ${why}`, hint });

/** @param line  where the first of its marks is */
export const conflictInConfig = (file: string, line: number): TokenhubError =>
  new TokenhubError({
    code: 'BAD_CONFIG',
    message: 'a merge left a conflict here',
    hint: 'keep what is right of both sides, and remove the lines of <<<<<<<, ======= and >>>>>>>',
    place: { file, line },
  });
