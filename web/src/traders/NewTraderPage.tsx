/** A new trader: its SIRET asked of the directory, or its company typed in, and invited at once if one wants (§2.1, §2.2). */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import css from "../desk/form/form.module.css";
import { usePageTitle } from "../desk/pieces";
import { ExistingTrader } from "./new/ExistingTrader";
import { NewTraderForm } from "./new/NewTraderForm";
import { useNewTrader } from "./new/new-trader";
import { SiretSearch } from "./new/SiretSearch";

export function NewTraderPage() {
  const { t } = useTranslation("traders");
  const made = useNewTrader();
  const { found } = made;
  usePageTitle(t("new.title"));
  return (
    <>
      <Link href="/traders" className={desk.back}>
        ← {t("title")}
      </Link>
      <div className={desk.heading}>
        <h1>{t("new.title")}</h1>
      </div>
      <div className={css.stack}>
        <SiretSearch made={made} />
        {found?.trader ? (
          <ExistingTrader key={found.siret} siret={found.siret} trader={found.trader} />
        ) : (
          <NewTraderForm made={made} />
        )}
      </div>
    </>
  );
}
