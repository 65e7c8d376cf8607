/** One vehicle of the creation form: ticked or not, why it cannot be sold, its prices as typed, its margins (§5.1.2, §4.3). */
import { Checkbox, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";
import { amountOf, type Cents, formatAmount } from "../../money";
import { vehicleName } from "../api";
import type { Obstacle, StockVehicle } from "./api";
import css from "./create.module.css";
import type { Form, Line, Typed } from "./form";

export function useCents(): (cents: Cents | null) => string {
  const language = useLanguage();
  return (cents) => (cents === null ? "–" : formatAmount(amountOf(cents), language));
}

function Obstacles({ of }: { of: Obstacle[] }) {
  const { t } = useTranslation("dealer");
  if (of.length === 0) return null;
  return (
    <div className={`${desk.small} ${css.obstacles}`}>
      {of.map((obstacle) => t(`create.obstacles.${obstacle}`)).join(" · ")}
    </div>
  );
}

export function VehicleRow({
  vehicle,
  line,
  form,
  obstacles,
  type,
  elsewhere,
}: {
  vehicle: StockVehicle;
  line: Line | undefined;
  form: Form;
  obstacles: Obstacle[];
  type: (typed: Typed | null) => void;
  elsewhere: boolean;
}) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const cents = useCents();
  const amount = (value: string | null) => (value === null ? "–" : formatAmount(value, language));
  const typed = form.chosen.get(vehicle.id);
  const { card } = vehicle;
  const name = vehicleName(card);
  const obvious = vehicle.missing;
  const km =
    typeof card.mileage_km === "number"
      ? tt("vehicle.km", { km: formatCount(card.mileage_km, language) })
      : null;
  const label = (
    <>
      <b>{name}</b> {[card.version, card.trim].filter(Boolean).join(" ")}
      <div className={`${desk.muted} ${desk.small}`}>
        {[card.ref, km, vehicle.site_name].filter(Boolean).join(" · ")}
      </div>
      <Obstacles of={[...obvious, ...obstacles]} />
    </>
  );
  const own = typed !== undefined && form.kind === "unit";
  return (
    <tr>
      <td>
        <Checkbox
          label={label}
          checked={typed !== undefined}
          disabled={elsewhere || obvious.length > 0}
          onChange={(event) => type(event.currentTarget.checked ? { starting: "", reserve: "" } : null)}
        />
      </td>
      <td className={css.n}>{amount(card.market_value ?? null)}</td>
      <td className={css.n}>{amount(card.sale_price ?? null)}</td>
      <td className={css.n}>{line ? cents(line.initial_margin_cents) : ""}</td>
      <td className={css.n}>
        {own ? (
          <PriceField
            label={`${t("create.starting")} ${name} ${card.ref}`}
            placeholder={amount(card.trade_price ?? null)}
            value={typed.starting}
            set={(starting) => type({ ...typed, starting })}
          />
        ) : line ? (
          cents(line.starting_cents)
        ) : (
          amount(card.trade_price ?? null)
        )}
      </td>
      <td className={css.n}>{line ? cents(line.margin_cents) : ""}</td>
      <td className={css.n}>
        {own ? (
          <PriceField
            label={`${t("create.reserve")} ${name} ${card.ref}`}
            placeholder="–"
            value={typed.reserve}
            set={(reserve) => type({ ...typed, reserve })}
          />
        ) : null}
      </td>
    </tr>
  );
}

export function PriceField({
  label,
  placeholder,
  value,
  set,
}: {
  label: string;
  placeholder: string;
  value: string;
  set: (value: string) => void;
}) {
  return (
    <TextInput
      className={css.price ?? ""}
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      inputMode="decimal"
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}
