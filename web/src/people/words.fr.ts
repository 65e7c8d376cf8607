/** What the part "people" says in French; the shape of its English. */
export const fr = { title: "People" };

export type PeopleWords = typeof fr;
