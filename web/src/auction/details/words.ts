/** Brings the words of a vehicle's whole card with it. */
import { addWords } from "../../language/words";
import { en } from "./words.en";
import { fr } from "./words.fr";

addWords("sheet", fr, en);
