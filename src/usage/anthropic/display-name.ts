const DISPLAY_NAME = /^Claude(?: [A-Za-z]+| \d+(?:\.\d+)?)+( \d{4}-\d{2}-\d{2})?$/;

/**
 * The id form of a Claude model's display name: lower case, blanks and dots become hyphens, a date loses its own. Any
 * other text, an id among them, is returned as it is. The date of a snapshot is not added: a display name does not say it.
 *
 * @example claudeModelId('Claude Haiku 4.5') // 'claude-haiku-4-5'
 * @example claudeModelId('Claude 3.5 Sonnet 2024-10-22') // 'claude-3-5-sonnet-20241022'
 */
export function claudeModelId(name: string): string {
  const match = DISPLAY_NAME.exec(name);
  if (match === null) return name;
  const [, date = ''] = match;
  const words = name
    .slice(0, name.length - date.length)
    .toLowerCase()
    .replace(/[ .]/g, '-');
  return date === '' ? words : `${words}-${date.trim().replaceAll('-', '')}`;
}
