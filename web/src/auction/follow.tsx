/**
 * The live connection as React sees it: one per signed-in page, its state, the rooms of auctions, and countdowns on the
 * server's clock (§5.5.5). Everything that happens is in `wire/` and `live.ts`; here it is only subscribed to.
 */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { connect } from "../wire/browser";
import type { ConnectionStatus, LiveConnection } from "../wire/connection";
import type { DealerView, TraderView } from "../wire/messages";
import { UnansweredBids } from "../wire/unanswered";
import { type AuctionRoom, LiveAuctions, type RoomSnapshot } from "./live";

const TICK_MS = 200;

interface Live {
  connection: LiveConnection;
  auctions: LiveAuctions;
}

const LiveContext = createContext<Live | null>(null);

/** Connects while it is on the screen; `key` it by the user. */
export function LiveProvider({ user, children }: { user: number; children: ReactNode }) {
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    const { connection, leave } = connect();
    const unanswered = new UnansweredBids(user);
    const ended = connection.onStatus(() => {
      if (connection.status.state === "ended") unanswered.forgetAll();
    });
    setLive({
      connection,
      auctions: new LiveAuctions(connection, unanswered, (ms, action) => window.setTimeout(action, ms)),
    });
    return () => {
      ended();
      leave();
    };
  }, [user]);
  return live ? <LiveContext value={live}>{children}</LiveContext> : null;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("no live connection around this screen");
  return live;
}

export function useLine(): ConnectionStatus {
  const { connection } = useLive();
  return useSyncExternalStore(
    useCallback((reader) => connection.onStatus(reader), [connection]),
    () => connection.status,
  );
}

interface Following<View> extends RoomSnapshot<View> {
  room: AuctionRoom;
}

function useRoom(auction: number): Following<TraderView | DealerView> {
  const { auctions } = useLive();
  const subscribe = useCallback(
    (reader: () => void) => auctions.room(auction).subscribe(reader),
    [auctions, auction],
  );
  const snapshot = useSyncExternalStore(subscribe, () => auctions.peek(auction));
  return {
    ...snapshot,
    get room() {
      return auctions.room(auction);
    },
  };
}

/** Follows an auction as a trader. */
export function useTraderRoom(auction: number): Following<TraderView> {
  return useRoom(auction) as Following<TraderView>;
}

/** Follows an auction as its dealer. */
export function useDealerRoom(auction: number): Following<DealerView> {
  return useRoom(auction) as Following<DealerView>;
}

const tickers = new Set<() => void>();
let ticking = 0;

function onTick(reader: () => void): () => void {
  tickers.add(reader);
  if (tickers.size === 1)
    ticking = window.setInterval(() => {
      for (const ticker of tickers) ticker();
    }, TICK_MS);
  return () => {
    tickers.delete(reader);
    if (tickers.size === 0) window.clearInterval(ticking);
  };
}

/** Whole seconds left until `instant` on the server's clock, never below 0; `null` until the server has told its time. */
export function useSecondsLeft(instant: string): number | null {
  const { connection } = useLive();
  return useSyncExternalStore(onTick, () => {
    const now_ms = connection.clock.now();
    return now_ms === null ? null : Math.max(0, Math.ceil((Date.parse(instant) - now_ms) / 1000));
  });
}

/** The server's time in ms, moving every `step_ms`; `null` until it is known. */
export function useServerNow(step_ms: number): number | null {
  const { connection } = useLive();
  return useSyncExternalStore(onTick, () => {
    const now_ms = connection.clock.now();
    return now_ms === null ? null : Math.floor(now_ms / step_ms) * step_ms;
  });
}
