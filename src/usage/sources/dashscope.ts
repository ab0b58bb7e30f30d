import { isFields, valueAt } from '../reading/fields.js';
import { objects } from '../reading/recognise.js';
import { decodeResponseLine } from '../response/response-event.js';
import { takeApart } from '../response/response-line.js';
import type { Source } from '../source.js';

/** Usage that only DashScope reports. */
const OWN_USAGE = [
  ...['models', 'image_count', 'video_count', 'video_duration', 'output_video_duration', 'characters', 'plugins'],
];

/**
 * Logs of native DashScope responses, `{ request_id, output, usage }`: text, vision, speech, images, video, rerank,
 * and application calls, which use several models. The model comes from what wraps the response.
 */
export const dashscope: Source = {
  name: 'dashscope',
  title: 'DashScope (Bailian) response log',
  kind: 'json',
  role: 'app',
  documentation: 'https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope',
  account: null,
  reads: ['request_id', 'model', 'usage', 'usage.models'],
  key: 'request_id',
  recognises: objects(looksNative),
  decoder: (context) => (record) => decodeResponseLine(record, context, 'alibaba'),
};

function looksNative(value: object): boolean {
  const { response, usage } = takeApart(value);
  if (isFields(usage) && OWN_USAGE.some((name) => Object.hasOwn(usage, name))) return true;
  const named = Object.hasOwn(response, 'request_id') && !Object.hasOwn(response, 'id');
  return named && (isFields(usage) || isFields(valueAt(response, 'output')));
}
