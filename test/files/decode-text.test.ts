import { describe, expect, test } from 'vitest';
import { decodeText } from '../../src/files/decode-text.js';

/** Text and notes of bytes that come in pieces of a size. */
async function decoded(bytes: Uint8Array, size = 256 * 1024): Promise<[text: string, notes: string[]]> {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const notes: string[] = [];
  let text = '';
  for await (const part of decodeText(pieces(), 'a.csv', (note) => notes.push(note))) text += part;
  return [text, notes];
}

const BILL = '账单日期,模型,输入用量\n2026-10-01,通义千问,12\n';
/** The same in GBK, as Python's codec writes it. */
const BILL_GBK = Buffer.from(
  'd5cbb5a5c8d5c6da2cc4a3d0cd2ccae4c8ebd3c3c1bf0a323032362d31302d30312ccda8d2e5c7a7ceca2c31320a',
  'hex',
);
/** The euro sign and an ideograph that only GB18030 has. */
const [WIDE, WIDE_GB18030] = ['€㐀', Buffer.from('a2e38139ee39', 'hex')];

const AS_GB18030 = 'is not UTF-8 and was read as GB18030 (GBK)';
const REPLACED = 'is not UTF-8: invalid bytes became U+FFFD; convert it first, for example: iconv -f GBK -t UTF-8';

describe('GB18030', () => {
  test('is read where the bytes are no UTF-8 and hold words of a Chinese bill, and said', async () => {
    expect(await decoded(BILL_GBK)).toEqual([BILL, [AS_GB18030]]);
    expect(await decoded(Buffer.concat([BILL_GBK, WIDE_GB18030]))).toEqual([BILL + WIDE, [AS_GB18030]]);
  });

  test('in whatever pieces it comes, and however late the first byte that is not ASCII', async () => {
    const ascii = 'a,b,c\n'.repeat(100_000);
    const bytes = Buffer.concat([Buffer.from(ascii), BILL_GBK]);
    for (const size of [1000, 65_537, 256 * 1024])
      expect(await decoded(bytes, size)).toEqual([ascii + BILL, [AS_GB18030]]);
    for (const size of [1, 2, 3, 5]) expect(await decoded(BILL_GBK, size)).toEqual([BILL, [AS_GB18030]]);
  });

  test('with invalid bytes later is read on, and that is said too', async () => {
    const [text, notes] = await decoded(Buffer.concat([...Array(3000).fill(BILL_GBK), Buffer.from([0xff, 0x0a])]));
    expect(text.endsWith('12\n\ufffd\n')).toBe(true);
    expect(notes).toEqual([AS_GB18030, 'is not all GB18030: invalid bytes became U+FFFD']);
  });
});

describe('UTF-8', () => {
  test('is read where the bytes are UTF-8, Chinese or not', async () => {
    for (const size of [1, 2, 1000]) expect(await decoded(Buffer.from(BILL), size)).toEqual([BILL, []]);
    expect(await decoded(Buffer.from('plain'))).toEqual(['plain', []]);
    expect(await decoded(Buffer.alloc(0))).toEqual(['', []]);
  });

  test('is what other encodings are read as, with what is invalid replaced', async () => {
    const latin = Buffer.from('Zeit,Modell,Gr\xf6\xdfe\n', 'latin1');
    expect(await decoded(latin)).toEqual(['Zeit,Modell,Gr\ufffd\ufffde\n', [REPLACED]]);
    // Korean in EUC-KR is valid GB18030 too, but makes no words
    expect((await decoded(Buffer.from('c0afc0fabfa1b0d42c310a', 'hex')))[1]).toEqual([REPLACED]);
  });

  test('that begins well is not read as anything else later', async () => {
    const bytes = Buffer.concat([Buffer.from(BILL.repeat(3000)), BILL_GBK]);
    expect((await decoded(bytes))[1]).toEqual([REPLACED]);
  });

  test('with a mark stays UTF-8 whatever follows', async () => {
    expect((await decoded(Buffer.concat([Buffer.from('\ufeff'), BILL_GBK])))[1]).toEqual([REPLACED]);
  });
});
