/**
 * The server's clock as this page knows it: the server's `time` plus our own elapsed time (§5.5.5).
 * The viewer's wall clock is never read: it may be wrong by minutes. Of several readings the one that
 * travelled fastest is kept, until it is old enough to be forgotten.
 */

const READING_KEPT_MS = 10 * 60_000;

interface Reading {
  server_ms: number;
  elapsed_ms: number;
  /** How uncertain: the round trip, unknown for a greeting. */
  doubt_ms: number;
}

export class ServerClock {
  private reading: Reading | null = null;

  /** `elapsed` is monotonic milliseconds, such as `performance.now`. */
  constructor(private readonly elapsed: () => number) {}

  /** The server's greeting says `time`: what was known before is forgotten (the machine may have slept since). */
  hear(time: string): void {
    const server_ms = Date.parse(time);
    if (Number.isNaN(server_ms)) return;
    this.reading = { server_ms, elapsed_ms: this.elapsed(), doubt_ms: Number.POSITIVE_INFINITY };
  }

  /** The server answered a ping sent at `sent_ms` (our elapsed clock): half of the trip had passed. */
  hearEcho(time: string, sent_ms: number): void {
    const elapsed_ms = this.elapsed();
    const trip_ms = Math.max(0, elapsed_ms - sent_ms);
    this.keep({ server_ms: Date.parse(time) + trip_ms / 2, elapsed_ms, doubt_ms: trip_ms });
  }

  /** Milliseconds of server time now, or `null` while it has not spoken. */
  now(): number | null {
    return this.reading && this.reading.server_ms + (this.elapsed() - this.reading.elapsed_ms);
  }

  private keep(reading: Reading): void {
    if (Number.isNaN(reading.server_ms)) return;
    const held = this.reading;
    const stale = held === null || reading.elapsed_ms - held.elapsed_ms > READING_KEPT_MS;
    if (stale || reading.doubt_ms <= held.doubt_ms) this.reading = reading;
  }
}
