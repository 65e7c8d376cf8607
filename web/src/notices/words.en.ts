/** What the part "notices" says in English. */
import type { NoticesWords } from "./words.fr";

export const en: NoticesWords = { title: "Notices" };
