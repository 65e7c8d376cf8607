/** What the purchases' pages share: a state in words and sign, a place with whom to call. */
import { useTranslation } from "react-i18next";
import { Chip, type Tone } from "../desk/pieces";
import type { ContactSite } from "../wire/generated/http";
import css from "./purchases.module.css";
import type { PurchaseState } from "./state";

const SIGNS: Record<PurchaseState, { tone: Tone; sign: string }> = {
  offered: { tone: "plain", sign: "○" },
  reserved: { tone: "warn", sign: "…" },
  ordered: { tone: "win", sign: "●" },
  scheduled: { tone: "win", sign: "◷" },
  delivered: { tone: "win", sign: "✓" },
  released: { tone: "plain", sign: "✓" },
};

export function PurchaseChip({ of }: { of: PurchaseState }) {
  const { t } = useTranslation("purchases");
  return <Chip {...SIGNS[of]}>{t(`states.${of}`)}</Chip>;
}

/** An address, a phone and an e-mail that can be used at once. */
export function Place({ site }: { site: ContactSite }) {
  const { name, street, postcode, city, phone, email } = site;
  const town = [postcode, city].filter(Boolean).join(" ");
  return (
    <address className={css.place}>
      <b>{name}</b>
      {[street, town].filter(Boolean).map((line) => (
        <span key={line}>{line}</span>
      ))}
      {phone ? <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a> : null}
      {email ? <a href={`mailto:${email}`}>{email}</a> : null}
    </address>
  );
}
