/** Brings the words of the dealer's auctions with them. */
import { addWords } from "../language/words";
import { dealerEn } from "./words.en";
import { dealerFr } from "./words.fr";

addWords("dealer", dealerFr, dealerEn);
