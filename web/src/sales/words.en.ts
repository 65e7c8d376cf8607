/** What the part "sales" says in English. */
import type { SalesWords } from "./words.fr";

export const en: SalesWords = { title: "Sales" };
