// The page's end of the live protocol: resume, repeat, silence, codes. A hand-held socket and clock; no waiting.
import { beforeEach, describe, expect, test } from "vitest";
import { LiveConnection, type Reader, type Socket } from "./connection";
import type { Answer, AuctionEvent, ServerMessage, StateMessage } from "./messages";

class HeldSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly said: { type: string; [field: string]: unknown }[] = [];
  closed = false;
  send(text: string) {
    this.said.push(JSON.parse(text));
  }
  close() {
    this.closed = true;
  }
  hear(message: ServerMessage | object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  lose(code = 1006) {
    this.onclose?.({ code });
  }
  saidOf(type: string) {
    return this.said.filter((message) => message.type === type);
  }
}

/** A clock that moves only when told, and the timers that hang on it. */
class Held {
  now_ms = 1000;
  ids = 0;
  readonly sockets: HeldSocket[] = [];
  private timers: { at_ms: number; action: () => void }[] = [];
  open() {
    const socket = new HeldSocket();
    this.sockets.push(socket);
    return socket;
  }
  elapsed() {
    return this.now_ms;
  }
  later(ms: number, action: () => void) {
    const timer = { at_ms: this.now_ms + ms, action };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  }
  random() {
    return 1;
  }
  newId() {
    this.ids += 1;
    return `c${this.ids}`;
  }
  pass(ms: number) {
    const until_ms = this.now_ms + ms;
    for (;;) {
      const next = this.timers.filter((one) => one.at_ms <= until_ms).sort((a, b) => a.at_ms - b.at_ms)[0];
      if (!next) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.now_ms = Math.max(this.now_ms, next.at_ms);
      next.action();
    }
    this.now_ms = until_ms;
  }
  get socket() {
    return this.sockets.at(-1) as HeldSocket;
  }
}

const TIME = "2026-01-01T12:00:00Z";
const welcome = {
  type: "welcome",
  protocol: "adjuge.v1",
  time: TIME,
  user: { id: 1, name: "Ana", role: "trader" },
  heartbeat_seconds: 25,
};
const state = (seq: number, epoch = 1) => ({
  type: "state",
  auction: 7,
  epoch,
  seq,
  role: "trader",
  view: { seq },
});
const noted = (seq: number) => ({ seq, at: TIME, event: "noted" });

class Notes implements Reader {
  states: number[] = [];
  seqs: number[] = [];
  codes: string[] = [];
  state(message: StateMessage) {
    this.states.push(message.seq);
  }
  events(events: AuctionEvent[]) {
    this.seqs.push(...events.map(({ seq }) => seq));
  }
  refused(code: string) {
    this.codes.push(code);
  }
}

let held: Held;
let live: LiveConnection;
let notes: Notes;

beforeEach(() => {
  held = new Held();
  live = new LiveConnection(held);
  notes = new Notes();
  live.start();
});

function reconnect() {
  held.pass(60_000);
  held.socket.hear(welcome);
}

