import { describe, expect, test } from 'vitest';
import { readTokenizerJson } from '../../src/tokenizer/hugging-face.js';
import { PATTERN_NAMES, patternTexts } from '../../src/tokenizer/pattern-texts.js';
import { GPT2, splitBy, tokenizerJson } from './vocabulary-files.js';

const MERGES = ['h e', 'l l', 'he ll', 'hell o'];
const latin1 = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('latin1');

describe('a tokenizer.json', () => {
  test('gives bytes to its tokens, ids to its merges, and its added tokens to decoding alone', () => {
    const { tokens, merges, special, pattern, normalization, wholePieces } = readTokenizerJson(
      tokenizerJson(MERGES),
      null,
    );
    expect(tokens).toHaveLength(260); // 256 bytes, 4 merged
    expect([latin1(tokens[32]), latin1(tokens[259])]).toEqual([' ', 'hello']);
    expect(merges).toEqual([
      [104, 101],
      [108, 108],
      [256, 257],
      [258, 111],
    ]);
    expect({ special, pattern, normalization, wholePieces }).toEqual({
      special: { '<|end|>': 1000 },
      pattern: 'r50k',
      normalization: 'none',
      wholePieces: 'merged',
    });
  });

  test('may write its merges as pairs', () => {
    const pairs = { merges: MERGES.map((merge) => merge.split(' ')) };
    expect(readTokenizerJson(tokenizerJson(MERGES, { model: pairs }), null)).toEqual(
      readTokenizerJson(tokenizerJson(MERGES), null),
    );
  });

  test('leaves out added tokens that stand in its vocabulary and that no merge makes', () => {
    const { model } = tokenizerJson([]);
    const vocab = { ...model.vocab, '<｜end▁of｜>': 256 };
    const added_tokens = [{ id: 256, content: '<｜end▁of｜>', special: true }];
    const { tokens, special } = readTokenizerJson(
      tokenizerJson([], { model: { vocab }, file: { added_tokens } }),
      null,
    );
    expect(tokens).toHaveLength(256);
    expect(special).toEqual({ '<｜end▁of｜>': 256 });
  });

  test.each([
    [null, 'none'],
    [{ type: 'NFC' }, 'NFC'],
    [{ type: 'NFKC' }, 'NFKC'],
    [{ type: 'Sequence', normalizers: [] }, 'none'],
    [{ type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'NFKC' }] }, 'NFKC'],
  ])('normalizes by %j as %s', (normalizer, expected) => {
    expect(readTokenizerJson(tokenizerJson([], { file: { normalizer } }), null).normalization).toBe(expected);
  });

  test('may have names that objects inherit', () => {
    const file = JSON.parse(
      JSON.stringify(tokenizerJson(['_ _'])).replace(
        '"added_tokens":[',
        '"added_tokens":[{"id":7,"content":"<__proto__>","special":true},',
      ),
    );
    file.model.vocab = JSON.parse(JSON.stringify(file.model.vocab).replace('"__":256', '"__":256,"__proto__":257'));
    const { tokens, special } = readTokenizerJson(file, null);
    expect(latin1(tokens[257])).toBe('__proto__');
    expect(special['<__proto__>']).toBe(7);
  });
});

describe('the pattern of a tokenizer.json', () => {
  test.each(PATTERN_NAMES)('%s is recognised by each of its texts', (name) => {
    for (const text of patternTexts[name]) {
      const splits = text.split('\n').flatMap((split) => splitBy(split).pretokenizers.slice(0, 1));
      const pre_tokenizer = { type: 'Sequence', pretokenizers: [...splits, { ...GPT2, use_regex: false }] };
      expect(readTokenizerJson(tokenizerJson([], { file: { pre_tokenizer } }), null).pattern).toBe(name);
    }
  });

  test('may keep its line breaks as they are, and its matches by removing what is between', () => {
    const [text] = patternTexts.cl100k;
    const raw = splitBy(text!.replaceAll('\\r\\n', '\r\n'));
    const removed = splitBy(text!, { behavior: 'Removed', invert: true });
    for (const pre_tokenizer of [raw, removed])
      expect(readTokenizerJson(tokenizerJson([], { file: { pre_tokenizer } }), null).pattern).toBe('cl100k');
  });

  test('is what was asked for when it is not recognised, and only then', () => {
    const unknown = tokenizerJson([], { file: { pre_tokenizer: splitBy('[a-z]+|.') } });
    expect(readTokenizerJson(unknown, 'qwen').pattern).toBe('qwen');
    expect(() => readTokenizerJson(unknown, null)).toThrow(/no scanner is known.*\[a-z\]\+\|\./);
    expect(() => readTokenizerJson(tokenizerJson([]), 'qwen')).toThrow(/by the pattern r50k, not qwen/);
  });
});

