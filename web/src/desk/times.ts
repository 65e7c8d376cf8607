/**
 * Times as the reader's language writes them, in the viewer's own zone, and durations left or added.
 * Formatting only: what time it is, is the server clock's business.
 */
import type { Language } from "../money";

const LOCALES: Record<Language, string> = { fr: "fr-FR", en: "en-IE" };
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Shape = "clock" | "clockSeconds" | "day" | "dayClock" | "date" | "weekday";
const SHAPES: Record<Shape | "yearDayClock", Intl.DateTimeFormatOptions> = {
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  clockSeconds: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  day: { day: "numeric", month: "short" },
  dayClock: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  yearDayClock: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
  date: { day: "2-digit", month: "2-digit", year: "numeric" },
  weekday: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
};
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * An instant of the wire (or a date, `2007-04-10`) in one of our shapes; what cannot be read is shown as it is. A day with
 * its clock bears its year when that is not this year.
 */
export function formatTime(instant: string, shape: Shape, language: Language): string {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) return instant;
  const plainDate = /^\d{4}-\d{2}-\d{2}$/.test(instant);
  const dated = shape === "dayClock" && new Date(ms).getFullYear() !== new Date().getFullYear();
  return formatterOf(dated ? "yearDayClock" : shape, language, plainDate).format(ms);
}

function formatterOf(shape: keyof typeof SHAPES, language: Language, plainDate: boolean) {
  const key = `${language}${shape}${plainDate}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(LOCALES[language], {
      ...SHAPES[shape],
      ...(plainDate ? { timeZone: "UTC" } : {}),
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

export interface TimeWords {
  days: string;
  hours: string;
  minutes: string;
  seconds: string;
}

/** What is left: `2 j 4 h`, `4 h 32`, `12:37`, `0:05`. Seconds are rounded up: it says 0:00 only when nothing is left. */
export function formatLeft(left_ms: number, words: TimeWords): string {
  const seconds = Math.max(0, Math.ceil(left_ms / SECOND_MS));
  const two = (n: number) => n.toString().padStart(2, "0");
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} ${words.days} ${hours} ${words.hours}`;
  if (hours > 0) return `${hours} ${words.hours} ${two(minutes)}`;
  return `${minutes}:${two(seconds % 60)}`;
}

/** A length of time in words: `3 min`, `45 s`, `1 h 30 min`. */
export function formatLength(length_ms: number, words: TimeWords): string {
  const parts: [number, string][] = [
    [Math.floor(length_ms / DAY_MS), words.days],
    [Math.floor((length_ms % DAY_MS) / HOUR_MS), words.hours],
    [Math.floor((length_ms % HOUR_MS) / MINUTE_MS), words.minutes],
    [Math.round((length_ms % MINUTE_MS) / SECOND_MS), words.seconds],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return said.join(" ") || `0 ${words.seconds}`;
}

/** `45 163` in French, `45,163` in English. */
export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language]).format(count);
}

/** A share as the language writes it: `5,5 %`, `5.5%`. */
export function formatPercent(percent: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], { style: "percent", maximumFractionDigits: 1 }).format(
    percent / 100,
  );
}
