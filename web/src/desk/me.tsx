/** Who reads the pages, and what they may do in which entity (§1.3): what a page shows; the server decides. */
import { createContext, type ReactNode, useContext } from "react";
import type { Me } from "../session/session";
import type { Right } from "../wire/generated/http";

const MeContext = createContext<Me | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("nobody is signed in around this screen");
  return me;
}

/** Whether the reader has `right` in that entity, or, without one, in any of its entities. */
export function useMay(): (right: Right, entity?: number) => boolean {
  const { entities } = useMe();
  return (right, entity) =>
    entities.some(({ id, rights }) => (entity === undefined || id === entity) && rights.includes(right));
}
