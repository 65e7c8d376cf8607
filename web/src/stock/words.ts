/** Brings the words of this part with it. */
import { addWords } from "../language/words";
import { en } from "./words.en";
import { fr } from "./words.fr";

addWords("stock", fr, en);
