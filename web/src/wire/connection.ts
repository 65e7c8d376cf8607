/**
 * One page's conversation with the server over one socket: it comes back by itself, asks for what it missed
 * (`after` and `epoch`), repeats unanswered commands with the same ids, and hands every entry over exactly once,
 * in order. No React and no browser here: sockets, time and chance come in through `Surroundings`.
 */
import { ServerClock } from "./clock";
import type {
  Answer,
  AuctionEvent,
  BidCommand,
  ByeMessage,
  ClientMessage,
  Command,
  DeclineCommand,
  NoticeMessage,
  ServerMessage,
  StateMessage,
  SynthesisTotals,
  WelcomeMessage,
} from "./messages";

export const SUBPROTOCOL = "adjuge.v1";
const PING_EVERY_MS = 10_000;
const SILENCE_MS = 16_000;
const ASK_AGAIN_MS = 2_000;
const FIRST_WAIT_MS = 250;
/** Short beside the three minutes that an auction is given after an outage (§5.3.4): whoever waits still bids in them. */
const LONGEST_WAIT_MS = 6_000;
/** `busy` and `unavailable`: nothing was done. The same id is sent again, a few times, before the refusal is told. */
const PASSING = ["busy", "unavailable"];
const REPEATS = 5;
const REPEAT_AFTER_MS = 400;
/** 4400–4499: the server will not have us back on this sign-in. */
const FINAL_FROM = 4400;
const FINAL_TO = 4499;

export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface Surroundings {
  open(): Socket;
  /** Monotonic milliseconds. */
  elapsed(): number;
  /** Runs `action` after `ms`; calling the result forgets it. */
  later(ms: number, action: () => void): () => void;
  /** From 0 to 1. */
  random(): number;
  newId(): string;
}

export type ConnectionStatus =
  | { state: "connecting" }
  | { state: "live" }
  | { state: "lost"; attempts: number }
  | { state: "ended"; code: number };

/** Who follows one auction. */
export interface Reader {
  state(message: StateMessage): void;
  events(events: AuctionEvent[], synthesis: SynthesisTotals | undefined): void;
  refused?(code: string): void;
}

interface Watch {
  reader: Reader;
  seq: number | null;
  epoch: number | null;
  /** When the missing entries were last asked for, so that one hole is not asked for at every entry after it. */
  asked_ms: number;
}

interface Pending {
  command: Command;
  repeats: number;
  answered: (answer: Answer) => void;
}

type Omitted<C> = C extends Command ? Omit<C, "id"> : never;
export type NewCommand = Omitted<BidCommand> | Omitted<DeclineCommand>;

export class LiveConnection {
  readonly clock: ServerClock;
  status: ConnectionStatus = { state: "connecting" };

  private socket: Socket | null = null;
  private attempts = 0;
  private bye: ByeMessage | null = null;
  private heard_ms = 0;
  private forgetTimer: () => void = () => {};
  private readonly watches = new Map<number, Watch>();
  private readonly pending = new Map<string, Pending>();
  private readonly statusReaders = new Set<() => void>();
  private readonly noticeReaders = new Set<(notice: NoticeMessage) => void>();
  private readonly welcomeReaders = new Set<(welcome: WelcomeMessage) => void>();

  constructor(private readonly around: Surroundings) {
    this.clock = new ServerClock(() => around.elapsed());
  }

