/** Rows and fields of usage files. */

import { TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

export const badField = (field: string, value: unknown, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_FIELD', message: `${quoted(value)} ${why}`, hint, place: { field } });

export const missingField = (field: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'MISSING_FIELD', message: 'is missing', hint, place: { field } });

export const badRecord = (why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_RECORD', message: why, hint });
