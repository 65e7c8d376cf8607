/** Every figure of the card in three groups; what is not known is left out, what is yes or no is always said. */
import { useTranslation } from "react-i18next";
import type { Vehicle } from "../../auctions/api";
import { formatCount, formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { catalogueWord } from "../../language/catalogue";
import css from "./details.module.css";
import type { SheetWords } from "./words.fr";

type FactName = keyof SheetWords["facts"];
type Fact = [name: FactName, value: string | null | undefined];

export function Facts({ vehicle }: { vehicle: Vehicle }) {
  const { t } = useTranslation("sheet");
  const groups = useGroups(vehicle);
  return (
    <div className={css.groups}>
      {groups.map(([name, facts]) => (
        <section key={name}>
          <h3>{t(`groups.${name}`)}</h3>
          <dl className={css.facts}>
            {facts.map(([fact, value]) =>
              value ? (
                <div key={fact}>
                  <dt>{t(`facts.${fact}`)}</dt>
                  <dd>{value}</dd>
                </div>
              ) : null,
            )}
          </dl>
        </section>
      ))}
    </div>
  );
}

function useGroups(vehicle: Vehicle): ["identity" | "engine" | "history", Fact[]][] {
  const { t } = useTranslation("sheet");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const word = (written: string) => catalogueWord(written, language);
  const day = (date: string | null) => date && formatTime(date, "date", language);
  const flag = (is: boolean) => t(is ? "yes" : "no");
  const km = typeof vehicle.mileage_km === "number" ? formatCount(vehicle.mileage_km, language) : null;
  const { fiscal_power_cv, power_ch, co2_g_km, warranty_months } = vehicle;
  const months = warranty_months ? t("months", { count: warranty_months }) : "";
  return [
    [
      "identity",
      [
        ["plate", vehicle.plate],
        ["kind", t(`kinds.${vehicle.kind}`)],
        ["body", word(vehicle.body)],
        ["doors", vehicle.doors?.toString()],
        ["colour", word(vehicle.colour)],
        ["interior_colour", word(vehicle.interior_colour)],
        ["vat", t(`vat.${vehicle.vat}`)],
      ],
    ],
    [
      "engine",
      [
        ["energy", word(vehicle.energy)],
        ["gearbox", word(vehicle.gearbox)],
        ["fiscal_power", fiscal_power_cv ? tt("vehicle.fiscal", { cv: fiscal_power_cv }) : null],
        ["power", power_ch ? tt("vehicle.power", { ch: power_ch }) : null],
        ["co2", typeof co2_g_km === "number" ? tt("vehicle.co2", { co2: co2_g_km }) : null],
        ["crit_air", vehicle.crit_air],
      ],
    ],
    [
      "history",
      [
        ["first_registration", day(vehicle.first_registration)],
        ["mileage", km && t(vehicle.mileage_guaranteed ? "guaranteed" : "not_guaranteed", { km })],
        ["first_owner", flag(vehicle.first_owner)],
        ["service_book", flag(vehicle.service_book)],
        ["accident_damaged", flag(vehicle.accident_damaged)],
        ["running", flag(vehicle.running)],
        ["imported", flag(vehicle.imported)],
        ["warranty", [vehicle.warranty, months].filter(Boolean).join(", ")],
        ["last_inspection", day(vehicle.last_inspection_on)],
        ["next_inspection", day(vehicle.next_inspection_on)],
      ],
    ],
  ];
}
