/**
 * The surroundings of a live connection in a browser: a WebSocket at `live` beside the page, the monotonic clock,
 * and the network's own word on whether it is there. The only place that touches the browser for the wire.
 */
import { rootAddress } from "../address";
import { LiveConnection, type Socket, SUBPROTOCOL, type Surroundings } from "./connection";

const ID_BYTES = 12;

function liveAddress(): string {
  const address = new URL("live", rootAddress);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}

const browser: Surroundings = {
  open: () => new WebSocket(liveAddress(), SUBPROTOCOL) as unknown as Socket,
  elapsed: () => performance.now(),
  later: (ms, action) => {
    const timer = window.setTimeout(action, ms);
    return () => window.clearTimeout(timer);
  },
  random: () => Math.random(),
  // `crypto.randomUUID` needs a secure address; a demonstration on a local network has none.
  newId: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(ID_BYTES)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join(""),
};

/**
 * A connection that starts now and follows the browser's online and offline events until `leave`. The timers of a page
 * that nobody sees run late: one that comes into sight again does not wait for them.
 */
export function connect(): { connection: LiveConnection; leave: () => void } {
  const connection = new LiveConnection(browser);
  const online = () => connection.start();
  const offline = () => connection.drop();
  const seen = () => {
    if (document.visibilityState === "visible") connection.look();
  };
  window.addEventListener("online", online);
  window.addEventListener("offline", offline);
  document.addEventListener("visibilitychange", seen);
  connection.start();
  return {
    connection,
    leave: () => {
      window.removeEventListener("online", online);
      window.removeEventListener("offline", offline);
      document.removeEventListener("visibilitychange", seen);
      connection.stop();
    },
  };
}
