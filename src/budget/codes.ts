/** Public codes of verdicts, and what each means. Codes are added, never renamed. */

/** The level it has; where that is `breach`, the budget says whether it is an error or warns. */
type FindingLevel = 'ok' | 'warn' | 'unknown' | 'breach';

export interface Finding {
  readonly code: Code;
  readonly level: FindingLevel;
  /** Lower case, fit for a table. */
  readonly title: string;
}

export const CODES = {
  ok: 'TH000',
  overLimit: 'TH001',
  overWarning: 'TH002',
  insideBand: 'TH003',
  noFiles: 'TH004',
  notCounted: 'TH005',
  withinTolerance: 'TH006',
  grown: 'TH007',
  preExisting: 'TH008',
  limitChanged: 'TH009',
  noBaseline: 'TH010',
  unpricedModel: 'TH011',
  unknownWindow: 'TH012',
  unknownBaseline: 'TH013',
  unpriced: 'TH101',
  otherCurrency: 'TH102',
  noUsage: 'TH103',
  rejectedRows: 'TH104',
  noLedger: 'TH105',
  unsplitBill: 'TH106',
  unheardOf: 'TH107',
  notReported: 'TH108',
  ofNobody: 'TH109',
  unassigned: 'TH110',
  forecastOver: 'TH111',
  forecastMayPass: 'TH112',
  tooFewDays: 'TH113',
  periodGrown: 'TH114',
  stale: 'TH115',
  anomaly: 'TH116',
  unassignedShare: 'TH117',
  noFormerPeriod: 'TH118',
} as const;

export type Code = (typeof CODES)[keyof typeof CODES];

const TITLES: Readonly<Record<Code, readonly [FindingLevel, title: string]>> = {
  TH000: ['ok', 'within the limit'],
  TH001: ['breach', 'over the limit; an approximate count only when even the low end of its band is'],
  TH002: ['warn', 'over the warning'],
  TH003: ['warn', 'over the limit, but inside the band of an approximate count'],
  TH004: ['unknown', 'the globs match no file'],
  TH005: ['unknown', 'a matching file could not be counted'],
  TH006: ['warn', 'over the limit, but within the tolerance'],
  TH007: ['breach', 'grown by more than `maxIncrease` since the base'],
  TH008: ['warn', 'over the limit as it was in the base already, and not worse'],
  TH009: ['warn', 'the change loosens a limit of its own or its baseline, or moves a file out of a budget'],
  TH010: ['unknown', 'a budget of growth alone, and nothing to compare with'],
  TH011: ['unknown', 'a limit in money, and no price of the model in that currency, or a call too large for the model'],
  TH012: ['unknown', 'a limit of context, and the context window of the model is not known'],
  TH013: ['unknown', 'what the file was in the base could not be counted'],
  TH101: ['unknown', 'a budget in money, and part of the usage has no price'],
  TH102: ['unknown', 'part of the cost is in another currency'],
  TH103: ['unknown', 'the ledger holds nothing for the period'],
  TH104: ['unknown', 'rows of that period were rejected by their import'],
  TH105: ['unknown', 'there is no ledger'],
  TH106: ['unknown', 'a budget in money of one unit or model, and the bill does not say what part is for it'],
  TH107: ['unknown', 'neither the config nor any event knows a name that the budget gives'],
  TH108: ['unknown', 'a budget of a quantity, and what is read does not tell of it'],
  TH109: ['unknown', 'a quota, and usage of what it is of does not say whose it is'],
  TH110: ['unknown', 'usage of no unit may be of this one'],
  TH111: ['breach', 'the period will end over the limit, even at the low end of its forecast'],
  TH112: ['warn', 'the period may end over the limit, at the high end of its forecast'],
  TH113: ['warn', 'not enough data for a forecast or an anomaly'],
  TH114: ['breach', 'grown too much against the period before'],
  TH115: ['unknown', 'the newest data are older than `maxAge`, or than the eight days of an anomaly'],
  TH116: ['breach', 'a day far above the same weekdays before it'],
  TH117: ['breach', 'too large a share of usage is of no unit'],
  TH118: ['unknown', 'the period before cannot be compared with'],
};

/** All of them, by code. */
export const FINDINGS: readonly Finding[] = (Object.keys(TITLES) as Code[]).map((code) => {
  const [level, title] = TITLES[code];
  return { code, level, title };
});
