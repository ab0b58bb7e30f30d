import { TextDecoder } from 'node:util';
import { decodesAs } from './decodes-as.js';

/**
 * Name of a member as text: UTF-8 where the archive says so or the bytes are, else GB18030, which archives made in China
 * use without saying so, else Latin-1.
 *
 * @param unicode  the name in UTF-8 from an extra field, where there is one
 */
export function memberName(bytes: Buffer, isUtf8: boolean, unicode: Buffer | null): string {
  if (isUtf8 || unicode !== null) return new TextDecoder('utf-8').decode(unicode ?? bytes);
  return decodesAs('utf-8', bytes) ?? decodesAs('gb18030', bytes) ?? bytes.toString('latin1');
}
