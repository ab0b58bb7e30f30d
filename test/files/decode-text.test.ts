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

  test('is read where common Chinese characters are all that is not ASCII, as in the names of a project', async () => {
    const names = Buffer.from('cfeec4bf2cd0a1cea2bfcdb7fe0a', 'hex');
    expect(await decoded(names)).toEqual(['项目,小微客服\n', [AS_GB18030]]);
    const punctuated = Buffer.from(
      '323032362d31302d31305431303a30303a30305a2ccad0b3a1b2bfcfeec4bfa3a8b2e2cad4a3a92c310a',
      'hex',
    );
    expect(await decoded(punctuated)).toEqual(['2026-10-10T10:00:00Z,市场部项目（测试）,1\n', [AS_GB18030]]);
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

  test.each([
    [
      'latin1',
      'PRODUÇÃO, AÇÕES, GESTÃO, PROMOÇÕES',
      '50524f4455c7c34f2c2041c7d545532c2047455354c34f2c2050524f4d4fc7d54553',
    ],
    ['latin1', 'Größe, Maße, Übergrößen', '4772f6df652c204d61df652c20dc6265726772f6df656e'],
    ['latin1', 'ÀÉÎÕÜ É', 'c0c9ced5dc20c9'],
    ['cp1252', '“naïve” café – 5 €, ‘Œuvre’', '936e61ef76659420636166e92096203520802c20918c7576726592'],
    ['cp1251', 'МОСКВА, Проект, Россия', 'ccced1cac2c02c20cff0eee5eaf22c20d0eef1f1e8ff'],
    ['koi8-r', 'проект, москва', 'd0d2cfc5cbd42c20cdcfd3cbd7c1'],
    ['euc-kr', '마케팅부서, 고객지원팀', 'b8b6c4c9c6c3bacebcad2c20b0edb0b4c1f6bff8c6c0'],
    ['euc-jp', '市場調査 開発部 プロジェクト', 'bbd4beecc4b4baba20b3abc8afc9f420a5d7a5eda5b8a5a7a5afa5c8'],
    ['shift_jis', '市場調査 開発部 プロジェクト', '8e738fea92b28db8208a4a94ad9594208376838d83578346834e8367'],
  ])('is what %s is read as: %s', async (_, _text, hex) => {
    expect((await decoded(Buffer.from(hex, 'hex')))[1]).toEqual([REPLACED]);
  });

  test('that begins well is not read as anything else later', async () => {
    const bytes = Buffer.concat([Buffer.from(BILL.repeat(3000)), BILL_GBK]);
    expect((await decoded(bytes))[1]).toEqual([REPLACED]);
  });

  test('with a mark stays UTF-8 whatever follows', async () => {
    expect((await decoded(Buffer.concat([Buffer.from('\ufeff'), BILL_GBK])))[1]).toEqual([REPLACED]);
  });
});
