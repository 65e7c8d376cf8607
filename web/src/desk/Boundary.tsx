/**
 * What stands between a bug of ours and a blank page: says what happened, and reloads on a click, which also fetches new
 * pages. Another address is another page: going there, or back, leaves what was broken behind.
 */
import { Alert, Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
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

export function Boundary({ children }: { children: ReactNode }) {
  const [address] = useLocation();
  return <Guard address={address}>{children}</Guard>;
}

interface Guarded {
  address: string;
  children: ReactNode;
}

class Guard extends Component<Guarded, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidUpdate(before: Guarded) {
    if (this.state.broken && before.address !== this.props.address) this.setState({ broken: false });
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
