/** A refusal of the server, said where it belongs: at a field of the form, or at a vehicle (§4.3). */
import { useTranslation } from "react-i18next";
import { useFieldErrors } from "../../desk/form/refusal";
import { HttpProblem, type Reason } from "../../wire/http";
import type { StockVehicle } from "./api";

/** What keeps a vehicle out of an auction, or a form from being accepted, as the server names it. */
const OBSTACLES = [
  "wrong_destination",
  "not_saleable",
  "not_authorised",
  "no_trade_price",
  "not_matched",
  "reserved",
  "in_another_auction",
  "nobody_invited",
  "invalid_amount",
  "unknown_vehicle",
  "unknown_list",
  "not_connected",
  "not_positive",
  "module_off",
] as const satisfies readonly (StockVehicle["missing"][number] | string)[];
export type Obstacle = (typeof OBSTACLES)[number];

/** The server's names of fields and ours. */
const FIELDS: Record<string, string> = {
  starts_at: "start",
  duration_seconds: "duration",
  minimum_increment: "increment",
  mailing_list: "audience",
  traders: "audience",
  starting_price: "lot.starting",
  reserve_price: "lot.reserve",
  "soft_close.window_seconds": "window",
  "soft_close.extension_seconds": "extension",
  vehicles: "vehicles",
};

const obstacleOf = (code: string): Obstacle | undefined => OBSTACLES.find((one) => one === code);

type Where = Pick<Reason, "field"> & Partial<Pick<Reason, "vehicle">>;

/** Where a reason is said: `vehicle:7`, `starting:7`, `increment`; what has no place here, under its own name. */
function placeOf({ field, vehicle }: Where, ids: number[]): string {
  const listed = /^vehicles\[(\d+)\]\.(starting|reserve)_price$/.exec(field);
  if (listed) return `${listed[2]}:${ids[Number(listed[1])] ?? 0}`;
  if (vehicle === undefined || vehicle === null) return FIELDS[field] ?? field;
  if (field === "starting_price" || field === "reserve_price")
    return `${field.replace("_price", "")}:${vehicle}`;
  return `vehicle:${vehicle}`;
}

export type Places = Readonly<Record<string, string>>;

/** The sentences of a refusal by the place where they are said; `ids`: the vehicles as they were sent. */
export function useRefused(): (error: unknown, ids: number[]) => Places {
  const { t } = useTranslation("dealer");
  const fieldErrors = useFieldErrors();
  return (error, ids) => {
    if (!(error instanceof HttpProblem)) return {};
    if (error.reasons.length === 0)
      return Object.fromEntries(
        Object.entries(fieldErrors(error)).map(([field, said]) => [placeOf({ field }, ids), said]),
      );
    const places: Record<string, string> = {};
    for (const reason of error.reasons) {
      const obstacle = obstacleOf(reason.code);
      const said = obstacle
        ? t(`create.obstacles.${obstacle}`)
        : (fieldErrors(error)[reason.field] ?? reason.code);
      const place = placeOf(reason, ids);
      places[place] = places[place] ? `${places[place]} · ${said}` : said;
    }
    return places;
  };
}
