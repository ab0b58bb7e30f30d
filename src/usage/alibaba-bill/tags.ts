import { tagsOf } from '../reading/tags.js';

/**
 * Tags of an instance: `key:app value:portal; key:env value:prod` in exports, `app:portal;env:prod` in the API. The call
 * channel is one more, unless a tag of that name is set.
 */
export function billTags(text: string | null, channel: string | null): Readonly<Record<string, string>> {
  const stated = (text ?? '').split(';').flatMap((tag) => {
    const parts = /^\s*key:(.*?)\s+value:(.*)$/.exec(tag) ?? /^([^:]+):(.*)$/.exec(tag);
    return parts === null ? [] : [[parts[1]!.trim(), parts[2]!.trim()] as const];
  });
  return tagsOf(Object.fromEntries([['channel', channel], ...stated]));
}
