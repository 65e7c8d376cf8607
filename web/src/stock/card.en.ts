/** What a vehicle's card says in English. */
import type { CardWords } from "./card.fr";

export const card: CardWords = {};
