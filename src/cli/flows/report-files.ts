/** The files beside the ledger that a report may read: of business metrics, of exchange rates. */

import { resolve } from 'node:path';
import { badOption } from '../../errors/command-line.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { quoted } from '../../errors/wording.js';
import { readKpiFile } from '../../files/kpi-file.js';
import { readRatesFile } from '../../files/rates-file.js';
import type { Ledger } from '../../ledger/ledger.js';
import { nearest } from '../../nearest.js';
import { type DatedRate, type RateKind, rateBook } from '../../pricing/exchange.js';
import { currencyCode } from '../../pricing/money.js';
import type { Exchange } from '../../report/converted.js';
import type { Kpi } from '../../report/kpi.js';
import { UNASSIGNED } from '../../report/query.js';
import type { ReportBody } from '../../report/report-body.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';

interface KpiOptions {
  readonly metrics?: string;
  readonly per?: string;
}

/** The metric of the file that costs are to be told per one of; `null`: none is asked for. */
export async function kpiOf(io: Io, { metrics: file, per }: KpiOptions): Promise<Kpi | null> {
  if (file === undefined && per === undefined) return null;
  if (file === undefined) throw badOption('--per', per, 'is in no file', `add one: --metrics kpi.csv --per ${per}`);
  const metrics = await readKpiFile(resolve(io.cwd, file), file);
  const names = [...metrics.keys()];
  const [only, ...others] = names;
  if (only === undefined)
    throw badOption(
      '--metrics',
      file,
      'holds no values',
      'write a line per day, unit and metric: 2026-10-05,,tickets,120',
    );
  if (per === undefined && others.length === 0) return metrics.get(only)!;
  if (per === undefined)
    throw badOption('--metrics', file, `holds ${names.length} metrics`, `choose one with --per: ${names.join(', ')}`);
  const found = metrics.get(per);
  if (found !== undefined) return found;
  const near = nearest(per, names);
  const hint = `${near === null ? '' : `did you mean ${near}? `}metrics of ${file}: ${names.join(', ')}`;
  throw badOption('--per', per, 'is no metric of the file', hint);
}

/** Warns of units of the metric that neither the ledger nor the config knows: their values are in no row. */
export async function warnOfUnknownUnits(io: Io, { metric, values }: Kpi, ledger: Ledger, ofConfig: readonly string[]) {
  const known = [UNASSIGNED, ...ofConfig, ...(await ledger.names('unit'))];
  const names = new Set(known);
  for (const unit of new Set(values.flatMap((value) => value.unit ?? []))) {
    if (names.has(unit)) continue;
    const near = nearest(unit, known);
    const hint = near === null ? '' : `; did you mean ${near}?`;
    warn(io, `${metric} are given for the unit ${quoted(unit)}, which no usage was ever recorded of${hint}`);
  }
}

interface ExchangeOptions {
  readonly currency?: string;
  readonly rates?: string;
  readonly rate: RateKind;
}

/** What to convert costs with, and the file of it as it was typed. */
export interface RatesAsked extends Exchange {
  readonly file: string;
  readonly dated: readonly DatedRate[];
  /** Of all its rates, by name. */
  readonly currencies: readonly string[];
}

/** The currency that costs are to be converted into, and the rates; `null`: none is asked for. */
export async function exchangeOf(io: Io, { currency, rates, rate }: ExchangeOptions): Promise<RatesAsked | null> {
  if (currency === undefined && rates === undefined) return null;
  if (currency === undefined)
    throw badOption('--rates', rates, 'converts nothing alone', 'say what into: --currency USD');
  const code = codeOf(currency);
  if (rates === undefined)
    throw badOption(
      '--currency',
      currency,
      'needs rates',
      'add a file of date,base,quote,rate,source: --rates rates.csv',
    );
  const dated = await ratesOf(io, rates);
  const currencies = [...new Set(dated.flatMap(({ base, quote }) => [base, quote]))].sort();
  return { currency: code, kind: rate, rates: rateBook(dated), file: rates, dated, currencies };
}

/** Warns of a currency that no rate of the file is of, where costs are left over for that. */
export function warnOfNoRate(io: Io, { currency, file, currencies }: RatesAsked, { totals }: ReportBody): void {
  if (currencies.includes(currency) || Object.keys(totals.converted?.missing ?? {}).length === 0) return;
  const known = currencies.length === 0 ? 'it has none' : `its currencies: ${currencies.join(', ')}`;
  warn(io, `no rate of ${file} leads to ${currency}; ${known}`);
}

/** Messages name the file as it was typed. */
export async function ratesOf(io: Io, file: string): Promise<DatedRate[]> {
  try {
    return await readRatesFile(resolve(io.cwd, file));
  } catch (error) {
    throw error instanceof TokenhubError ? error.movedTo({ ...error.place, file }) : error;
  }
}

function codeOf(currency: string): string {
  try {
    return currencyCode(currency);
  } catch (error) {
    throw error instanceof TokenhubError ? error.movedTo({ field: '--currency' }) : error;
  }
}
