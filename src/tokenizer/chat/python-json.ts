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
