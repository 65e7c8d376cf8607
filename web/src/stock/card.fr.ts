/** What a vehicle's card says in French; the shape of its English. */
export const card = {};

export type CardWords = typeof card;