  /** Opens the socket, at once: at the start, when the browser is back online, or when the user asks. */
  start(): void {
    if (this.socket !== null) return;
    this.forgetTimer();
    this.bye = null;
    const socket = this.around.open();
    this.socket = socket;
    this.heard_ms = this.around.elapsed();
    this.forgetTimer = this.around.later(SILENCE_MS, () => this.drop());
    socket.onmessage = ({ data }) => {
      if (socket === this.socket) this.hear(data);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.socket) this.lose(code);
    };
  }

  /** Somebody looks at the page again: what is lost is not waited for. */
  look(): void {
    if (this.status.state === "lost") this.start();
  }

  /** The browser says that the network is gone, or nothing was heard for too long: do not wait for the socket. */
  drop(): void {
    const socket = this.socket;
    if (socket === null) return;
    this.lose(1006);
    socket.close();
  }

  /** Leaves for good, for example on signing out. */
  stop(): void {
    this.forgetTimer();
    const socket = this.socket;
    this.socket = null;
    this.watches.clear();
    this.pending.clear();
    socket?.close();
  }

  onStatus(reader: () => void): () => void {
    this.statusReaders.add(reader);
    return () => this.statusReaders.delete(reader);
  }

  onNotice(reader: (notice: NoticeMessage) => void): () => void {
    this.noticeReaders.add(reader);
    return () => this.noticeReaders.delete(reader);
  }

  onWelcome(reader: (welcome: WelcomeMessage) => void): () => void {
    this.welcomeReaders.add(reader);
    return () => this.welcomeReaders.delete(reader);
  }

  /** Follows an auction: one whole state first, then every entry after it. One reader per auction. */
  watch(auction: number, reader: Reader): () => void {
    this.watches.set(auction, { reader, seq: null, epoch: null, asked_ms: this.around.elapsed() });
    this.say({ type: "watch", auction });
    return () => {
      if (this.watches.get(auction)?.reader !== reader) return;
      this.watches.delete(auction);
      this.say({ type: "unwatch", auction });
    };
  }

  /** An id that no command has had. */
  newId(): string {
    return this.around.newId();
  }

  /**
   * Sends a command, now or when the connection is back; resolves with the server's answer, however late. Sent again
   * with the same `id`, it is done once.
   */
  command(command: NewCommand, id = this.newId()): Promise<Answer> {
    const complete = { ...command, id } as Command;
    return new Promise((answered) => {
      this.pending.set(complete.id, { command: complete, repeats: 0, answered });
      this.say(complete);
    });
  }

  private say(message: ClientMessage): void {
    if (this.status.state === "live") this.socket?.send(JSON.stringify(message));
  }

  private become(status: ConnectionStatus): void {
    this.status = status;
    for (const reader of this.statusReaders) reader();
  }

  private lose(code: number): void {
    this.forgetTimer();
    this.socket = null;
    const final = this.bye?.code ?? code;
    if (final >= FINAL_FROM && final <= FINAL_TO) {
      this.become({ state: "ended", code: final });
      return;
    }
    this.attempts += 1;
    this.become({ state: "lost", attempts: this.attempts });
    this.forgetTimer = this.around.later(this.wait_ms(), () => this.start());
  }

  /** Doubling from a quarter of a second, half of it by chance so that a crowd does not come back at once. */
  private wait_ms(): number {
    const told_ms = (this.bye?.reconnect_after ?? 0) * 1000;
    const ceiling_ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.attempts - 1));
    return told_ms + ceiling_ms * (0.5 + this.around.random() / 2);
  }

  private hear(data: unknown): void {
    this.heard_ms = this.around.elapsed();
    if (typeof data !== "string") return;
    const message = JSON.parse(data) as ServerMessage;
    switch (message.type) {
      case "welcome":
        this.welcomed(message);
        break;
      case "state":
        this.take(message);
        break;
      case "event":
        this.follow(message.auction, [message], message.synthesis);
        break;
      case "events":
        this.follow(message.auction, message.events, message.synthesis);
        break;
      case "accepted":
      case "refused":
        this.answered(message);
        break;
      case "notice":
        for (const reader of this.noticeReaders) reader(message);
        break;
      case "pong":
        this.clock.hearEcho(message.time, Number(message.t));
        break;
      case "bye":
        this.bye = message;
        break;
      default: // A newer server may say more than we know: not for us.
    }
  }

  private welcomed(welcome: WelcomeMessage): void {
    this.attempts = 0;
    this.clock.hear(welcome.time);
    this.become({ state: "live" });
    for (const [auction, watch] of this.watches) this.resume(auction, watch);
    for (const { command } of this.pending.values()) this.say(command);
    for (const reader of this.welcomeReaders) reader(welcome);
    this.beat();
  }

  /** A ping now and then: it keeps the clock right, and silence after it means that nobody is there. */
  private beat(): void {
    this.forgetTimer();
    if (this.around.elapsed() - this.heard_ms >= SILENCE_MS) {
      this.drop();
      return;
    }
    this.say({ type: "ping", t: Math.round(this.around.elapsed()) });
    const silent_for_ms = this.around.elapsed() - this.heard_ms;
    this.forgetTimer = this.around.later(Math.min(PING_EVERY_MS, SILENCE_MS - silent_for_ms), () =>
      this.beat(),
    );
  }

  private resume(auction: number, watch: Watch): void {
    watch.asked_ms = this.around.elapsed();
    if (watch.seq === null || watch.epoch === null) this.say({ type: "watch", auction });
    else this.say({ type: "watch", auction, after: watch.seq, epoch: watch.epoch });
  }

  private take(message: StateMessage): void {
    const watch = this.watches.get(message.auction);
    if (!watch) return;
    watch.seq = message.seq;
    watch.epoch = message.epoch;
    watch.reader.state(message);
  }

  /** Hands over what is new; a hole means that something was missed, and is asked for. */
  private follow(auction: number, events: AuctionEvent[], synthesis: SynthesisTotals | undefined): void {
    const watch = this.watches.get(auction);
    if (!watch || watch.seq === null) return;
    const fresh: AuctionEvent[] = [];
    for (const event of events) {
      if (event.seq <= watch.seq) continue;
      if (event.seq !== watch.seq + 1) {
        if (this.around.elapsed() - watch.asked_ms >= ASK_AGAIN_MS) this.resume(auction, watch);
        break;
      }
      watch.seq = event.seq;
      fresh.push(event);
    }
    if (fresh.length > 0) watch.reader.events(fresh, synthesis);
  }

  private answered(answer: Answer): void {
    const waiting = answer.id === undefined ? undefined : this.pending.get(answer.id);
    if (waiting && answer.id !== undefined) {
      if (this.isPassing(answer) && waiting.repeats < REPEATS) {
        this.repeat(waiting);
        return;
      }
      this.pending.delete(answer.id);
      waiting.answered(answer);
    } else if (answer.type === "refused" && answer.auction !== undefined)
      this.unwatched(answer.auction, answer);
  }

  private isPassing(answer: Answer): boolean {
    return answer.type === "refused" && PASSING.includes(answer.code);
  }

  private repeat(waiting: Pending): void {
    waiting.repeats += 1;
    const socket = this.socket;
    this.around.later(REPEAT_AFTER_MS * waiting.repeats, () => {
      // After a reconnection it has been repeated already.
      if (socket === this.socket && this.pending.has(waiting.command.id)) this.say(waiting.command);
    });
  }

  /** A `watch` was refused: for now, or because there is nothing for us to see. */
  private unwatched(auction: number, refusal: Answer & { type: "refused" }): void {
    const watch = this.watches.get(auction);
    if (!watch) return;
    if (!this.isPassing(refusal)) {
      watch.reader.refused?.(refusal.code);
      return;
    }
    this.around.later(ASK_AGAIN_MS, () => {
      if (this.watches.get(auction) === watch) this.resume(auction, watch);
    });
  }
}
