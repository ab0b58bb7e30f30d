/** Text from outside in Markdown that a forge renders: no markup, no link, no mention, no reference comes of it. */

import { visible } from './visible.js';

/** What markup, tables, entities, formulas, mentions, references and addresses begin with. */
const MARKS = /[&<>|`*_~^\\[\]@#$]|:(?=\/\/)|(?<=www)\./gi;

const entity = (mark: string): string => `&#${mark.charCodeAt(0)};`;

/**
 * A name or a command, as code: forges look for mentions and references outside of code only.
 *
 * @param most  characters; what is longer is cut, and says so
 */
export const codeText = (text: string, most: number): string => `<code>${inert(shortened(visible(text), most))}</code>`;

/** What a forge takes for a mention, a reference to an issue, a request, a milestone or a label, or an address. */
const REFERENCES =
  /@|[#!$%&~](?=[\w"])|GH-(?=\d)|:(?=\/\/)|www(?=\.)|\/(?=(?:issues|pull|discussions|merge_requests)\/)/gi;

/** A sentence, in which what a forge would take for something is broken by a space of no width. */
export const proseText = (text: string, most: number): string =>
  inert(shortened(visible(text), most).replace(REFERENCES, (mark) => `${mark}\u200b`));

/** An entity is never structure (CommonMark 0.31, 2.5), and an address with entities in it is no address. */
const inert = (text: string): string => text.replace(MARKS, entity);

function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
