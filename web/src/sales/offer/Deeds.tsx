/** What can be done with an offer now, in the order of the trade, and what cannot, with the reason (§6.1). */
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { FormProblem } from "../../desk/form/refusal";
import { useMay } from "../../desk/me";
import { PaperLink } from "../../desk/PaperLink";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { Offer } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { MOVED } from "../api";
import css from "../sales.module.css";
import { PlaceOrder } from "./PlaceOrder";
import { type Step, whyNot } from "./steps";

const LONGEST_REASON = 500;

/** `held`: prices are typed and not saved; what would go out with the saved ones waits. */
export function Deeds({ offer, held }: { offer: Offer; held: boolean }) {
  const { t } = useTranslation("sales");
  const may = useMay();
  const offers = may("make_offers", offer.entity.id);
  const abandons = offer.auction ? may("cancel_sale", offer.entity.id) : offers;
  const can = (step: Step) => whyNot(step, offer) === null && offer.may.includes(step);
  return (
    <>
      <div className={css.deeds}>
        {offers ? (
          <fieldset className={css.held} disabled={held}>
            {can("validate") ? <Validate offer={offer} /> : null}
            {can("order") ? <PlaceOrder offer={offer} /> : null}
            {can("send") ? <Send offer={offer} /> : null}
          </fieldset>
        ) : null}
        <PaperLink
          address={`api/offers/${offer.id}/paper.pdf`}
          says={t("step.print")}
          name={`${t("step.print")} · ${offer.display_number}`}
          look="button"
        />
        {offers && can("duplicate") ? <Duplicate offer={offer} /> : null}
        {abandons && can("abandon") ? <Abandon offer={offer} /> : null}
      </div>
      {held ? (
        <p className={css.notNow} role="status">
          {t("offer.held")}
        </p>
      ) : null}
      <NotNow offer={offer} offers={offers} abandons={abandons} />
    </>
  );
}

const SAID: Step[] = ["change", "add_vehicles", "validate", "order", "send", "duplicate", "abandon"];

function NotNow({ offer, offers, abandons }: { offer: Offer; offers: boolean; abandons: boolean }) {
  const { t } = useTranslation("sales");
  const reasons = SAID.flatMap((step) => {
    const why = whyNot(step, offer);
    if (why) return [[step, t(`why.${why}`)] as const];
    const allowed = step === "abandon" ? abandons : offers;
    return !allowed && offer.may.includes(step) ? [[step, t("no_right")] as const] : [];
  });
  if (reasons.length === 0) return null;
  return (
    <details className={css.notNow}>
      <summary>{t("offer.not_now")}</summary>
      <ul>
        {reasons.map(([step, why]) => (
          <li key={step}>
            <b>{step === "abandon" && offer.auction ? t("step.cancel_sale") : t(`step.${step}`)}</b> · {why}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Validate({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const validate = useAction(() => ask("POST /api/offers/{id}/validation", { ids: { id: offer.id } }), {
    refresh: MOVED,
    said: t("said.validated"),
  });
  return (
    <>
      <Button loading={validate.isPending} onClick={() => validate.mutate()}>
        {t("step.validate")}
      </Button>
      <FormProblem error={validate.error} />
    </>
  );
}

function Send({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  const buyer = offer.trader.name;
  const send = useAction(() => ask("POST /api/offers/{id}/sending", { ids: { id: offer.id } }), {
    refresh: MOVED,
    said: t("said.sent", { buyer }),
  });
  return (
    <ConfirmButton
      deed={t(offer.sent_at ? "step.send_again" : "step.send")}
      title={t("send.title", { buyer })}
      grave={false}
      onConfirm={() => send.mutateAsync()}
    >
      <p>{t("send.text", { buyer })}</p>
      {offer.sent_at ? (
        <p>{t("send.again", { at: formatTime(offer.sent_at, "dayClock", language) })}</p>
      ) : null}
    </ConfirmButton>
  );
}

function Duplicate({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const [, go] = useLocation();
  const duplicate = useAction(() => ask("POST /api/offers/{id}/duplicate", { ids: { id: offer.id } }), {
    refresh: MOVED,
    said: (made) => t("said.duplicated", { number: made.display_number }),
    after: (made) => go(`/offers/${made.id}`),
  });
  return (
    <>
      <Button variant="default" loading={duplicate.isPending} onClick={() => duplicate.mutate()}>
        {t("step.duplicate")}
      </Button>
      <FormProblem error={duplicate.error} />
    </>
  );
}

/** Whether the buyer knows of the offer, and reads that it is given up. */
function isKnown(offer: Offer): boolean {
  return offer.auction !== null || offer.sent_at !== null;
}

function Abandon({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const [reason, setReason] = useState("");
  const buyer = offer.trader.name;
  const { auction } = offer;
  const abandon = useAction(
    () =>
      ask("POST /api/offers/{id}/abandonment", { ids: { id: offer.id }, body: { reason: reason.trim() } }),
    { refresh: MOVED, said: t(auction ? "said.sale_cancelled" : "said.abandoned") },
  );
  return (
    <ConfirmButton
      deed={t(auction ? "step.cancel_sale" : "step.abandon")}
      title={
        auction
          ? t("abandon.sale_title", { lot: auction.lot_display_number })
          : t("abandon.title", { number: offer.display_number })
      }
      ready={reason.trim() !== ""}
      back={t("keep")}
      onConfirm={() => abandon.mutateAsync()}
    >
      <p>
        {auction ? t("abandon.sale_text", { auction: auction.display_number, buyer }) : t("abandon.text")}{" "}
        {auction ? null : t(isKnown(offer) ? "abandon.told" : "abandon.not_told", { buyer })}
      </p>
      <Reason value={reason} onChange={setReason} hint={isKnown(offer)} />
    </ConfirmButton>
  );
}

/** The reason of what is given up. */
export function Reason(props: { value: string; onChange: (reason: string) => void; hint?: boolean }) {
  const { t } = useTranslation("sales");
  return (
    <Textarea
      label={t("reason")}
      description={props.hint ? t("reason_hint") : undefined}
      required
      autosize={false}
      rows={2}
      maxLength={LONGEST_REASON}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value.replace(/\n/g, " "))}
    />
  );
}