describe("following an auction", () => {
  beforeEach(() => {
    live.watch(7, notes);
    held.socket.hear(welcome);
    held.socket.hear(state(3));
  });

  test("asks once, and hands over the state and every later entry", () => {
    expect(held.socket.saidOf("watch")).toEqual([{ type: "watch", auction: 7 }]);
    held.socket.hear({ type: "event", auction: 7, ...noted(4) });
    held.socket.hear({ type: "events", auction: 7, from: 5, seq: 6, events: [noted(5), noted(6)] });
    expect([notes.states, notes.seqs]).toEqual([[3], [4, 5, 6]]);
  });

  test("an entry seen before is not handed over again", () => {
    held.socket.hear({ type: "events", auction: 7, from: 2, seq: 4, events: [noted(2), noted(3), noted(4)] });
    held.socket.hear({ type: "event", auction: 7, ...noted(4) });
    expect(notes.seqs).toEqual([4]);
  });

  test("a hole is asked for, and nothing after it is handed over before it is filled", () => {
    held.pass(5000);
    held.socket.hear({ type: "event", auction: 7, ...noted(5) });
    held.socket.hear({ type: "event", auction: 7, ...noted(6) });
    expect(notes.seqs).toEqual([]);
    expect(held.socket.saidOf("watch").slice(1)).toEqual([{ type: "watch", auction: 7, after: 3, epoch: 1 }]);
    held.socket.hear({ type: "events", auction: 7, from: 4, seq: 6, events: [noted(4), noted(5), noted(6)] });
    expect(notes.seqs).toEqual([4, 5, 6]);
  });

  test("a newer state replaces what was missed", () => {
    held.socket.hear(state(40, 2));
    held.socket.hear({ type: "event", auction: 7, ...noted(40) });
    held.socket.hear({ type: "event", auction: 7, ...noted(41) });
    expect([notes.states, notes.seqs]).toEqual([[3, 40], [41]]);
  });

  test("after a loss it asks for what came since, by `after` and `epoch`", () => {
    held.socket.hear({ type: "event", auction: 7, ...noted(4) });
    held.socket.lose();
    expect(live.status).toEqual({ state: "lost", attempts: 1 });
    reconnect();
    expect(live.status).toEqual({ state: "live" });
    expect(held.socket.saidOf("watch")).toEqual([{ type: "watch", auction: 7, after: 4, epoch: 1 }]);
  });

  test("what one no longer follows is not asked for again", () => {
    live.watch(8, new Notes())();
    expect(held.socket.saidOf("unwatch")).toEqual([{ type: "unwatch", auction: 8 }]);
    held.socket.lose();
    reconnect();
    expect(held.socket.saidOf("watch")).toHaveLength(1);
  });

  test("an auction that is being reloaded is asked for again", () => {
    held.socket.hear({ type: "refused", auction: 7, code: "unavailable", message: "…" });
    expect(notes.codes).toEqual([]);
    held.pass(2500);
    expect(held.socket.saidOf("watch")).toHaveLength(2);
  });

  test("an unknown auction is told to who asked for it", () => {
    held.socket.hear({ type: "refused", auction: 7, code: "unknown_auction", message: "…" });
    expect(notes.codes).toEqual(["unknown_auction"]);
  });
});

describe("commands", () => {
  const bid = { type: "bid", auction: 7, lot: 65, amount: "21000.00" } as const;
  let answers: Answer[];

  beforeEach(() => {
    answers = [];
    held.socket.hear(welcome);
  });
  const send = () => live.command(bid).then((answer) => answers.push(answer));

  test("an answer finds its command", async () => {
    const sent = send();
    held.socket.hear({ type: "accepted", id: "c1", auction: 7, seq: 9 });
    await sent;
    expect(answers).toMatchObject([{ type: "accepted", seq: 9 }]);
  });

  test("an unanswered command is repeated with the same id, an answered one never (§5.2.4)", async () => {
    const first = send();
    void send();
    held.socket.hear({ type: "refused", id: "c1", auction: 7, code: "below_minimum", message: "…" });
    await first;
    held.socket.lose();
    reconnect();
    expect(held.socket.saidOf("bid")).toEqual([{ ...bid, id: "c2" }]);
  });

  test("what is refused in passing is repeated with the same id, and told only when it lasts", async () => {
    const sent = send();
    const busy = { type: "refused", id: "c1", auction: 7, code: "busy", message: "…" };
    for (let i = 0; i < 5; i += 1) {
      held.socket.hear(busy);
      held.pass(3000);
    }
    expect(held.socket.saidOf("bid")).toHaveLength(6);
    expect(new Set(held.socket.saidOf("bid").map(({ id }) => id))).toEqual(new Set(["c1"]));
    held.socket.hear(busy);
    await sent;
    expect(answers).toMatchObject([{ code: "busy" }]);
  });

  test("a command given while the line is down goes out when it is back", () => {
    held.socket.lose();
    void send();
    reconnect();
    expect(held.socket.saidOf("bid")).toEqual([{ ...bid, id: "c1" }]);
  });
});

