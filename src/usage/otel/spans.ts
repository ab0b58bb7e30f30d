import { type Fields, isFields, valueAt } from '../reading/fields.js';
import { type Attributes, attributesOf } from './attributes.js';

/** One span of an OTLP document. */
export interface Span {
  /** In its document: `resourceSpans.0.scopeSpans.0.spans.3`. */
  readonly path: string;
  readonly fields: Fields;
  readonly attributes: Attributes;
  readonly resource: Attributes;
  /** Trace and span id, `''` where one is missing: tells the span from every other. */
  readonly key: string;
  /** The same of its parent; `''`: it has none. */
  readonly parentKey: string;
}

/** The spans of an OTLP document in order; what is no list or no object holds none. */
export function spansOf(document: Fields): readonly Span[] {
  const spans: Span[] = [];
  for (const [path, group] of entriesOf(document, 'resourceSpans', '')) {
    const resource = attributesOf(objectAt(group, 'resource'));
    for (const name of ['scopeSpans', 'instrumentationLibrarySpans'])
      for (const [scopePath, scope] of entriesOf(group, name, path))
        for (const [spanPath, fields] of entriesOf(scope, 'spans', scopePath))
          spans.push(spanOf(spanPath, fields, resource));
  }
  return spans;
}

const spanOf = (path: string, fields: Fields, resource: Attributes): Span => ({
  ...{ path, fields, resource, attributes: attributesOf(fields) },
  key: keyOf(fields, 'spanId'),
  parentKey: keyOf(fields, 'parentSpanId'),
});

function keyOf(fields: Fields, name: string): string {
  const [trace, span] = [valueAt(fields, 'traceId'), valueAt(fields, name)];
  return typeof trace === 'string' && typeof span === 'string' && trace !== '' && span !== '' ? `${trace}:${span}` : '';
}

function* entriesOf(holder: Fields, name: string, path: string): Generator<readonly [path: string, entry: Fields]> {
  const list = valueAt(holder, name);
  if (!Array.isArray(list)) return;
  const prefix = path === '' ? name : `${path}.${name}`;
  for (const [index, entry] of list.entries()) if (isFields(entry)) yield [`${prefix}.${index}`, entry];
}

function objectAt(holder: Fields, name: string): Fields {
  const value = valueAt(holder, name);
  return isFields(value) ? value : {};
}
