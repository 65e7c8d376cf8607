/** What the part "purchases" says in English. */
import type { PurchasesWords } from "./words.fr";

export const en: PurchasesWords = { title: "Purchases" };
