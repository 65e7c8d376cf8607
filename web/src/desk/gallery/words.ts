/** Brings the words of the gallery with it. */
import { addWords } from "../../language/words";
import { en } from "./words.en";
import { fr } from "./words.fr";

addWords("gallery", fr, en);
