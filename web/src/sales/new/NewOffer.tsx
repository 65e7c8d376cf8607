/** A direct offer (§6.1): who sells, to which connected trader, which free vehicles at which prices, what it comes to. */
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import form from "../../desk/form/form.module.css";
import { FormProblem } from "../../desk/form/refusal";
import { Heading } from "../../desk/Heading";
import { useMay, useMe } from "../../desk/me";
import { Empty, usePageTitle } from "../../desk/pieces";
import { amountOf, centsOf } from "../../money";
import { marginOf, priceHt } from "../../reckoning";
import { ask } from "../../wire/http";
import { MOVED } from "../api";
import { ExtraFields, isWhole, soldExtras } from "../offer/Extras";
import { Money } from "../pieces";
import css from "../sales.module.css";
import { Buyer } from "./Buyer";
import { type Draft, useDraft } from "./draft";
import { type Chosen, ChosenVehicles, chosenOf, FreeVehicles, useSheets } from "./Vehicles";

export function NewOffer() {
  const { t } = useTranslation("sales");
  const may = useMay();
  usePageTitle(t("new_offer.title"));
  return (
    <>
      <Heading
        href="/offers"
        back={t("offer.back")}
        title={t("new_offer.title")}
        lead={t("new_offer.lead")}
      />
      {may("make_offers") ? <OfferForm /> : <Empty>{t("new_offer.no_right")}</Empty>}
    </>
  );
}

function OfferForm() {
  const { t } = useTranslation("sales");
  const [address] = useSearchParams();
  const { draft, change, clear, forget, wasKept } = useDraft(address.get("vehicles") ?? "");
  const sheets = useSheets(draft.vehicles);
  const entity = useEntity(draft.entity ?? sheets.find(({ data }) => data)?.data?.entity);
  const chosen = chosenOf(draft, sheets, entity);
  const [tried, setTried] = useState(false);
  const make = useMaking(draft, entity, chosen, forget);
  const fits =
    draft.trader !== null &&
    chosen.length > 0 &&
    chosen.every(({ price_cents, why }) => price_cents !== null && why === null) &&
    draft.extras.every(isWhole);
  const submit = () => {
    setTried(true);
    if (fits) make.mutate();
  };
  return (
    <div className={desk.columns}>
      <div className={desk.column}>
        {wasKept ? <p className={desk.muted}>{t("new_offer.kept")}</p> : null}
        <section className={`${desk.card} ${form.fields}`} aria-label={t("new_offer.buyer")}>
          <Entity entity={entity} change={change} />
          <Buyer draft={draft} entity={entity} change={change} tried={tried} />
        </section>
        <ChosenVehicles draft={draft} chosen={chosen} change={change} tried={tried} />
        <FreeVehicles draft={draft} entity={entity} change={change} />
        <ExtraFields lines={draft.extras} onChange={(extras) => change({ extras })} tried={tried} />
      </div>
      <aside className={desk.column}>
        <Sums draft={draft} chosen={chosen} />
        {tried && !fits ? (
          <p className={css.missing} role="alert">
            {t("new_offer.incomplete")}
          </p>
        ) : null}
        <FormProblem error={make.error} />
        <div className={form.actions}>
          <Button variant="default" onClick={clear}>
            {t("new_offer.clear")}
          </Button>
          <Button loading={make.isPending} onClick={submit}>
            {t("new_offer.create")}
          </Button>
        </div>
      </aside>
    </div>
  );
}

/** The entity that sells: the one chosen, else that of the vehicles, else the first where the reader may make offers. */
function useEntity(entity: number | undefined): number | undefined {
  const { entities } = useMe();
  const may = useMay();
  const allowed = entities.filter(({ id }) => may("make_offers", id));
  return allowed.find(({ id }) => id === entity)?.id ?? allowed[0]?.id;
}

function useMaking(draft: Draft, entity: number | undefined, chosen: Chosen[], forget: () => void) {
  const { t } = useTranslation("sales");
  const [, go] = useLocation();
  return useAction(
    () =>
      ask("POST /api/offers", {
        body: {
          trader: draft.trader?.id ?? 0,
          entity: entity ?? null,
          vehicles: chosen.map(({ id, price_cents }) => ({ id, price: amountOf(price_cents ?? 0) })),
          extras: draft.extras.map(({ kind, label, amount }) => ({ kind, label, amount })),
        },
      }),
    {
      refresh: MOVED,
      said: (made) => t("said.created", { number: made.display_number }),
      after: (made) => {
        forget();
        go(`/offers/${made.id}`);
      },
    },
  );
}

function Entity({
  entity,
  change,
}: {
  entity: number | undefined;
  change: (changed: Partial<Draft>) => void;
}) {
  const { t } = useTranslation("sales");
  const { entities } = useMe();
  const may = useMay();
  const allowed = entities.filter(({ id }) => may("make_offers", id));
  if (allowed.length < 2) return null;
  return (
    <NativeSelect
      label={t("new_offer.entity")}
      value={String(entity)}
      data={allowed.map(({ id, name }) => ({ value: String(id), label: name }))}
      onChange={(event) => change({ entity: Number(event.currentTarget.value), trader: null })}
    />
  );
}

/** What it comes to while one types: the sums of the rules, line by line (§6.2). */
function Sums({ draft, chosen }: { draft: Draft; chosen: Chosen[] }) {
  const { t } = useTranslation("sales");
  const extras = soldExtras(draft.extras);
  const priced = chosen.flatMap(({ sheet, price_cents, why }) =>
    sheet && price_cents !== null && why === null ? [{ sheet, cents: price_cents }] : [],
  );
  const aid_cents = draft.extras
    .filter(({ kind }) => kind === "trade_in_aid")
    .reduce((sum, { amount }) => sum + centsOf(amount || "0"), 0);
  const sum = (cents: number[], from: number) => amountOf(cents.reduce((total, one) => total + one, from));
  const facts = [
    [
      t("new_offer.total"),
      sum(
        priced.map(({ cents }) => cents),
        extras.total_cents,
      ),
      true,
    ],
    [
      t("new_offer.total_ht"),
      sum(
        priced.map(({ sheet, cents }) => priceHt(cents, sheet.vat)),
        extras.ht_cents,
      ),
      false,
    ],
    [
      t("offer.real_margin"),
      sum(
        priced.map(({ sheet, cents }) => marginOf(cents, sheet)),
        -aid_cents,
      ),
      false,
    ],
  ] as const;
  return (
    <section className={desk.card} aria-label={t("offer.totals")} aria-live="polite">
      <h2>{t("offer.totals")}</h2>
      <dl className={css.facts}>
        {facts.map(([name, amount, main]) => (
          <div key={name} className={css.pair}>
            <dt data-main={main}>{name}</dt>
            <dd data-main={main}>
              <Money amount={amount} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
