import { lfsContentOf, sha256Of } from '../../files/blob-id.js';
import { readRegularFile } from '../../files/read-text.js';

/** Whether a file of the work tree is the content a pointer of Git LFS stands for, or a pointer itself. */
export function lfsStateOf(absolute: string, content: string): 'same' | 'pointer' | 'other' {
  try {
    const bytes = readRegularFile(absolute);
    if (!(bytes instanceof Uint8Array)) return 'other';
    return lfsContentOf(bytes) !== null ? 'pointer' : sha256Of(bytes) === content ? 'same' : 'other';
  } catch {
    return 'other'; // whoever counts it says why it cannot be read
  }
}
