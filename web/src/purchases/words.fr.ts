/** What the part "purchases" says in French; the shape of its English. */
export const fr = { title: "Purchases" };

export type PurchasesWords = typeof fr;
