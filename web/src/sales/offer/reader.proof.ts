/** Who reads an offer in its tests: a dealer's user who makes offers for one entity. */
import type { Me } from "../../wire/generated/http";

export const READER = {
  id: 1,
  role: "dealer",
  language: "fr",
  entities: [{ id: 3, name: "Valserine Lyon", rights: ["make_offers"], validate_trade_ins: "none" }],
} as unknown as Me;
