/**
 * JSON as Python's `json.dumps(value, ensure_ascii=False)` writes it, which is what `tojson` of a chat template gives: a blank after each
 * comma and colon.
 *
 * @param value  parsed JSON; the order of keys stays
 * @example pythonJson({ a: [1, 2] }) // '{"a": [1, 2]}'
 */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${pythonJson(each)}`);
  return `{${fields.join(', ')}}`;
}

/**
 * Whether Python writes every number of a value as `pythonJson` does: not those with an exponent, nor integers that JavaScript rounds.
 * What was `1.0` cannot be told from `1` once it is parsed.
 */
export function hasPlainNumbers(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) ? Number.isSafeInteger(value) : Math.abs(value) >= 1e-4;
  return typeof value !== 'object' || value === null || Object.values(value).every(hasPlainNumbers);
}
