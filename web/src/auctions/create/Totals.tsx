/** What the form comes to, always in sight while one types (§5.1.2), what is wrong with it, and the button that sends it. */
import { Button } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { FormProblem } from "../../desk/form/refusal";
import type { Cents } from "../../money";
import css from "./create.module.css";
import { useEditing } from "./editing";
import { useCents } from "./figures";
import type { Form } from "./form";
import { useTold } from "./told";

interface Props {
  deed: (form: Form, told: number | undefined) => string;
  busy: boolean;
  error: unknown;
  /** The places of the form where the error is said already. */
  shown: readonly string[];
}

export function Totals({ deed, busy, error, shown }: Props) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const cents = useCents();
  const figuresId = useId();
  const [opened, open] = useState(false);
  const { form, sheet, problems, refused } = useEditing();
  const told = useTold();
  const figures: [string, Cents | null][] = [
    [t("create.market"), sheet.market_cents],
    [t("create.sale"), sheet.sale_cents],
    [t("create.initial"), sheet.initial_margin_cents],
    [t("create.starting"), sheet.starting_cents],
    [t("create.margin"), sheet.margin_cents],
    [t("create.reserve"), sheet.reserve_cents],
  ];
  const elsewhere = Object.keys(refused).filter((place) => !shown.includes(place) && !place.includes(":"));
  return (
    <section className={`${desk.card} ${css.totals}`} data-foot aria-label={t("create.total")}>
      <div className={css.heading}>
        <b>{t("create.total")}</b>
        <div className={`${desk.muted} ${desk.small}`}>
          {tt("auctions.vehicles", { count: sheet.lines.length })}
        </div>
      </div>
      <button
        type="button"
        className={css.opener}
        aria-expanded={opened}
        aria-controls={figuresId}
        onClick={() => open(!opened)}
      >
        <span className={`${desk.muted} ${desk.small}`}>{t("create.starting")}</span>
        <b>
          {sheet.lines.length === 0 ? "–" : cents(sheet.starting_cents)}{" "}
          <span aria-hidden="true">{opened ? "▾" : "▴"}</span>
        </b>
      </button>
      <dl id={figuresId} data-open={opened}>
        {figures.map(([label, amount]) => (
          <div key={label}>
            <dt className={`${desk.muted} ${desk.small}`}>{label}</dt>
            <dd>{sheet.lines.length === 0 ? "–" : cents(amount)}</dd>
          </div>
        ))}
      </dl>
      <Button
        type="submit"
        size="md"
        loading={busy}
        classNames={{ root: css.deed ?? "", label: css.deedWords ?? "" }}
      >
        {deed(form, told?.count)}
      </Button>
      <div className={css.problems} role="status">
        {problems.size > 0 ? t("create.wrong", { count: problems.size }) : null}
        {error && problems.size === 0 && Object.keys(refused).length > elsewhere.length
          ? t("create.refused")
          : null}
      </div>
      {elsewhere.length > 0 ? (
        <p className={css.problems}>{elsewhere.map((place) => refused[place]).join(" · ")}</p>
      ) : null}
      {error && Object.keys(refused).length === 0 ? (
        <div className={css.failure}>
          <FormProblem error={error} />
        </div>
      ) : null}
    </section>
  );
}
