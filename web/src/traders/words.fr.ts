/** What the part "traders" says in French; the shape of its English. */
export const fr = { title: "Traders" };

export type TradersWords = typeof fr;
