import type { Dictionaries, FacetIds } from './dictionaries.js';
import { shapeOf } from './rollup-shape.js';

/** What a cell has besides its day and unit. Many facets are of one kind: they differ in what no rollup tells. */
export interface Kind {
  /** Of recording, model, provider and shape. */
  readonly index: number;
  /** Of recording and shape alone. */
  readonly shapeIndex: number;
  readonly recording: number;
  readonly model: number;
  readonly provider: number;
  readonly shape: number;
}

/** Kinds met since the rollups were last written. */
export function kindKeeper(ids: Pick<Dictionaries, 'shape'>) {
  const kinds = new Map<number | string, Kind>();
  const numbers = new Map<string, number>();
  const longShapes = new Set<number>();

  const numberOf = (key: string): number => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };

  /** @param bits  as `bitsOf` has them; @param days  of a bucket of several days, else 0 */
  function kindOf(facet: FacetIds, recording: number, bits: number, days: number): Kind {
    const plain = (recording * 2 ** 22 + facet.id) * 4096 + bits;
    const key = days === 0 ? plain : `${plain} ${days}`;
    const known = kinds.get(key);
    if (known !== undefined) return known;
    const shape = ids.shape(shapeOf(facet, bits, days));
    if (days > 0) longShapes.add(shape);
    const { model, provider } = facet;
    const index = numberOf(`${recording} ${model} ${provider} ${shape}`);
    const kind = { index, shapeIndex: numberOf(`${recording} ${shape}`), recording, model, provider, shape };
    kinds.set(key, kind);
    return kind;
  }

  const forget = (): void => {
    kinds.clear();
    numbers.clear();
  };
  return { kindOf, forget, size: () => kinds.size, isLong: (shape: number) => longShapes.has(shape) };
}
