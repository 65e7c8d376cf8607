/** What is on its way: how many of how many, and what was refused and why, to be tried again or let go. */
import { Button, Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { bareSentence } from "../../desk/form/refusal";
import { useReason } from "../../desk/pieces";
import { HttpProblem } from "../../wire/http";
import css from "./photos.module.css";
import { NotAPicture, type Upload } from "./uploads";

interface Props {
  uploads: Upload[];
  again: (upload: Upload) => void;
  dismiss: (key: number) => void;
}

/** Whether sending the same file once more can end otherwise. */
function mayHelp(error: unknown): boolean {
  return error instanceof HttpProblem && (error.status < 400 || error.status >= 500 || error.status === 429);
}

export function Uploads({ uploads, again, dismiss }: Props) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  const reason = useReason();
  const why = (error: unknown) =>
    error instanceof NotAPicture ? t("card.photos.no_picture") : bareSentence(reason(error));
  if (uploads.length === 0) return null;
  const done = uploads.filter(({ state }) => state === "done" || state === "refused").length;
  const refused = uploads.filter(({ state }) => state === "refused");
  const label = t("card.photos.progress", { done, count: uploads.length });
  return (
    <div className={css.uploads} role="status">
      {done < uploads.length ? (
        <>
          <span>{label}</span>
          <Progress value={(done / uploads.length) * 100} aria-label={label} />
        </>
      ) : null}
      {refused.map((one) => (
        <div key={one.key} className={css.refused}>
          <span>{t("card.photos.refused", { name: one.name, reason: why(one.error) })}</span>
          {mayHelp(one.error) ? (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => {
                dismiss(one.key);
                again(one);
              }}
            >
              {tt("problem.retry")}
            </Button>
          ) : null}
          <Button variant="subtle" size="compact-sm" onClick={() => dismiss(one.key)}>
            {tt("form.close")}
          </Button>
        </div>
      ))}
    </div>
  );
}
