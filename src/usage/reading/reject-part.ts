import { TokenhubError } from '../../errors.js';

/**
 * Does the work for one part of a record, or adds the error that rejects it, its field named by the path to the part.
 *
 * @param path     what the names of the part's fields begin with: `data.3.results.0.`
 * @param rejects  gets the error
 */
export function orReject(path: string, rejects: TokenhubError[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof TokenhubError)) throw error;
    const field = `${path}${error.place.field ?? ''}`.replace(/\.$/, '');
    rejects.push(field === '' ? error : error.movedTo({ ...error.place, field }));
  }
}
