/** Numbers in sentences and cells. */

/** Thousands separators in the whole part: `1,234,567.5`. */
export const separated = (decimal: string): string => {
  if (decimal.length <= 3) return decimal;
  const [whole = '', fraction] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

/** `1 event`, `1,234 events`. */
export const counted = (number: bigint, noun: string): string =>
  `${separated(number.toString())} ${noun}${number === 1n ? '' : 's'}`;

/** That rows of a file are missing from the figures. */
export const incompleteText = ({ path, rejected }: { readonly path: string; readonly rejected: number }): string =>
  `incomplete: ${counted(BigInt(rejected), 'row')} of ${path} rejected by its import`;

/** `2 events, 1,332 tokens`. */
export const usageText = ({ events, tokens }: { readonly events: bigint; readonly tokens: bigint }): string =>
  `${counted(events, 'event')}, ${counted(tokens, 'token')}`;
