/** A vehicle as a trader reads it (§5.5.3): name, plate, mileage, first registration, VAT, battery (§4.5), photos. */
import { useTranslation } from "react-i18next";
import type { Vehicle } from "../auctions/api";
import { vehicleName } from "../auctions/api";
import desk from "../desk/desk.module.css";
import { Chip } from "../desk/pieces";
import { formatCount, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { LotVehicle } from "../wire/messages";
import css from "./auction.module.css";

/** `known` is the wire's word on the vehicle, shown until its description has come. */
export function VehicleSheet({ vehicle, known }: { vehicle: Vehicle | undefined; known: LotVehicle }) {
  const { t } = useTranslation();
  return (
    <div className={css.vehicle}>
      <Photo vehicle={vehicle} />
      <div>
        <b>{vehicle ? vehicleName(vehicle) : known.ref}</b>{" "}
        {[vehicle?.version, vehicle?.trim].filter(Boolean).join(" ")}
        {vehicle ? <Specs vehicle={vehicle} /> : null}
      </div>
      <div className={`${css.vat} ${desk.muted} ${desk.small}`}>
        {t(`vehicle.vat.${vehicle?.vat ?? known.vat}`)}
      </div>
    </div>
  );
}

function Specs({ vehicle }: { vehicle: Vehicle }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const power = [
    vehicle.fiscal_power_cv && t("vehicle.fiscal", { cv: vehicle.fiscal_power_cv }),
    vehicle.power_ch && t("vehicle.power", { ch: vehicle.power_ch }),
  ].filter(Boolean);
  const specs = [
    vehicle.plate,
    vehicle.first_registration && formatTime(vehicle.first_registration, "date", language),
    typeof vehicle.mileage_km === "number" &&
      t("vehicle.km", { km: formatCount(vehicle.mileage_km, language) }),
    vehicle.energy,
    vehicle.gearbox,
    power.join(" / "),
    vehicle.co2_g_km && t("vehicle.co2", { co2: vehicle.co2_g_km }),
    vehicle.colour,
  ].filter((spec): spec is string => typeof spec === "string" && spec !== "");
  return (
    <div className={`${css.specs} ${desk.muted} ${desk.small}`}>
      {specs.map((spec) => (
        <span key={spec}>{spec}</span>
      ))}
      <Battery vehicle={vehicle} />
    </div>
  );
}

function Battery({ vehicle: { battery } }: { vehicle: Vehicle }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!battery) return null;
  const percent = battery.score_percent;
  const dated = battery.certified_on && battery.expires_on;
  const long = dated
    ? t("vehicle.battery_long", {
        percent,
        on: formatTime(battery.certified_on ?? "", "date", language),
        until: formatTime(battery.expires_on ?? "", "date", language),
      })
    : t("vehicle.battery_short", { percent });
  return (
    <span title={long}>
      <Chip tone="plain">{t("vehicle.battery", { percent })}</Chip>
    </span>
  );
}

function Photo({ vehicle }: { vehicle: Vehicle | undefined }) {
  const { t } = useTranslation();
  const address = vehicle?.photos?.[0];
  return (
    <div className={css.photo}>
      {vehicle && address ? (
        <img src={address} alt={t("vehicle.photo", { n: 1, name: vehicleName(vehicle) })} loading="lazy" />
      ) : (
        <svg width="56" height="28" viewBox="0 0 56 28" fill="none" stroke="currentColor" strokeWidth="2">
          <title>{t("vehicle.no_photo")}</title>
          <path d="M4 20h-1v-6l8-2 7-7h16l9 7 9 2v6h-4M15 20h24" strokeLinejoin="round" />
          <circle cx="10" cy="21" r="4.5" />
          <circle cx="43" cy="21" r="4.5" />
        </svg>
      )}
    </div>
  );
}
