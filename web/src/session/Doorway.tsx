/** The frame of the pages before the door: the brand, a card or two, the choice of language and theme. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import desk from "../desk/desk.module.css";
import { LanguageButton, ThemeButton } from "./choices";
import css from "./sign-in.module.css";

/** `wide` for forms of several columns. */
export function Doorway({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  const { t } = useTranslation();
  return (
    <main className={css.page}>
      <div className={css.column} data-wide={wide}>
        <div className={css.brand}>
          <b>{t("brand")}</b>
          <span className={desk.muted}>{t("sign_in.lead")}</span>
        </div>
        {children}
        <div className={css.bar}>
          <LanguageButton />
          <ThemeButton />
        </div>
      </div>
    </main>
  );
}
