/**
 * A vehicle's whole card as a buyer may read it (§4.1, §4.5, §4.6), loaded when somebody opens it: photos, every figure,
 * battery and its certificate, equipment, defects with what they cost, repairs that were done.
 */
import "../../desk/gallery/words";
import "./words";
import { useTranslation } from "react-i18next";
import { rootAddress } from "../../address";
import type { Vehicle } from "../../auctions/api";
import desk from "../../desk/desk.module.css";
import type { Shot } from "../../desk/gallery/shots";
import { Chip } from "../../desk/pieces";
import { formatPercent, formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { Picture } from "../Photo";
import { shotsOf } from "../photos";
import { Defects } from "./Defects";
import css from "./details.module.css";
import { Facts } from "./Facts";

interface Props {
  vehicle: Vehicle;
  look: (at: number) => void;
}

export default function VehicleDetails({ vehicle, look }: Props) {
  const { t } = useTranslation("sheet");
  const language = useLanguage();
  const shots = shotsOf(vehicle);
  return (
    <div className={css.card}>
      <Strip shots={shots} look={look} />
      <Facts vehicle={vehicle} />
      <div className={css.blocks}>
        <BatteryBlock vehicle={vehicle} />
        <Defects defects={vehicle.defects} shots={shots} look={look} />
        {vehicle.equipment.length > 0 ? (
          <section>
            <h3>{t("equipment")}</h3>
            <ul className={css.equipment}>
              {vehicle.equipment.map((label) => (
                <li key={label}>{label}</li>
              ))}
            </ul>
          </section>
        ) : null}
        {vehicle.repairs.length > 0 ? (
          <section>
            <h3>{t("repairs")}</h3>
            <ul>
              {vehicle.repairs.map(({ label, done_on }) => (
                <li key={`${label} ${done_on}`} className={css.line}>
                  <span>{label}</span>
                  <time dateTime={done_on}>{formatTime(done_on, "date", language)}</time>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </div>
  );
}

function Strip({ shots, look }: { shots: Shot[]; look: (at: number) => void }) {
  const { t } = useTranslation("gallery");
  if (shots.length < 2) return null;
  return (
    <ul className={css.strip} aria-label={t("photos")}>
      {shots.map(({ address, thumbnail, what }, at) => (
        <li key={address}>
          <button
            type="button"
            className={css.thumb}
            aria-label={t("look_at", { n: at + 1, what: what ?? t("of_vehicle") })}
            onClick={() => look(at)}
          >
            <Picture thumbnail={thumbnail} name="" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** §4.5: the score, since when and until when it is certified, and the certificate itself. */
function BatteryBlock({ vehicle: { battery } }: { vehicle: Vehicle }) {
  const { t } = useTranslation("sheet");
  const language = useLanguage();
  if (!battery) return null;
  const { score_percent, certified_on, expires_on, certificate } = battery;
  const expired = expires_on !== null && Date.parse(`${expires_on}T23:59:59Z`) < Date.now();
  return (
    <section>
      <h3>{t("battery.title")}</h3>
      <div className={css.line}>
        <span>{t("battery.health")}</span>
        <b>{formatPercent(score_percent, language)}</b>
      </div>
      <div className={css.bar} aria-hidden="true">
        <i style={{ transform: `scaleX(${score_percent / 100})` }} />
      </div>
      {certified_on ? (
        <div className={css.line}>
          <span className={desk.muted}>{t("battery.certified_on")}</span>
          <time dateTime={certified_on}>{formatTime(certified_on, "date", language)}</time>
        </div>
      ) : null}
      {expires_on ? (
        <div className={css.line}>
          <span className={desk.muted}>{t("battery.expires_on")}</span>
          <time dateTime={expires_on}>{formatTime(expires_on, "date", language)}</time>
        </div>
      ) : null}
      {expired ? <Chip tone="warn">{t("battery.expired")}</Chip> : null}
      {certificate ? (
        <a href={new URL(certificate, rootAddress).href} target="_blank" rel="noreferrer">
          {t("battery.certificate")}
        </a>
      ) : null}
    </section>
  );
}
