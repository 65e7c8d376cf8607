/** What the part "stock" says in French; the shape of its English. */
export const fr = { title: "Stock" };

export type StockWords = typeof fr;
