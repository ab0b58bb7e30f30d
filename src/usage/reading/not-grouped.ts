/**
 * The model of usage or of a cost whose record names none, because the export was not grouped by model or because the
 * charge is for no model. It is usage all the same: no price list knows the name, so it is unpriced and never 0, and
 * reports show it as a line of its own.
 */
export const NOT_GROUPED = '(not grouped)';
