/**
 * The tokenizers that tokenhub is measured beside, at exact versions. Those that tokenhub does not need itself are
 * installed once, below node_modules/.cache, by npm; nothing of them becomes a dependency.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from './install.js';
import { root } from './root.js';

const folder = join(root, 'node_modules', '.cache', 'tokenhub', 'bench');

/** A module that exports `count(text)`; special tokens are ordinary text where the package can do that. */
const SOURCES = {
  tokenhub: (encoding) => `
    import { countTokens } from '${pathToFileURL(join(root, 'dist', 'index.js')).href}';
    export const count = (text) => countTokens(text, { encoding: '${encoding}' });`,
  tiktoken: (encoding) => `
    import { get_encoding } from 'tiktoken';
    const encoding = get_encoding('${encoding}');
    export const count = (text) => encoding.encode_ordinary(text).length;`,
  'gpt-tokenizer': (encoding) => `
    import { countTokens } from 'gpt-tokenizer/encoding/${encoding}';
    const ordinary = { disallowedSpecial: new Set() };
    export const count = (text) => countTokens(text, ordinary);`,
  'ai-tokenizer': (encoding) => `
    import { Tokenizer } from 'ai-tokenizer';
    import * as encoding from 'ai-tokenizer/encoding/${encoding}';
    const tokenizer = new Tokenizer(encoding);
    export const count = (text) => tokenizer.encode(text, [], []).length;`,
  'js-tiktoken': (encoding) => `
    import { Tiktoken } from 'js-tiktoken/lite';
    import ranks from 'js-tiktoken/ranks/${encoding}';
    const encoding = new Tiktoken(ranks);
    export const count = (text) => encoding.encode(text, [], []).length;`,
};

/** Ours first, then the reference. */
export const COUNTERS = Object.keys(SOURCES);
export const REFERENCE = 'tiktoken';
export const JAVASCRIPT_PEERS = ['gpt-tokenizer', 'ai-tokenizer', 'js-tiktoken'];

const VERSIONS = { tiktoken: '1.0.22', 'gpt-tokenizer': '4.0.0', 'ai-tokenizer': '1.0.6', 'js-tiktoken': '1.0.21' };

/** `name@version` of every peer. */
export const PEER_NAMES = Object.entries(VERSIONS).map((peer) => peer.join('@'));

/** Installed in the cache, or in tokenhub's own node_modules, where the modules below look next. */
const isInstalled = ([name, version]) =>
  [folder, root]
    .map((at) => join(at, 'node_modules', name, 'package.json'))
    .some((file) => existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version);

/** @throws when npm cannot install a peer: without peers there is nothing to compare */
export function installPeers() {
  mkdirSync(folder, { recursive: true });
  const missing = Object.entries(VERSIONS).filter((peer) => !isInstalled(peer));
  if (missing.length === 0) return;
  const packages = missing.map((peer) => peer.join('@'));
  install(folder, packages);
}

/** Path of the module that counts with a tokenizer and an encoding. */
export const counterModule = (name, encoding) => moduleFile(`${name}-${encoding}.mjs`, SOURCES[name](encoding));

/** Path of a script that loads one, counts "hello world" and ends. */
export const helloScript = (name, encoding) =>
  moduleFile(
    `${name}-${encoding}-hello.mjs`,
    `${SOURCES[name](encoding)}\n    if (count('hello world') !== 2) throw new Error('not 2 tokens');`,
  );

function moduleFile(name, source) {
  const file = join(folder, name);
  writeFileSync(file, `${source.replace(/^ {4}/gm, '').trim()}\n`);
  return file;
}
