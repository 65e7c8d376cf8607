/** The photo that stands for a vehicle: small, drawn when it comes into view; a car in outline where there is none. */
import { useTranslation } from "react-i18next";
import { type Vehicle, vehicleName } from "../auctions/api";
import css from "./vehicle.module.css";

export function Photo({ vehicle }: { vehicle: Vehicle | undefined }) {
  const { t } = useTranslation();
  const first = vehicle?.photos[0];
  return (
    <Picture
      thumbnail={first && `${first}/thumbnail`}
      name={vehicle && first ? t("vehicle.photo", { n: 1, name: vehicleName(vehicle) }) : ""}
    />
  );
}

export function Picture({ thumbnail, name }: { thumbnail: string | null | undefined; name: string }) {
  const { t } = useTranslation();
  return (
    <span className={css.photo}>
      {thumbnail ? (
        <img src={thumbnail} alt={name} loading="lazy" decoding="async" />
      ) : (
        <svg viewBox="0 0 56 28" fill="none" stroke="currentColor" strokeWidth="2">
          <title>{t("vehicle.no_photo")}</title>
          <path d="M4 20h-1v-6l8-2 7-7h16l9 7 9 2v6h-4M15 20h24" strokeLinejoin="round" />
          <circle cx="10" cy="21" r="4.5" />
          <circle cx="43" cy="21" r="4.5" />
        </svg>
      )}
    </span>
  );
}
