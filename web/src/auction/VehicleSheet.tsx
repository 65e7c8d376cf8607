/**
 * A vehicle as a trader reads it (§5.5.3): photo, name, plate, mileage, first registration, VAT, battery (§4.5), what
 * a buyer must not miss. All the rest of its card, and the gallery, are loaded when somebody asks for them.
 */
import { type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Vehicle, vehicleName } from "../auctions/api";
import desk from "../desk/desk.module.css";
import { part } from "../desk/part";
import { Chip } from "../desk/pieces";
import { formatCount, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { catalogueWord } from "../language/catalogue";
import type { LotVehicle } from "../wire/messages";
import { Photo } from "./Photo";
import css from "./vehicle.module.css";

const Details = part(() => import("./details/VehicleDetails"));
const Gallery = part(() => import("./details/VehicleGallery"));

interface Props {
  vehicle: Vehicle | undefined;
  /** The wire's word on the vehicle, shown until its description has come. */
  known: LotVehicle;
}

/** A vehicle with its photo and its whole card behind a button; `whole` shows the card at once. */
export function VehicleSheet({ vehicle, known, whole = false }: Props & { whole?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(whole);
  return (
    <GalleryOf vehicle={vehicle}>
      {(look) => (
        <>
          <div className={css.vehicle}>
            <PhotoButton vehicle={vehicle} look={look} />
            <div className={css.words}>
              <Name vehicle={vehicle} known={known} />
              <Specs vehicle={vehicle} known={known} />
              {vehicle ? <Flags vehicle={vehicle} /> : null}
              <button
                type="button"
                className={css.more}
                aria-expanded={open}
                disabled={!vehicle}
                onClick={() => setOpen(!open)}
              >
                {t(open ? "vehicle.less" : "vehicle.more")}
              </button>
            </div>
          </div>
          {open && vehicle ? <WholeCard vehicle={vehicle} look={look} /> : null}
        </>
      )}
    </GalleryOf>
  );
}

/** A lot's vehicle below its row in the list, which has said the rest already. */
export function OpenedVehicle({ vehicle }: { vehicle: Vehicle | undefined }) {
  if (!vehicle) return null;
  return (
    <GalleryOf vehicle={vehicle}>
      {(look) => (
        <div className={css.opened}>
          <Flags vehicle={vehicle} />
          <WholeCard vehicle={vehicle} look={look} />
        </div>
      )}
    </GalleryOf>
  );
}

type Look = (at: number) => void;

function GalleryOf(props: { vehicle: Vehicle | undefined; children: (look: Look) => ReactNode }) {
  const { vehicle, children } = props;
  const [at, setAt] = useState<number | null>(null);
  return (
    <>
      {children(setAt)}
      {vehicle && at !== null ? (
        <Suspense fallback={null}>
          <Gallery vehicle={vehicle} from={at} close={() => setAt(null)} />
        </Suspense>
      ) : null}
    </>
  );
}

function WholeCard({ vehicle, look }: { vehicle: Vehicle; look: Look }) {
  return (
    <Suspense fallback={<div className={css.waiting} aria-busy="true" />}>
      <Details vehicle={vehicle} look={look} />
    </Suspense>
  );
}

function PhotoButton({ vehicle, look }: { vehicle: Vehicle | undefined; look: Look }) {
  const { t } = useTranslation();
  const count = vehicle?.photos.length ?? 0;
  if (!vehicle || count === 0) return <Photo vehicle={vehicle} />;
  return (
    <button type="button" className={css.look} onClick={() => look(0)}>
      <Photo vehicle={vehicle} />
      <span className={css.count}>{t("vehicle.photos", { count })}</span>
    </button>
  );
}

export function Name({ vehicle, known }: Props) {
  return (
    <div className={css.name}>
      <b>{vehicle ? vehicleName(vehicle) : known.ref}</b>{" "}
      {[vehicle?.version, vehicle?.trim].filter(Boolean).join(" ")}
    </div>
  );
}

/** The figures that a trader compares, in one line. */
export function Specs({ vehicle, known }: Props) {
  const { t } = useTranslation();
  const specs = useSpecs(vehicle);
  return (
    <div className={`${css.specs} ${desk.muted} ${desk.small}`}>
      {specs.map((spec) => (
        <span key={spec}>{spec}</span>
      ))}
      <span className={css.vat}>{t(`vehicle.vat.${vehicle?.vat ?? known.vat}`)}</span>
    </div>
  );
}

function useSpecs(vehicle: Vehicle | undefined): string[] {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!vehicle) return [];
  const power = [
    vehicle.fiscal_power_cv && t("vehicle.fiscal", { cv: vehicle.fiscal_power_cv }),
    vehicle.power_ch && t("vehicle.power", { ch: vehicle.power_ch }),
  ].filter(Boolean);
  return [
    vehicle.plate,
    vehicle.first_registration && formatTime(vehicle.first_registration, "date", language),
    typeof vehicle.mileage_km === "number" &&
      t("vehicle.km", { km: formatCount(vehicle.mileage_km, language) }),
    catalogueWord(vehicle.energy, language),
    catalogueWord(vehicle.gearbox, language),
    power.join(" / "),
    vehicle.co2_g_km && t("vehicle.co2", { co2: vehicle.co2_g_km }),
    catalogueWord(vehicle.colour, language),
  ].filter((spec): spec is string => typeof spec === "string" && spec !== "");
}

/** What a buyer must not miss, and what it likes to hear. */
function Flags({ vehicle }: { vehicle: Vehicle }) {
  const { t } = useTranslation();
  const { battery, accident_damaged, running, imported, first_owner } = vehicle;
  if (!accident_damaged && running && !imported && !first_owner && battery === null) return null;
  return (
    <div className={css.flags}>
      {accident_damaged ? (
        <Chip tone="warn" sign="!">
          {t("vehicle.accident_damaged")}
        </Chip>
      ) : null}
      {running ? null : (
        <Chip tone="warn" sign="!">
          {t("vehicle.not_running")}
        </Chip>
      )}
      {imported ? <Chip tone="plain">{t("vehicle.imported")}</Chip> : null}
      {first_owner ? <Chip tone="plain">{t("vehicle.first_owner")}</Chip> : null}
      {battery ? <Chip tone="plain">{t("vehicle.battery", { percent: battery.score_percent })}</Chip> : null}
    </div>
  );
}
