/** The form of an auction as a value: what was typed, what is wrong with it, and what is sent. Pure. */
import { amountOf, type Language, parseAmount, typedAmount } from "../../money";
import type { AuctionChangeForm, AuctionDescription, SoftCloseForm } from "../../wire/generated/http";
import type { AuctionKind, DealerView } from "../../wire/messages";
import type { NewAuction, StockVehicle } from "./api";
import { sheetOf } from "./sheet";

export type DurationUnit = "minutes" | "hours" | "days";
export const UNIT_SECONDS: Record<DurationUnit, number> = { minutes: 60, hours: 3600, days: 86_400 };
/** The longest auction that is accepted: ninety days. */
const LONGEST_SECONDS = 90 * UNIT_SECONDS.days;
/** §5.3.3: what the engine does unless told otherwise. */
const USUAL_SECONDS = "180";

/** Prices as typed; an empty starting price is the trade price (§5.1.1). */
export interface Typed {
  starting: string;
  reserve: string;
}

/** A mailing list, every connected trader, or, in a change, whoever is invited already. */
export type AudienceChosen = number | "everybody" | "kept";

export interface SoftClose {
  window: string;
  extension: string;
  mode: NonNullable<SoftCloseForm["mode"]>;
}

export interface Form {
  kind: AuctionKind;
  chosen: ReadonlyMap<number, Typed>;
  lot: Typed;
  audience: AudienceChosen;
  /** Whether it opens as soon as it is published; else `start`, a local date and time as a browser's field writes it. */
  at_once: boolean;
  start: string;
  duration: string;
  unit: DurationUnit;
  increment: string;
  soft_close: SoftClose;
}

export const EMPTY_FORM: Form = {
  kind: "unit",
  chosen: new Map(),
  lot: { starting: "", reserve: "" },
  audience: "everybody",
  at_once: true,
  start: "",
  duration: "4",
  unit: "hours",
  increment: "100",
  soft_close: { window: USUAL_SECONDS, extension: USUAL_SECONDS, mode: "add" },
};

export type Wrong =
  | "need_vehicle"
  | "not_sellable"
  | "need_price"
  | "bad_reserve"
  | "need_increment"
  | "need_duration"
  | "long_duration"
  | "need_start"
  | "past_start"
  | "bad_seconds";

/** What is wrong, by the field where it is said: `starting:7` is the starting price of vehicle 7. */
export type Problems = ReadonlyMap<string, Wrong>;

const readable = (typed: string) => typed.trim() === "" || parseAmount(typed) !== null;
const SECONDS = /^\d{1,5}$/;

/** Everything that is wrong with the form, at once. `now_ms`: the server's time. */
export function problemsOf(form: Form, vehicles: StockVehicle[], now_ms: number): Problems {
  const { lines } = sheetOf(form, vehicles);
  const problems = new Map<string, Wrong>();
  const wrong = (field: string, problem: Wrong, is: boolean) => {
    if (is) problems.set(field, problem);
  };
  wrong("vehicles", "need_vehicle", lines.length === 0);
  for (const { vehicle, starting_cents } of lines) {
    wrong(`vehicle:${vehicle.id}`, "not_sellable", vehicle.missing.length > 0);
    if (form.kind === "lot") continue;
    const typed = form.chosen.get(vehicle.id) ?? { starting: "", reserve: "" };
    wrong(`starting:${vehicle.id}`, "need_price", starting_cents === null || starting_cents <= 0);
    wrong(`reserve:${vehicle.id}`, "bad_reserve", !readable(typed.reserve));
  }
  if (form.kind === "lot") {
    wrong("lot.starting", "need_price", !readable(form.lot.starting));
    wrong("lot.reserve", "bad_reserve", !readable(form.lot.reserve));
  }
  wrong("increment", "need_increment", parseAmount(form.increment) === null);
  const duration_seconds = durationSeconds(form);
  wrong("duration", "need_duration", duration_seconds === null);
  wrong("duration", "long_duration", (duration_seconds ?? 0) > LONGEST_SECONDS);
  if (!form.at_once) {
    const start_ms = Date.parse(form.start);
    wrong("start", "past_start", start_ms < now_ms);
    wrong("start", "need_start", Number.isNaN(start_ms));
  }
  wrong("window", "bad_seconds", !SECONDS.test(form.soft_close.window.trim()));
  wrong("extension", "bad_seconds", !SECONDS.test(form.soft_close.extension.trim()));
  return problems;
}

function durationSeconds(form: Form): number | null {
  const count = /^\d{1,4}$/.test(form.duration.trim()) ? Number(form.duration) : 0;
  return count > 0 ? count * UNIT_SECONDS[form.unit] : null;
}

function amount(typed: string): string | null {
  const cents = parseAmount(typed);
  return cents === null ? null : amountOf(cents);
}

