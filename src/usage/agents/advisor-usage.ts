import { isFields, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { type DecodedUsage, decodeUsage } from '../shapes/usage-object.js';

/** Usage of a second model that advised while a response was made. */
export interface AdvisorUsage {
  readonly model: string;
  readonly usage: DecodedUsage;
}

/**
 * The `advisor_message` entries of `usage.iterations`: calls of another model, billed at its price and not part of the
 * figures of the response itself. The other entries repeat what those figures already hold.
 *
 * @throws BAD_FIELD, MISSING_FIELD at a bad entry
 */
export function advisorUsages(usage: unknown): readonly AdvisorUsage[] {
  const iterations = isFields(usage) ? valueAt(usage, 'iterations') : null;
  if (!Array.isArray(iterations)) return [];
  return iterations.flatMap((entry, index) => {
    if (!isFields(entry) || valueAt(entry, 'type') !== 'advisor_message') return [];
    const [decoded] = decodeUsage(entry);
    const model = modelOf([valueAt(entry, 'model')], `message.usage.iterations.${index}.model`);
    return decoded === undefined ? [] : [{ model, usage: decoded }];
  });
}
