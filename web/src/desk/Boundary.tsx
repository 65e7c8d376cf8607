/** What stands between a bug of ours and a blank page: says what happened, and reloads on a click, which also fetches new pages. */
import { Alert, Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "./desk.module.css";

function Broken() {
  const { t } = useTranslation();
  return (
    <main className={css.main}>
      <Alert color="red" title={t("problem.title")} role="alert">
        <p>{t("problem.broken")}</p>
        <Button mt="sm" size="xs" variant="default" onClick={() => window.location.reload()}>
          {t("problem.reload")}
        </Button>
      </Alert>
    </main>
  );
}

export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
