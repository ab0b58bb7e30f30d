/** References to figures, as `why` takes them. */

import { TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

const EXAMPLES =
  'report:unit=wukong,model=qwen3-max,period=2026-10 or flow:transport,model=qwen3-max or verdict:<budget>';

export const badFigure = (text: string, why: string, hint = `write it as in ${EXAMPLES}`): TokenhubError =>
  new TokenhubError({
    code: 'BAD_FIGURE',
    message: `${quoted(text)} ${why}`,
    hint,
    place: { field: '<figure>' },
  });
