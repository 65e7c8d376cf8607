/** What the part "people" says in English. */
import type { PeopleWords } from "./words.fr";

export const en: PeopleWords = { title: "People" };
