/** What the part "home" says in English. */
import type { HomeWords } from "./words.fr";

export const en: HomeWords = { title: "Home" };
