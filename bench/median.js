/** The middle value; of an even number of values the upper of the two in the middle. */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
