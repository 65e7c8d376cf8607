/** One's own account: name and language, a trader's company, password and open sessions, API tokens. */
import "./words";
import "../desk/mantine-forms";
import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Route, Switch, useLocation } from "wouter";
import desk from "../desk/desk.module.css";
import form from "../desk/form/form.module.css";
import { bringIntoView } from "../desk/in-view";
import { useMe } from "../desk/me";
import { NotFound } from "../desk/NotFound";
import { usePageTitle } from "../desk/pieces";
import { MyCompany } from "./parts/MyCompany";
import { OpenSessions } from "./parts/OpenSessions";
import { PasswordChange } from "./parts/PasswordChange";
import { Profile } from "./parts/Profile";
import { Tokens } from "./parts/Tokens";

const PLACES = {
  profile: "/account",
  company: "/account/company",
  security: "/account/security",
  tokens: "/account/tokens",
};
type Place = keyof typeof PLACES;

export default function Pages() {
  const isTrader = useMe().role === "trader";
  return (
    <Switch>
      <Route path={PLACES.profile}>
        <Frame place="profile">
          <Profile />
        </Frame>
      </Route>
      {isTrader ? (
        <Route path={PLACES.company}>
          <Frame place="company">
            <MyCompany />
          </Frame>
        </Route>
      ) : null}
      <Route path={PLACES.security}>
        <Frame place="security">
          <PasswordChange />
          <OpenSessions />
        </Frame>
      </Route>
      <Route path={PLACES.tokens}>
        <Frame place="tokens">
          <Tokens />
        </Frame>
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function Frame({ place, children }: { place: Place; children: ReactNode }) {
  const { t } = useTranslation("account");
  const isTrader = useMe().role === "trader";
  const [, go] = useLocation();
  usePageTitle(t("title"));
  const places = (Object.keys(PLACES) as Place[]).filter((one) => one !== "company" || isTrader);
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("title")}</h1>
      </div>
      <Tabs value={place} onChange={(next) => go(PLACES[next as Place])} keepMounted={false}>
        <Tabs.List aria-label={t("title")} mb="md">
          {places.map((one) => (
            <Tabs.Tab key={one} value={one} ref={one === place ? bringIntoView : undefined}>
              {t(`places.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={place} className={form.stack ?? ""}>
          {children}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
