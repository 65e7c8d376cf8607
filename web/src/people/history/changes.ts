/** What a record's change says, field by field: before and after, ids that have names, what is not for people. Pure. */
import type { RecordedChange } from "../../wire/generated/http";

export type Names = Record<string, Record<string, string>>;

export interface FieldChange {
  field: string;
  /** Nothing before: it was made, or added. */
  before: unknown;
  after: unknown;
  /** The auction or offer whose number is of the same row, where this is the number of a lot. */
  beside?: { subject: string; id: number };
}

/** Told as they are, not as before and after. */
const LISTS = new Set(["user_groups", "sites"]);
/** Ids of files, numbers that stand in the heading, and what is the auction's own business. */
const HIDDEN = new Set(["photo", "photos", "soft_close", "offer", "delivery"]);
const NUMBERED = new Set(["offer", "order"]);
const FILES = /^(photo|photos|file)_/;

/** Of what the ids in a field are. */
export const ABOUT: Readonly<Record<string, string>> = {
  order: "order",
  physical_site_id: "site",
  reserved_for_trader_id: "trader_company",
  site_id: "site",
  sites: "site",
  trader: "trader_company",
  traders: "trader_company",
  user: "user",
  user_groups: "user_group",
  vehicle: "vehicle",
  vehicles: "vehicle",
};

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** The number of a lot as its group's are written: `82` beside `VAL-17` is `VAL-82`. */
export function lotNumber(lot: number, beside = ""): string {
  return beside.slice(0, beside.lastIndexOf("-") + 1) + lot;
}

export function changesOf({ subject, subject_id: id, action, change }: RecordedChange): FieldChange[] {
  if (FILES.test(action)) return [];
  return Object.entries(change)
    .filter(([field]) => !HIDDEN.has(field) && !(field === "number" && NUMBERED.has(subject)))
    .map(([field, value]): FieldChange => {
      if (field === "lot")
        return {
          field,
          before: null,
          after: Array.isArray(value) ? value.at(-1) : value,
          beside: { subject, id },
        };
      if (LISTS.has(field) || !Array.isArray(value) || value.length !== 2)
        return { field, before: null, after: value };
      return { field, before: value[0], after: value[1] };
    })
    .filter(({ before, after }) => !(isNothing(before) && isNothing(after)) && before !== after);
}

/** Where its subject can be seen; nothing where it has no page of its own. */
export function pathOf({ subject, subject_id: id, change }: RecordedChange): string | null {
  switch (subject) {
    case "vehicle":
      return `/vehicles/${id}`;
    case "auction":
      return `/auctions/${id}`;
    case "offer":
      return `/offers/${id}`;
    case "user":
      return `/users/${id}`;
    case "user_group":
      return `/user-groups/${id}`;
    case "user_invitation":
      return "/users/invitations";
    case "trader_company":
      return `/traders/${id}`;
    case "connection": {
      const trader = Array.isArray(change.trader) ? (change.trader[1] ?? change.trader[0]) : null;
      return typeof trader === "number" ? `/traders/${trader}` : "/traders";
    }
    case "invitation":
      return "/invitations";
    case "mailing_list":
      return `/mailing-lists/${id}`;
    case "delivery":
    case "invoice":
      return "/deliveries";
    case "site":
      return "/settings/sites";
    case "entity":
    case "group":
      return "/settings";
    default:
      return null;
  }
}
