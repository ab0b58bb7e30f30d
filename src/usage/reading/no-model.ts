/** The model of records that sum over models, or that are about none, such as a tax line. */
export const NO_MODEL = '(no model)';
