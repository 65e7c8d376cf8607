/** An entity's life line as the settings edit it (§4.2): the standard statuses in order, its own after them. Pure. */
import type { AddedStatusForm, LineForm } from "../../wire/generated/http";

export const STANDARD = [
  "pre_arrival",
  "physical_entry",
  "price_destination",
  "sales_stock",
  "delivery",
  "released",
] as const;
export type Standard = (typeof STANDARD)[number];
/** From which a vehicle may be published, or is saleable. */
export const BEFORE_SALE = STANDARD.slice(0, 4) as readonly Exclude<Standard, "delivery" | "released">[];
/** What a status of the entity's own may follow. */
export const FOLLOWED = STANDARD.slice(0, 5) as readonly AddedStatusForm["after"][];

export interface Step {
  /** A standard status, or the label of one of the entity's own. */
  standard: Standard | null;
  label: string;
}

/** The whole line, in the order in which a vehicle goes along it. */
export function stepsOf({ price_destination = true, added = [] }: LineForm): Step[] {
  return STANDARD.filter((one) => price_destination || one !== "price_destination").flatMap((standard) => [
    { standard, label: "" },
    ...added.filter(({ after }) => after === standard).map(({ label }) => ({ standard: null, label })),
  ]);
}

/** A code for a label that has none yet: `Contrôle technique` → `controle_technique`; another than those taken. */
export function codeOf(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 36);
  const first = plain || "status";
  const used = new Set<string>([...STANDARD, ...taken]);
  let code = first;
  for (let count = 2; used.has(code); count += 1) code = `${first}_${count}`;
  return code;
}
