/** Creating an auction (§5.1): kind, vehicles, audience, schedule, prices; totals and margins as one types. */
import { Alert, Skeleton } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import desk from "../../desk/desk.module.css";
import { Empty, Problem, usePageTitle, useReason } from "../../desk/pieces";
import { HttpProblem, type Reason } from "../../wire/http";
import { type Obstacle, type StockVehicle, usePublish, useStock } from "./api";
import { Choices } from "./Choices";
import css from "./create.module.css";
import { bodyOf, EMPTY_FORM, type Form, problemsOf } from "./form";
import { PriceSheet } from "./PriceSheet";
import { Totals } from "./Totals";

export function CreateAuction() {
  const { t } = useTranslation("dealer");
  const stock = useStock();
  usePageTitle(t("create.title"));
  // Those that can be chosen first.
  const offered = [...(stock.data ?? [])].sort((a, b) => a.missing.length - b.missing.length);
  return (
    <>
      <div className={desk.heading}>
        <div>
          <Link href="/" className={desk.back}>
            ← {t("synthesis.back")}
          </Link>
          <h1>{t("create.title")}</h1>
        </div>
      </div>
      {stock.isPending ? <Skeleton height={360} radius="md" /> : null}
      {stock.isError ? <Problem error={stock.error} retry={() => void stock.refetch()} /> : null}
      {stock.data && offered.length === 0 ? (
        <div className={desk.card}>
          <Empty>{t("create.no_vehicle")}</Empty>
        </div>
      ) : null}
      {offered.length > 0 ? <TheForm stock={offered} /> : null}
    </>
  );
}

function TheForm({ stock }: { stock: StockVehicle[] }) {
  const { t } = useTranslation("dealer");
  const [, go] = useLocation();
  const reason = useReason();
  const [form, setForm] = useState<Form>(EMPTY_FORM);
  const [tried, setTried] = useState(false);
  const publish = usePublish();
  const refused = publish.error instanceof HttpProblem ? publish.error.reasons : [];
  const why = (error: unknown) => {
    if (refused.length > 0) return t("create.see_below");
    return error instanceof HttpProblem && error.field === "starts_at"
      ? t("create.bad_start")
      : reason(error);
  };
  const problems = problemsOf(form, stock);
  const change = (changed: Partial<Form>) => setForm({ ...form, ...changed });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problems.length > 0) return;
    publish.mutate(bodyOf(form, stock), { onSuccess: ({ id }) => go(`/auctions/${id}`) });
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <Choices form={form} change={change} stock={stock} />
      <PriceSheet form={form} change={change} stock={stock} obstacles={byVehicle(refused)} />
      {publish.error ? (
        <Alert color="red" role="alert">
          {t("create.failed", { reason: why(publish.error) })}
          <Others of={refused} />
        </Alert>
      ) : null}
      <Totals form={form} stock={stock} problems={tried ? problems : []} busy={publish.isPending} />
    </form>
  );
}

const OBSTACLES: readonly Obstacle[] = [
  "wrong_destination",
  "not_saleable",
  "not_authorised",
  "no_trade_price",
  "not_matched",
  "reserved",
  "in_another_auction",
  "nobody_invited",
  "invalid_amount",
];

function known(code: string): Obstacle | undefined {
  return OBSTACLES.find((one) => one === code);
}

function byVehicle(reasons: Reason[]): Map<number, Obstacle[]> {
  const found = new Map<number, Obstacle[]>();
  for (const { code, vehicle } of reasons) {
    const obstacle = known(code);
    if (vehicle !== undefined && vehicle !== null && obstacle)
      found.set(vehicle, [...(found.get(vehicle) ?? []), obstacle]);
  }
  return found;
}

/** The reasons that are no vehicle's. */
function Others({ of }: { of: Reason[] }) {
  const { t } = useTranslation("dealer");
  const others = of.filter(({ vehicle }) => vehicle === undefined || vehicle === null);
  if (others.length === 0) return null;
  const text = ({ code, field }: Reason) => {
    const obstacle = known(code);
    return obstacle ? t(`create.obstacles.${obstacle}`) : `${field}: ${code}`;
  };
  return <p>{others.map(text).join(" · ")}</p>;
}
