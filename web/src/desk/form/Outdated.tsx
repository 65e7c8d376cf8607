/**
 * Somebody else has saved the same thing since it was read: nothing was written over, what was typed is still there. The
 * form says so where it ends, in its own words, and which ways lead on.
 */
import { Alert } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { HttpProblem } from "../../wire/http";
import css from "./form.module.css";

/** Whether it was refused for what somebody else has saved meanwhile; a vehicle's card names its revision. */
export function isOutdated(error: unknown): error is HttpProblem {
  return error instanceof HttpProblem && (error.code === "changed_meanwhile" || error.field === "revision");
}

/** `ways`: the buttons that lead on, where saving again is not one. */
export function Outdated({ children, ways }: { children: ReactNode; ways?: ReactNode }) {
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => {
    said.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <Alert ref={said} className={css.outdated ?? ""} color="red" role="alert">
      <div className={css.stack}>
        <div>{children}</div>
        {ways ? <div className={`${css.actions} ${css.ways}`}>{ways}</div> : null}
      </div>
    </Alert>
  );
}
