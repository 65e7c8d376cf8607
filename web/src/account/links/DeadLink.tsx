/** A link that leads nowhere any more, or never did: what may have happened, and what to do. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import form from "../../desk/form/form.module.css";
import { Problem } from "../../desk/pieces";
import { HttpProblem } from "../../wire/http";

export type LinkKind = "invitation" | "colleague" | "password";

/** Whether the link itself is what does not work. */
function isOfTheLink(error: unknown): error is HttpProblem {
  return error instanceof HttpProblem && (error.code === "dead_link" || error.code === "not_found");
}

interface Props {
  kind: LinkKind;
  /** What was refused; nothing: the address has no secret at all. */
  error?: unknown;
  retry?: () => void;
}

export function DeadLink({ kind, error, retry }: Props) {
  const { t } = useTranslation("account");
  if (error && !isOfTheLink(error)) return <Problem error={error} {...(retry ? { retry } : {})} />;
  const whole = isOfTheLink(error) && error.code === "dead_link";
  return (
    <div className={`${desk.card} ${form.stack}`} role="alert">
      <h1>{whole ? t("link.dead") : t("link.broken")}</h1>
      <p>{whole ? t(`link.dead_${kind}`) : t("link.broken_text")}</p>
      <Ways kind={kind} />
    </div>
  );
}

function Ways({ kind }: { kind: LinkKind }) {
  const { t } = useTranslation("account");
  return (
    <div className={form.actions}>
      {kind === "password" ? (
        <Way to="/forgotten-password">{t("link.ask_again")}</Way>
      ) : (
        <Way to="/">{t("link.to_sign_in")}</Way>
      )}
    </div>
  );
}

export function Way({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Button component={Link} href={to}>
      {children}
    </Button>
  );
}
