/** What is wrong with the vehicle, what each repair costs HT, and the photos that show it (§4.1). */
import { useTranslation } from "react-i18next";
import type { Vehicle } from "../../auctions/api";
import desk from "../../desk/desk.module.css";
import type { Shot } from "../../desk/gallery/shots";
import { useLanguage } from "../../language";
import { amountOf, centsOf, formatAmount } from "../../money";
import css from "./details.module.css";

interface Props {
  defects: Vehicle["defects"];
  shots: Shot[];
  look: (at: number) => void;
}

export function Defects({ defects, shots, look }: Props) {
  const { t } = useTranslation("sheet");
  const language = useLanguage();
  const costs = defects.flatMap(({ repair_cost_ht }) => (repair_cost_ht ? [centsOf(repair_cost_ht)] : []));
  const total = costs.reduce((sum, cents) => sum + cents, 0);
  return (
    <section>
      <div className={css.titled}>
        <h3>{t("defects.title")}</h3>
        {defects.length > 0 ? <span>{t("defects.cost")}</span> : null}
      </div>
      {defects.length === 0 ? <p className={desk.muted}>{t("defects.none")}</p> : null}
      <ul>
        {defects.map(({ name, repair_cost_ht, photos }) => {
          const first = shots.findIndex(({ address }) => address === photos[0]);
          return (
            <li key={name} className={css.line}>
              <span>
                {name}{" "}
                {first >= 0 ? (
                  <button type="button" className={css.link} onClick={() => look(first)}>
                    {t("defects.photos", { count: photos.length })}
                  </button>
                ) : null}
              </span>
              {repair_cost_ht ? (
                <span>{formatAmount(repair_cost_ht, language)}</span>
              ) : (
                <span className={desk.muted}>{t("defects.unknown")}</span>
              )}
            </li>
          );
        })}
        {costs.length > 1 ? (
          <li className={css.line}>
            <b>{t("defects.total")}</b>
            <b>{formatAmount(amountOf(total), language)}</b>
          </li>
        ) : null}
      </ul>
    </section>
  );
}
