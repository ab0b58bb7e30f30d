/** What reports call the events without a unit; an export of tokenhub's own may carry it back in. */
const UNASSIGNED = '(unassigned)';

/** The unit a record states; `null` when it states none, in words or by leaving it out. */
export const statedUnit = (text: string | null): string | null => (text === UNASSIGNED ? null : text);
