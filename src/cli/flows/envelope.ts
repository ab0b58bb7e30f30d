import { packageVersion } from '../../files/package-root.js';

/** The one JSON object of an output: which schema, which tokenhub, then the body. */
export const envelope = <Body extends object>(schema: string, body: Body) => ({
  schema: `tokenhub.${schema}/v1`,
  tokenhub: packageVersion(),
  ...body,
});
