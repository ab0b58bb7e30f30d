import { readFileSync } from 'node:fs';
import { packageFiles } from './package-files.js';
import { fixedRandom } from './random.js';

/** Paragraphs of installed packages' Markdown and licences: those that look like sentences, each once. */
function paragraphs() {
  const texts = packageFiles()
    .filter(({ name }) => /\.md$|licen[cs]e[^/]*$/i.test(name))
    .map(({ path }) => readFileSync(path, 'utf8').replace(/```[\s\S]*?```/g, ''));
  const all = texts.flatMap((text) => text.split(/\n\s*\n/)).map((text) => text.trim().replace(/\s+/g, ' '));
  return [...new Set(all.filter((text) => text.length > 120 && /^[A-Z].*[.!?]$/.test(text)))];
}

/** For each word of the texts the words that follow it, as often as they do; '' stands for the end of a paragraph. */
function followers(texts) {
  const after = new Map();
  for (const text of texts) {
    const words = ['', ...text.split(' '), ''];
    words.slice(1).forEach((word, i) => {
      after.set(words[i], [...(after.get(words[i]) ?? []), word]);
    });
  }
  return after;
}

/**
 * English by a chain of words: each follows the one before it as it does in the paragraphs, so that words are as
 * frequent as people make them.
 */
export function generateProse(bytes) {
  const after = followers(paragraphs());
  const { pick } = fixedRandom();
  const words = [];
  for (let size = 0, word = ''; size < bytes; size += word.length + 1) {
    word = pick(after.get(word));
    words.push(word === '' ? '\n' : word);
  }
  return words.join(' ').replaceAll(' \n ', '\n\n');
}
