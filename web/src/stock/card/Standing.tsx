/** How a vehicle stands today: for whom it is kept (§4.2), for how long it has been here, and why. */
import { Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { FormDialog } from "../../desk/form/FormDialog";
import { FormProblem } from "../../desk/form/refusal";
import { Chip } from "../../desk/pieces";
import type { VehicleSheet } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { useStockSettings, VEHICLES } from "../api";
import css from "./card.module.css";
import { useCard } from "./editing";

const REFRESHED = [VEHICLES, ["saved-searches"]];

export function Reservation({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const { may } = useCard();
  const free = useAction(() => ask("DELETE /api/vehicles/{id}/reservation", { ids: { id: sheet.id } }), {
    refresh: REFRESHED,
    said: t("card.reservation.removed"),
  });
  if (!sheet.reserved) return null;
  const name = sheet.reserved_for ?? "";
  return (
    <section className={desk.card} aria-labelledby="title-reservation">
      <div className={css.sectionHead}>
        <h2 id="title-reservation">{t("card.reservation.title")}</h2>
        {may ? (
          <ConfirmButton
            size="compact-sm"
            deed={t("card.reservation.remove")}
            title={t("card.reservation.remove_title", { name })}
            onConfirm={() => free.mutateAsync()}
          >
            <p>{t("card.reservation.remove_text")}</p>
          </ConfirmButton>
        ) : null}
      </div>
      <p>
        {sheet.reserved_for_trader !== null ? (
          <Link href={`/traders/${sheet.reserved_for_trader}`}>{name}</Link>
        ) : (
          name
        )}{" "}
        <span className={desk.muted}>
          {t(sheet.reserved_for_trader !== null ? "card.reservation.trader" : "card.reservation.client")}
        </span>
      </p>
    </section>
  );
}

export function StockTime({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const { may } = useCard();
  const settings = useStockSettings(sheet.entity);
  const target = settings.data?.days_target;
  if (sheet.days_in_stock === null) return null;
  return (
    <section className={desk.card} aria-labelledby="title-time">
      <div className={css.sectionHead}>
        <h2 id="title-time">{t("card.time.title")}</h2>
        {sheet.over_target ? (
          <Chip tone="warn" sign="!">
            {t("card.time.over")}
          </Chip>
        ) : null}
      </div>
      <p>
        <b>{t("card.time.days", { count: sheet.days_in_stock })}</b>{" "}
        {target ? <span className={desk.muted}>{t("card.time.target", { count: target })}</span> : null}
      </p>
      {sheet.stock_reason ? <p>{t("card.time.reason_is", { reason: sheet.stock_reason })}</p> : null}
      {sheet.asks_reason ? <p className={css.asks}>{t("card.time.asks")}</p> : null}
      {may && (sheet.over_target || sheet.muted) ? <Explaining sheet={sheet} /> : null}
    </section>
  );
}

function Explaining({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  // Until somebody types, what the card says now.
  const [typed, type] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const reason = typed ?? sheet.stock_reason;
  const missing = reason.trim() === "";
  const explain = useAction(
    () =>
      ask("POST /api/vehicles/{id}/stock-reason", { ids: { id: sheet.id }, body: { reason: reason.trim() } }),
    { refresh: REFRESHED, said: t("card.time.explained") },
  );
  const mute = useAction(
    (muted: boolean) => ask("POST /api/vehicles/{id}/mute", { ids: { id: sheet.id }, body: { muted } }),
    { refresh: REFRESHED },
  );
  return (
    <div className={css.explaining}>
      <FormDialog
        size="compact-sm"
        deed={t("card.time.explain")}
        title={t("card.time.explain_title")}
        onSubmit={() => {
          setTried(missing);
          return missing ? false : explain.mutateAsync().then(() => type(null));
        }}
      >
        <TextInput
          label={t("fields.stock_reason")}
          maxLength={500}
          required
          value={reason}
          error={tried && missing ? tt("form.required") : undefined}
          onChange={(event) => type(event.currentTarget.value)}
        />
      </FormDialog>
      <Switch
        size="sm"
        label={t("card.time.mute")}
        checked={sheet.muted}
        onChange={(event) => mute.mutate(event.currentTarget.checked)}
      />
      <FormProblem error={mute.error} />
    </div>
  );
}
