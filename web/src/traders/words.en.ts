/** What the part "traders" says in English. */
import type { TradersWords } from "./words.fr";

export const en: TradersWords = { title: "Traders" };
