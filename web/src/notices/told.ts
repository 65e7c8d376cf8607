/**
 * What a notice says, where it leads, how much it weighs and what it makes old: one table for the toasts, the list of
 * notifications and the home page. Pure; a live frame and a stored notification are read alike.
 */
import type { QueryKey } from "@tanstack/react-query";
import { i18next } from "../language";
import type { Words } from "../language/fr";
import { formatShort, type Language } from "../money";
import type { Me } from "../session/session";
import type { Notification } from "../wire/generated/http";
import type { NoticeMessage } from "../wire/messages";

type Kind = NoticeMessage["kind"];
type Params = Notification["params"];

/** A notice, however it came; `key` is the same on the wire and in the list. */
export interface Told {
  key: string;
  kind: Kind;
  at: string;
  params: Params;
}

/** A live frame: what an auction tells stands in its fields, everything else in `params`. */
export function heard({ id, kind, at, params, ...fields }: NoticeMessage): Told {
  const { type: _, ...said } = fields;
  return { key: id, kind, at, params: { ...said, ...params } };
}

type Word = keyof Words["notice"]["says"];

interface Sort {
  /** Bad news stays longer, and gives way to nothing. */
  bad?: boolean;
  /** The beginnings of the keys of what it makes old. */
  old: readonly QueryKey[];
}

const AUCTION: readonly QueryKey[] = [["auctions"], ["auction"]];
const SALE: readonly QueryKey[] = [...AUCTION, ["offers"], ["purchases"], ["vehicles"]];
const PAPERS: readonly QueryKey[] = [["offers"], ["orders"], ["deliveries"], ["purchases"], ["vehicles"]];
const CONNECTION: readonly QueryKey[] = [
  ["connections"],
  ["traders"],
  ["invitations"],
  ["mailing-lists"],
  ["dealers"],
];

const SORTS: Record<Kind, Sort> = {
  // Ways in, told by mail alone.
  user_invited: { old: [] },
  password_reset: { old: [] },
  connection_invited: { old: [] },
  connection_activated: { old: CONNECTION },
  connection_removed: { old: [...CONNECTION, ...AUCTION], bad: true },
  outbid: { old: AUCTION, bad: true },
  auction_published: { old: AUCTION },
  auction_changed: { old: AUCTION },
  auction_invited: { old: AUCTION },
  auction_uninvited: { old: AUCTION, bad: true },
  auction_opened: { old: AUCTION },
  auction_cancelled: { old: [...AUCTION, ["vehicles"]], bad: true },
  lot_result: { old: SALE },
  lot_won: { old: SALE },
  lot_not_won: { old: SALE, bad: true },
  sale_cancelled: { old: SALE, bad: true },
  offer_sent: { old: PAPERS },
  offer_abandoned: { old: PAPERS, bad: true },
  order_placed: { old: PAPERS },
  order_cancelled: { old: PAPERS, bad: true },
  vehicle_in_delivery: { old: PAPERS },
  vehicle_available: { old: PAPERS },
  delivery_scheduled: { old: PAPERS },
  delivery_not_honoured: { old: PAPERS, bad: true },
  vehicle_released: { old: PAPERS },
  too_long_in_stock: { old: [["vehicles"]] },
};

/** Bad news: a lost lot, a cancelled sale, a lot of one's own that was not sold. */
export function isBad({ kind, params }: Told): boolean {
  return SORTS[kind]?.bad ?? (kind === "lot_result" && params.outcome !== "won");
}

/** What is old once this is told. */
export function madeOld({ kind }: Told): readonly QueryKey[] {
  return [["notifications"], ...(SORTS[kind]?.old ?? AUCTION)];
}

/** The words for its kind; what becomes of a lot has two, by its outcome (§5.4.4). */
function wordOf({ kind, params }: Told): Word {
  switch (kind) {
    case "lot_result":
      return params.outcome === "won" ? "lot_sold" : "lot_not_sold";
    case "lot_not_won":
      return params.outcome === "reserve_not_reached" ? "lot_not_sold" : "lot_not_won";
    case "user_invited":
    case "password_reset":
    case "connection_invited":
      return "other";
    default:
      return SORTS[kind] ? kind : "other";
  }
}

const text = (value: Params[string] | undefined) => (value === undefined || value === null ? "" : `${value}`);

/** What it is about: `Enchère 45-53`, `Offre 45-12`, a vehicle, a company; empty if it does not say. */
export function headingOf({ params }: Told): string {
  const vehicle = [params.vehicle, params.plate].map(text).filter(Boolean).join(" · ");
  if (params.auction) {
    const number = text(params.display_number ?? params.number);
    return number && i18next.t("notice.auction", { number });
  }
  if (params.vehicle_id) return vehicle;
  if (params.order_number) return i18next.t("notice.order", { number: text(params.order_number) });
  if (params.offer_id) return i18next.t("notice.offer", { number: text(params.number) });
  return vehicle || text(params.trader) || text(params.entity);
}

/** What happened, in one sentence. */
export function sentenceOf(told: Told, language: Language, moment: (at: string) => string): string {
  const { params } = told;
  const outcome = params.outcome === "no_bids" ? "no_bids" : "reserve_not_reached";
  return i18next
    .t(`notice.says.${wordOf(told)}`, {
      lot: text(params.lot_display_number ?? params.lot),
      amount: params.amount ? formatShort(text(params.amount), language) : "",
      winner: text(params.winner),
      reason: text(params.reason),
      outcome: i18next.t(`entry.${outcome}`),
      on: moment(text(params.scheduled_at ?? params.delivery_date)),
      days: text(params.days),
    })
    .trim();
}

/** Whose it is and where, as far as it says: the seller, the buyer, the site. */
export function detailOf({ params }: Told): string {
  const place = params.vehicle_id || params.order_id ? [params.site, params.city] : [];
  return [params.entity, params.buyer, ...place].map(text).filter(Boolean).join(" · ");
}

export type Leads = "auctions" | "offers" | "purchases" | "vehicles" | "traders" | "dealers";

/** Where it leads, for that reader; none: there is nothing to be seen any more. */
export function leadOf({ kind, params }: Told, role: Me["role"]): { to: Leads; path: string } | null {
  if (kind === "auction_uninvited") return null;
  if (kind === "connection_removed") return { to: "dealers", path: "/dealers" };
  const places: [Params[string] | undefined, Leads][] = [
    [params.auction, "auctions"],
    [params.offer_id, role === "dealer" ? "offers" : "purchases"],
    ...(role === "dealer"
      ? ([
          [params.vehicle_id, "vehicles"],
          [params.trader_id, "traders"],
        ] as [Params[string] | undefined, Leads][])
      : []),
  ];
  for (const [id, to] of places) if (typeof id === "number") return { to, path: `/${to}/${id}` };
  return null;
}