const sequence = (...pretokenizers: object[]) => ({ file: { pre_tokenizer: { type: 'Sequence', pretokenizers } } });

test.each<[string, unknown, RegExp]>([
  ['another kind of JSON', { hello: 1 }, /no tokenizer\.json/],
  ['an array', [], /no tokenizer\.json/],
  ['null', null, /no tokenizer\.json/],
  ['Unigram', tokenizerJson([], { model: { type: 'Unigram' } }), /model is Unigram/],
  ['WordPiece', tokenizerJson([], { model: { type: 'WordPiece' } }), /model is WordPiece/],
  ['SentencePiece BPE', tokenizerJson([], { file: { pre_tokenizer: { type: 'Metaspace' } } }), /SentencePiece/],
  ['no pre-tokenizer', tokenizerJson([], { file: { pre_tokenizer: null } }), /SentencePiece/],
  [
    'a blank before every text',
    tokenizerJson([], { file: { pre_tokenizer: { ...GPT2, add_prefix_space: true } } }),
    /blank/,
  ],
  ['lower-casing', tokenizerJson([], { file: { normalizer: { type: 'Lowercase' } } }), /normalizes text by Lowercase/],
  [
    'a split by a string',
    tokenizerJson([], sequence({ type: 'Split', pattern: { String: ' ' } }, GPT2)),
    /without a regular/,
  ],
  [
    'merged splits',
    tokenizerJson([], { file: { pre_tokenizer: splitBy('.', { behavior: 'MergedWithNext' }) } }),
    /MergedWithNext/,
  ],
  ['nested sequences', tokenizerJson([], sequence({ type: 'Sequence', pretokenizers: [] }, GPT2)), /nested/],
  ['pre-tokenizers that are no objects', tokenizerJson([], { file: { pre_tokenizer: 7 } }), /no objects/],
  ['dropout', tokenizerJson([], { model: { dropout: 0.1 } }), /dropout/],
  ['ends of words', tokenizerJson([], { model: { end_of_word_suffix: '</w>' } }), /end of words/],
  [
    'plain text among its added tokens',
    tokenizerJson([], { file: { added_tokens: [{ id: 300, content: '    ', special: false }] } }),
    /plain text/,
  ],
  ['added tokens that are no list', tokenizerJson([], { file: { added_tokens: {} } }), /no list/],
  ['an added token without an id', tokenizerJson([], { file: { added_tokens: [{ content: '<a>' }] } }), /no usable id/],
  ['no vocabulary', tokenizerJson([], { model: { vocab: [] } }), /no vocabulary/],
  ['an id that is no number', tokenizerJson([], { model: { vocab: { a: '1' } } }), /"a" has no usable id/],
  ['an id below 0', tokenizerJson([], { model: { vocab: { a: -1 } } }), /no usable id/],
  ['an id beyond all', tokenizerJson([], { model: { vocab: { a: 1e15 } } }), /no usable id/],
  ['one id twice', tokenizerJson([], { model: { vocab: { a: 1, b: 1 } } }), /two tokens have the id 1/],
  ['a token that is not bytes', tokenizerJson([], { model: { vocab: { '▁the': 0 } } }), /not written byte by byte/],
  ['no merges', tokenizerJson([], { model: { merges: null } }), /lists no merges/],
  ['a merge of three', tokenizerJson([], { model: { merges: ['a b', 'a b c'] } }), /merge 2 is no pair/],
  ['a merge of what is not there', tokenizerJson([], { model: { merges: ['a bc'] } }), /not there: "bc"/],
])('%s is refused, with the reason', (_, file, message) => {
  expect(() => readTokenizerJson(file, null)).toThrow(
    expect.objectContaining({ code: 'BAD_ENCODING_FILE', exitCode: 2, message: expect.stringMatching(message) }),
  );
});
