/** What the part "stock" says in English. */
import type { StockWords } from "./words.fr";

export const en: StockWords = { title: "Stock" };