describe("losing the line", () => {
  test("each wait is longer than the one before, up to a bound", () => {
    const opened: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const before_ms = held.now_ms;
      const sockets = held.sockets.length;
      held.socket.lose();
      while (held.sockets.length === sockets) held.pass(50);
      opened.push(held.now_ms - before_ms);
    }
    expect(opened.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
    expect(Math.max(...opened)).toBe(6_000);
  });

  test("whoever looks at the page again waits no longer, and opens no second socket", () => {
    for (let i = 0; i < 8; i += 1) {
      held.socket.lose();
      held.pass(i < 7 ? 6_000 : 0);
    }
    const before = held.sockets.length;
    live.look();
    live.look();
    expect(held.sockets).toHaveLength(before + 1);
    held.socket.hear(welcome);
    live.look();
    held.pass(6_000);
    expect(held.sockets).toHaveLength(before + 1);
  });

  test("comes back no sooner than the server asked for", () => {
    held.socket.hear(welcome);
    held.socket.hear({ type: "bye", code: 4001, reason: "going down", reconnect_after: 5 });
    held.socket.lose(4001);
    held.pass(5000);
    expect(held.sockets).toHaveLength(1);
    held.pass(1000);
    expect(held.sockets).toHaveLength(2);
  });

  test.each([4401, 4403, 4409])("code %i is final", (code) => {
    held.socket.hear(welcome);
    held.socket.lose(code);
    held.pass(600_000);
    live.look();
    expect(live.status).toEqual({ state: "ended", code });
    expect(held.sockets).toHaveLength(1);
  });

  test("the browser saying so is enough, and the old socket's own end changes nothing", () => {
    held.socket.hear(welcome);
    const old = held.socket;
    live.drop();
    expect(live.status.state).toBe("lost");
    live.start();
    old.lose(4401);
    held.socket.hear(welcome);
    expect(live.status).toEqual({ state: "live" });
  });

  test("silence is a loss", () => {
    held.socket.hear(welcome);
    held.pass(17_000);
    expect(held.sockets[0]?.closed).toBe(true);
    expect(held.sockets[0]?.saidOf("ping").length).toBeGreaterThan(1);
  });

  test("a server that answers pings is there", () => {
    held.socket.hear(welcome);
    for (let i = 0; i < 20; i += 1) {
      held.pass(5000);
      held.socket.hear({ type: "pong", t: held.now_ms, time: TIME });
    }
    expect(live.status).toEqual({ state: "live" });
    expect(held.sockets).toHaveLength(1);
  });
});

describe("the server's clock (§5.5.5)", () => {
  test("runs on the server's time and our own elapsed time", () => {
    expect(live.clock.now()).toBeNull();
    held.socket.hear(welcome);
    held.pass(1500);
    expect(live.clock.now()).toBe(Date.parse(TIME) + 1500);
  });

  test("keeps the reading that travelled fastest", () => {
    held.socket.hear(welcome);
    held.pass(100);
    held.socket.hear({ type: "pong", t: held.now_ms - 40, time: "2026-01-01T12:00:10Z" });
    expect(live.clock.now()).toBe(Date.parse("2026-01-01T12:00:10.020Z"));
    held.socket.hear({ type: "pong", t: held.now_ms - 400, time: "2026-01-01T12:00:20Z" });
    expect(live.clock.now()).toBe(Date.parse("2026-01-01T12:00:10.020Z"));
  });

  test("a new greeting is believed: the machine may have slept", () => {
    held.socket.hear(welcome);
    held.socket.hear({ type: "pong", t: held.now_ms, time: TIME });
    held.socket.lose();
    held.pass(1000);
    held.socket.hear({ ...welcome, time: "2026-01-01T14:00:00Z" });
    expect(live.clock.now()).toBe(Date.parse("2026-01-01T14:00:00Z"));
  });
});

test("what a newer server adds is ignored", () => {
  held.socket.hear({ ...welcome, weather: "fine" });
  held.socket.hear({ type: "weather", auction: 7 });
  expect(live.status).toEqual({ state: "live" });
});
