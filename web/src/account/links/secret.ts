/**
 * The secret behind the `#` of a mail's link. It is taken out of the address at once, so that neither the history nor a
 * bookmark keeps it, and stays with this entry of the history alone: a reload finds it, going on forgets it.
 */
import { useEffect, useState } from "react";

function behindHash(): string {
  return window.location.hash.slice(1);
}

function kept(): string {
  const state: unknown = window.history.state;
  return typeof state === "object" && state !== null && "link" in state && typeof state.link === "string"
    ? state.link
    : "";
}

/** Empty: whoever is here followed no link, or half of one. */
export function useLinkSecret(): string {
  const [secret, setSecret] = useState(() => behindHash() || kept());
  useEffect(() => {
    const take = () => {
      const found = behindHash();
      if (!found) return;
      window.history.replaceState({ link: found }, "", window.location.pathname);
      setSecret(found);
    };
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  return secret;
}
