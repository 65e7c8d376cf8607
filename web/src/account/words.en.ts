/** What the part "account" says in English. */
import type { AccountWords } from "./words.fr";

export const en: AccountWords = { title: "Account" };
