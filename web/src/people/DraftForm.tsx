/** A card over something stored: its fields, and for whoever may change it the bar that saves or resets them. */
import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import desk from "../desk/desk.module.css";
import form from "../desk/form/form.module.css";
import type { Draft } from "./draft";
import { SaveBar } from "./SaveBar";

interface Props<Values> {
  title: string;
  draft: Draft<Values>;
  saving: UseMutationResult<unknown, unknown, void>;
  manages: boolean;
  /** The fields at which a refusal is shown already. */
  shown: readonly string[];
  children: ReactNode;
}

export function DraftForm<Values>({ title, draft, saving, manages, shown, children }: Props<Values>) {
  return (
    <form
      className={`${desk.card} ${form.stack}`}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <h2>{title}</h2>
      {children}
      {manages ? (
        <SaveBar
          unsaved={draft.unsaved}
          pending={saving.isPending}
          error={saving.error}
          shown={shown}
          onReset={draft.reset}
        />
      ) : null}
    </form>
  );
}
