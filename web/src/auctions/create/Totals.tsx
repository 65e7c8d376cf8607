/** What the form comes to, always in sight while one types (§5.1.2), what is wrong with it, and the button that publishes. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import type { Cents } from "../../money";
import type { StockVehicle } from "./api";
import css from "./create.module.css";
import { type Form, type FormProblem, sheetOf } from "./form";
import { useCents } from "./VehicleRow";

export function Totals({
  form,
  stock,
  problems,
  busy,
}: {
  form: Form;
  stock: StockVehicle[];
  problems: FormProblem[];
  busy: boolean;
}) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const cents = useCents();
  const sheet = sheetOf(form, stock);
  const figures: [string, Cents | null][] = [
    [t("create.market"), sheet.market_cents],
    [t("create.sale"), sheet.sale_cents],
    [t("create.initial"), sheet.initial_margin_cents],
    [t("create.starting"), sheet.starting_cents],
    [t("create.margin"), sheet.margin_cents],
    [t("create.reserve"), sheet.reserve_cents],
  ];
  return (
    <section className={`${desk.card} ${css.totals}`} aria-label={t("create.total")}>
      <div>
        <b>{t("create.total")}</b>
        <div className={`${desk.muted} ${desk.small}`}>
          {tt("auctions.vehicles", { count: sheet.lines.length })}
        </div>
      </div>
      <dl>
        {figures.map(([label, amount]) => (
          <div key={label}>
            <dt className={`${desk.muted} ${desk.small}`}>{label}</dt>
            <dd>{cents(amount)}</dd>
          </div>
        ))}
      </dl>
      <Button type="submit" size="md" loading={busy}>
        {form.start === "" ? t("create.submit") : t("create.submit_later")}
      </Button>
      <ul className={css.problems} role="status">
        {problems.map((problem) => (
          <li key={problem}>{t(`create.${problem}`)}</li>
        ))}
      </ul>
    </section>
  );
}
