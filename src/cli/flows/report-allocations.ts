/** What `report --allocate` asks, and the answer in a report's words. */

import { badOption } from '../../errors/command-line.js';
import type { AllocationResult } from '../../hub/allocation/allocate-costs.js';
import type { Allocation } from '../../hub/allocation/allocation.js';
import { type AllocatedPart, partsOfUnit, partsUnallocated } from '../../hub/allocation/parts.js';
import type { Allocated, UnitAllocation } from '../../report/allocated.js';
import { UNASSIGNED } from '../../report/query.js';
import type { CutInvoice, WindowAllocations } from './allocations.js';
import type { ReportOptions } from './report.js';

/** Shared cost is split over units, whole and in its own currency: what asks for anything else is refused. */
export function refuseBesideAllocate(options: ReportOptions): void {
  const { by, top, compare, metrics, currency, cost, model, where } = options;
  if (by?.some((dimension) => dimension !== 'unit'))
    throw badOption('--by', by.join(), 'cannot be split over', 'shared cost is split over units: --by unit --allocate');
  const beside = { '--top': top, '--compare': compare, '--metrics': metrics, '--currency': currency };
  const chosen = { '--model': model?.[0], '--where': where?.[0], '--cost': cost === 'all' ? cost : undefined };
  for (const [flag, value] of Object.entries({ ...beside, ...chosen }))
    if (value !== undefined)
      throw badOption(flag, value, 'does not go with --allocate', `leave ${flag} out, or --allocate`);
}

export const allocatedOf = (result: WindowAllocations): Allocated => ({
  ...result,
  units: result.units.map(
    (each): UnitAllocation => ({
      ...each,
      unit: each.unit ?? UNASSIGNED,
      parts: partsOfUnit(result, each.unit).map(partOf),
    }),
  ),
  unallocatedParts: partsUnallocated(result).map(partOf),
  splits: result.splits.map(dividedOf),
  cut: result.cut.map(cutOf),
});

const sourceOf = (allocation: Allocation) => ({
  from: allocation.kind === 'unit' ? (allocation.from ?? UNASSIGNED) : null,
  name: allocation.name,
});

const partOf = ({ allocation, month, by, share, weight, of, cost }: AllocatedPart) => ({
  ...sourceOf(allocation),
  ...{ month, amount: cost, by, share, weight, of },
});

const dividedOf = ({ allocation, month, cost, parts, unknown, unallocated }: AllocationResult['splits'][number]) => ({
  ...sourceOf(allocation),
  ...{ month, amount: cost, by: allocation.split.by, to: parts.map(({ unit }) => unit), unknown, unallocated },
});

const cutOf = ({ name, month, currency, pico }: CutInvoice) => ({ name, month, amount: { [currency]: pico } });
