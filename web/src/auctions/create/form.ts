/** The creation form as a value: what was typed, what is wrong with it, what it comes to, what is sent. Pure. */
import { amountOf, type Cents, centsOf, parseAmount } from "../../money";
import type { Amount, AuctionKind } from "../../wire/messages";
import type { NewAuction, StockVehicle } from "./api";
import { marginAt, shares } from "./reckoning";

export type DurationUnit = "minutes" | "hours" | "days";
const UNIT_SECONDS: Record<DurationUnit, number> = { minutes: 60, hours: 3600, days: 86_400 };

/** Prices as typed; an empty starting price is the trade price (§5.1.1). */
export interface Typed {
  starting: string;
  reserve: string;
}

export interface Form {
  kind: AuctionKind;
  chosen: ReadonlyMap<number, Typed>;
  lot: Typed;
  mailing_list: number | null;
  /** Local date and time as a browser's field writes it; empty: now. */
  start: string;
  duration: string;
  unit: DurationUnit;
  increment: string;
}

export const EMPTY_FORM: Form = {
  kind: "unit",
  chosen: new Map(),
  lot: { starting: "", reserve: "" },
  mailing_list: null,
  start: "",
  duration: "4",
  unit: "hours",
  increment: "100",
};

export interface Line {
  vehicle: StockVehicle;
  starting_cents: Cents | null;
  reserve_cents: Cents | null;
  initial_margin_cents: Cents | null;
  margin_cents: Cents | null;
}

export interface Sheet {
  lines: Line[];
  market_cents: Cents;
  sale_cents: Cents;
  starting_cents: Cents;
  reserve_cents: Cents | null;
  initial_margin_cents: Cents;
  margin_cents: Cents;
}

const centsOrNull = (amount: Amount | null | undefined) => (amount ? centsOf(amount) : null);
const sum = (all: (Cents | null)[]) => all.reduce<Cents>((total, cents) => total + (cents ?? 0), 0);

/** Starting prices of the chosen vehicles: typed, spread over the lot, or the trade prices; `null`: cannot be read. */
function startingPrices(form: Form, vehicles: StockVehicle[]): (Cents | null)[] {
  const trade = vehicles.map(({ card }) => centsOrNull(card.trade_price) ?? 0);
  if (form.kind === "lot" && form.lot.starting.trim() !== "") {
    const total = parseAmount(form.lot.starting);
    return total === null ? vehicles.map(() => null) : shares(total, trade);
  }
  return vehicles.map((vehicle, i) => {
    const typed = form.kind === "unit" ? (form.chosen.get(vehicle.id)?.starting ?? "").trim() : "";
    return typed === "" ? trade[i] || null : parseAmount(typed);
  });
}

/** The vehicles with their figures, and the totals (§5.1.2). */
export function sheetOf(form: Form, stock: StockVehicle[]): Sheet {
  const vehicles = stock.filter(({ id }) => form.chosen.has(id));
  const starting = startingPrices(form, vehicles);
  const lines = vehicles.map((vehicle, i): Line => {
    const trade = centsOrNull(vehicle.card.trade_price);
    const initial = centsOrNull(vehicle.margin_at_trade_price);
    const price = starting[i] ?? null;
    const reserve = form.kind === "unit" ? (form.chosen.get(vehicle.id)?.reserve ?? "") : "";
    const known = price !== null && trade !== null && initial !== null;
    return {
      vehicle,
      starting_cents: price,
      reserve_cents: parseAmount(reserve),
      initial_margin_cents: initial,
      margin_cents: known ? marginAt(price, trade, initial) : null,
    };
  });
  const reserves = lines.map(({ reserve_cents }) => reserve_cents);
  const anyReserve = reserves.some((cents) => cents !== null);
  return {
    lines,
    market_cents: sum(vehicles.map(({ card }) => centsOrNull(card.market_value ?? null))),
    sale_cents: sum(vehicles.map(({ card }) => centsOrNull(card.sale_price ?? null))),
    starting_cents: sum(starting),
    reserve_cents: form.kind === "lot" ? parseAmount(form.lot.reserve) : anyReserve ? sum(reserves) : null,
    initial_margin_cents: sum(lines.map(({ initial_margin_cents }) => initial_margin_cents)),
    margin_cents: sum(lines.map(({ margin_cents }) => margin_cents)),
  };
}

export type FormProblem = "need_vehicle" | "need_price" | "bad_reserve" | "need_increment" | "need_duration";

const readable = (typed: string) => typed.trim() === "" || parseAmount(typed) !== null;

/** Everything that is wrong with the form, at once. */
export function problemsOf(form: Form, stock: StockVehicle[]): FormProblem[] {
  const { lines } = sheetOf(form, stock);
  const reserves =
    form.kind === "lot" ? [form.lot.reserve] : [...form.chosen.values()].map((one) => one.reserve);
  const problems: [FormProblem, boolean][] = [
    ["need_vehicle", lines.length === 0],
    ["need_price", lines.some(({ starting_cents }) => starting_cents === null || starting_cents <= 0)],
    ["bad_reserve", !reserves.every(readable)],
    ["need_increment", parseAmount(form.increment) === null],
    ["need_duration", durationSeconds(form) === null],
  ];
  return problems.filter(([, wrong]) => wrong).map(([problem]) => problem);
}

function durationSeconds(form: Form): number | null {
  const count = /^\d{1,4}$/.test(form.duration.trim()) ? Number(form.duration) : 0;
  return count > 0 ? count * UNIT_SECONDS[form.unit] : null;
}

/** What is sent; the form must have no problems. Empty fields are left out: the server has the defaults. */
export function bodyOf(form: Form, stock: StockVehicle[]): NewAuction {
  const { lines } = sheetOf(form, stock);
  const first = lines[0]?.vehicle;
  const increment = parseAmount(form.increment);
  const duration_seconds = durationSeconds(form);
  if (!first || increment === null || duration_seconds === null) throw new Error("the form has problems");
  const price = (typed: string) => {
    const cents = parseAmount(typed);
    return cents === null ? undefined : amountOf(cents);
  };
  const prices = ({ starting, reserve }: Typed) => {
    const [starting_price, reserve_price] = [price(starting), price(reserve)];
    return { ...(starting_price ? { starting_price } : {}), ...(reserve_price ? { reserve_price } : {}) };
  };
  return {
    entity: first.entity,
    site: first.site,
    kind: form.kind,
    vehicles: lines.map(({ vehicle }) => ({
      id: vehicle.id,
      ...(form.kind === "unit" ? prices(form.chosen.get(vehicle.id) ?? form.lot) : {}),
    })),
    ...(form.kind === "lot" ? prices(form.lot) : {}),
    ...(form.start === "" ? {} : { starts_at: new Date(form.start).toISOString() }),
    duration_seconds,
    minimum_increment: amountOf(increment),
    ...(form.mailing_list === null ? {} : { mailing_list: form.mailing_list }),
  };
}
