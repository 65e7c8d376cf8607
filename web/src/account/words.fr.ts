/** What the part "account" says in French; the shape of its English. */
export const fr = { title: "Account" };

export type AccountWords = typeof fr;
