/** What the part "home" says in French; the shape of its English. */
export const fr = { title: "Home" };

export type HomeWords = typeof fr;
