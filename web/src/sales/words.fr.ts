/** What the part "sales" says in French; the shape of its English. */
export const fr = { title: "Sales" };

export type SalesWords = typeof fr;
