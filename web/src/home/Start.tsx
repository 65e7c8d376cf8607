/** What a new holding does first: shown until there are vehicles, connected traders and a first auction. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { useMay } from "../desk/me";
import type { Right } from "../wire/generated/http";
import { useBeginnings } from "./counts";
import css from "./home.module.css";

type Step = "settings" | "colleagues" | "vehicles" | "traders" | "auctions";
const STEPS: [step: Step, path: string, right: Right][] = [
  ["settings", "/settings", "manage_users"],
  ["colleagues", "/users", "manage_users"],
  ["vehicles", "/vehicles/import", "manage_stock"],
  ["traders", "/invitations", "manage_connections"],
  ["auctions", "/auctions/new", "run_stock_auctions"],
];

export function Start() {
  const { t } = useTranslation("home");
  const may = useMay();
  const done: Partial<Record<Step, boolean | undefined>> = useBeginnings();
  if (![done.vehicles, done.traders, done.auctions].includes(false)) return null;
  const steps = STEPS.filter(([, , right]) => may(right));
  return (
    <section className={`${desk.card} ${css.panel}`} aria-labelledby="home-start">
      <h2 id="home-start">{t("start.title")}</h2>
      <ol className={css.steps}>
        {steps.map(([step, path]) => (
          <li key={step} data-done={done[step] === true}>
            <Link href={path}>{t(`start.${step}`)}</Link>
            <span className={css.hint}>{done[step] ? t("start.done") : t(`start.${step}_hint`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
