/**
 * What cards write of a car in French, in the reader's words: energies, gearboxes, bodies, colours, origins. A card's text is
 * free: what is not known here stays as it was typed.
 */
import type { Language } from "../money";

const ENGLISH: Record<string, string> = {
  essence: "Petrol",
  diesel: "Diesel",
  gazole: "Diesel",
  hybride: "Hybrid",
  "hybride essence": "Petrol hybrid",
  "hybride diesel": "Diesel hybrid",
  "hybride rechargeable": "Plug-in hybrid",
  électrique: "Electric",
  gpl: "LPG",
  gnv: "CNG",
  éthanol: "Ethanol",
  hydrogène: "Hydrogen",
  manuelle: "Manual",
  automatique: "Automatic",
  robotisée: "Automated manual",
  berline: "Saloon",
  break: "Estate",
  citadine: "City car",
  coupé: "Coupé",
  cabriolet: "Convertible",
  monospace: "People carrier",
  fourgon: "Panel van",
  fourgonnette: "Small van",
  utilitaire: "Van",
  "pick-up": "Pickup",
  roadster: "Roadster",
  scooter: "Scooter",
  beige: "Beige",
  blanc: "White",
  bleu: "Blue",
  bordeaux: "Burgundy",
  cuivre: "Copper",
  gris: "Grey",
  argent: "Silver",
  ivoire: "Ivory",
  jaune: "Yellow",
  kaki: "Khaki",
  marron: "Brown",
  noir: "Black",
  or: "Gold",
  orange: "Orange",
  rose: "Pink",
  rouge: "Red",
  vert: "Green",
  violet: "Purple",
  "reprise client": "Part exchange",
  "fin de location": "End of lease",
};

/** `Essence` → `Petrol`; `Gris platine nacré` stays. */
export function catalogueWord(written: string, language: Language): string {
  return (language === "en" && ENGLISH[written.trim().toLowerCase()]) || written;
}
