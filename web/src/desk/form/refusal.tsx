/** A refused form: each field says what does not fit; what belongs to no field stands above the buttons. */
import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { HttpProblem } from "../../wire/http";
import { useReason } from "../pieces";

const WORDED = ["required", "taken", "too_long", "too_short", "unknown"] as const;

/** The server's sentence without the field's name that programs read before it. */
export function bareSentence(message: string): string {
  const rest = message.replace(/^[a-z_][\w.[\]-]*(, [a-z_][\w.[\]-]*)*\s?: /i, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** The part of a message of several that speaks of `field`; the whole of it, if none names it. */
function partOf(message: string, field: string): string {
  const part = message.split(/\s?; /).find((one) => one.replace(/\s/, "").startsWith(`${field}:`));
  return bareSentence(part === undefined ? message : `${part.replace(/\.$/, "")}.`);
}

/** What a refusal says of each field that it names; empty for any other failure. */
export function useFieldErrors(): (error: unknown) => Record<string, string> {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof HttpProblem)) return {};
    if (error.reasons.length > 0)
      return Object.fromEntries(
        error.reasons.map(({ code, field }) => {
          const known = WORDED.find((one) => one === code);
          return [field, known ? t(`form.reasons.${known}`) : partOf(error.message, field)];
        }),
      );
    return error.field ? { [error.field]: bareSentence(error.message) } : {};
  };
}

/** What the form could not do, unless all of it stands at the fields `shown`. */
export function FormProblem({ error, shown = [] }: { error: unknown; shown?: readonly string[] }) {
  const reason = useReason();
  const fieldErrors = useFieldErrors();
  if (!error) return null;
  const named = Object.keys(fieldErrors(error));
  if (named.length > 0 && named.every((field) => shown.includes(field))) return null;
  return (
    <Alert color="red" role="alert">
      {bareSentence(reason(error))}
    </Alert>
  );
}
