/** What the part "notices" says in French; the shape of its English. */
export const fr = { title: "Notices" };

export type NoticesWords = typeof fr;
