/** The id of an instance on a bill of Bailian (Model Studio): who called which model, and what is counted. */

/** A call channel; `bmp` and `console` are the console itself, `app` is code. */
export interface BillInstance {
  /** Id of the API key; `null` for calls of the console and on bills of the older form. */
  readonly key: string | null;
  readonly workspace: string | null;
  readonly model: string;
  /** What is counted: `input_token`, `context_0-128k_input_token`, `video_second_1080p`, `audio_tts`. */
  readonly type: string;
  readonly channel: string | null;
  /** Only marketplace models have it here. */
  readonly region: string | null;
}

/** First segment of the form before December 2025: the type of billing, where the id of a key would stand. */
const BILLING_TYPE = /^[a-z]+(?:_[a-z0-9]+)*_(?:tokens?|number|count|seconds?|duration|characters?|tts|asr)$/i;

/**
 * Takes an instance id apart. Forms seen:
 * `ApiKeyID;WorkspaceID;Model;TokenType;Channel;FreeQuotaStop`, of which the last is absent on older bills and the
 * channel on others (`1110;ws-1;glm-5.1;input_token;0`), and whose key is empty for calls of the console;
 * `BillingType;WorkspaceID;Model;TokenType;Channel` before December 2025;
 * `AccountID;Vendor/Model;ApiKeyID;WorkspaceID;Region;Site;TokenType;Sku` for models of the marketplace.
 *
 * @returns `null` for the instances of other products
 */
export function billInstance(id: string): BillInstance | null {
  const parts = id.split(';').map((part) => part.trim());
  if (parts.length === 8 && parts[1]!.includes('/')) return marketplace(parts);
  const [first = '', workspace = '', model = '', type = '', channel = ''] = parts;
  if (parts.length < 4 || parts.length > 6 || model === '' || type === '') return null;
  return {
    key: BILLING_TYPE.test(first) ? null : textOrNull(first),
    workspace: textOrNull(workspace),
    model,
    type,
    channel: /^[01]?$/.test(channel) ? null : channel,
    region: null,
  };
}

function marketplace(parts: readonly string[]): BillInstance {
  const [, model = '', key = '', workspace = '', region = '', , type = ''] = parts;
  return {
    ...{ key: textOrNull(key), workspace: textOrNull(workspace), model, type },
    ...{ channel: null, region: textOrNull(region) },
  };
}

const textOrNull = (text: string): string | null => (text === '' ? null : text);