/** The form's own terms, as both a new auction and a change name them. Raises on a form that has problems. */
function terms(form: Form) {
  const duration_seconds = durationSeconds(form);
  const minimum_increment = amount(form.increment);
  if (duration_seconds === null || minimum_increment === null) throw new Error("the form has problems");
  const soft_close: SoftCloseForm = {
    window_seconds: Number(form.soft_close.window),
    extension_seconds: Number(form.soft_close.extension),
    mode: form.soft_close.mode,
  };
  const starts_at = form.at_once ? null : new Date(form.start).toISOString();
  return { duration_seconds, minimum_increment, soft_close, starts_at };
}

/** A new auction; the form must have no problems. Prices left empty are left out: the server has the defaults. */
export function bodyOf(form: Form, vehicles: StockVehicle[]): NewAuction {
  const { lines } = sheetOf(form, vehicles);
  const first = lines[0]?.vehicle;
  if (!first) throw new Error("the form has problems");
  const { starts_at, ...others } = terms(form);
  const prices = ({ starting, reserve }: Typed) => {
    const [starting_price, reserve_price] = [amount(starting), amount(reserve)];
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
    ...others,
    ...(starts_at === null ? {} : { starts_at }),
    ...(typeof form.audience === "number" ? { mailing_list: form.audience } : {}),
  };
}

// A change ------------------------------------------------------------------------------------------------------------

/** An instant as a browser's field for a local date and time writes it. */
function localTime(instant: string): string {
  const at = new Date(instant);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A duration in the largest unit that holds it whole; in minutes, rounded up, if none does. */
function typedDuration(seconds: number): Pick<Form, "duration" | "unit"> {
  const unit = (["days", "hours"] as const).find((one) => seconds % UNIT_SECONDS[one] === 0) ?? "minutes";
  return { unit, duration: String(Math.ceil(seconds / UNIT_SECONDS[unit])) };
}

/** The form of an auction as it stands, to be changed before it starts (§5.1.4). */
export function formOf(description: AuctionDescription, view: DealerView, language: Language): Form {
  const typed = (wire: string | null | undefined) => (wire ? typedAmount(wire, language) : "");
  const one = view.kind === "lot" ? description.lots[0] : undefined;
  const chosen = new Map<number, Typed>();
  for (const lot of description.lots)
    for (const { id } of lot.vehicles)
      if (id !== undefined)
        chosen.set(
          id,
          one
            ? { starting: "", reserve: "" }
            : { starting: typed(lot.starting_price), reserve: typed(lot.reserve_price) },
        );
  const seconds = (Date.parse(view.ends_at) - Date.parse(view.starts_at)) / 1000;
  return {
    kind: view.kind,
    chosen,
    lot: one
      ? { starting: typed(one.starting_price), reserve: typed(one.reserve_price) }
      : { starting: "", reserve: "" },
    audience: "kept",
    at_once: false,
    start: localTime(view.starts_at),
    ...typedDuration(seconds),
    increment: typed(view.minimum_increment),
    soft_close: {
      window: String(view.soft_close.window_seconds),
      extension: String(view.soft_close.extension_seconds),
      mode: view.soft_close.mode,
    },
  };
}

/** What a change sends: every term as the form has it; the audience only if it was chosen anew. */
export function changeOf(
  form: Form,
  vehicles: StockVehicle[],
  before: Form,
  version: number,
): AuctionChangeForm {
  const { starts_at, ...others } = terms(form);
  const { lines } = sheetOf(form, vehicles);
  const moved = form.at_once || form.start !== before.start;
  const lot = { starting_price: amount(form.lot.starting), reserve_price: amount(form.lot.reserve) };
  return {
    version,
    ...others,
    ...(moved ? { starts_at } : {}),
    vehicles: lines.map(({ vehicle }) => {
      const typed = form.chosen.get(vehicle.id) ?? form.lot;
      return form.kind === "unit"
        ? { id: vehicle.id, starting_price: amount(typed.starting), reserve_price: amount(typed.reserve) }
        : { id: vehicle.id };
    }),
    ...(form.kind === "lot"
      ? {
          reserve_price: lot.reserve_price,
          ...(lot.starting_price ? { starting_price: lot.starting_price } : {}),
        }
      : {}),
    ...(form.audience === "kept"
      ? {}
      : { mailing_list: form.audience === "everybody" ? null : form.audience }),
  };
}

/** What is typed is text, but for the vehicles: what is kept of a form in a browser. */
export type KeptForm = Omit<Form, "chosen"> & { chosen: [number, Typed][] };
export const kept = (form: Form): KeptForm => ({ ...form, chosen: [...form.chosen] });
export const revived = (form: KeptForm): Form => ({ ...form, chosen: new Map(form.chosen) });
