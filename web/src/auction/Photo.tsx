/** The photo that stands for a vehicle: small, drawn when it comes into view; a car in outline where there is none. */
import { useTranslation } from "react-i18next";
import { type Vehicle, vehicleName } from "../auctions/api";
import { CarOutline, PhotoImage } from "../desk/PhotoImage";
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
  return (
    <span className={css.photo}>
      {thumbnail ? <PhotoImage src={thumbnail} alt={name} loading="lazy" /> : <CarOutline />}
    </span>
  );
}
