/**
 * Rights as a form holds them (§1.3): one by one beside the level of trade-ins, called by a job's name where a job has
 * exactly these. Pure; the presets are the server's, and so is the last word on who may give what.
 */
import type { Preset, PresetRights, Right, TradeIns } from "../wire/generated/http";

export interface Held {
  rights: Right[];
  validate_trade_ins: TradeIns;
}

export const NOTHING: Held = { rights: [], validate_trade_ins: "none" };

const LEVELS: TradeIns[] = ["none", "own", "any"];

/** The job that has exactly these. */
export function presetOf(held: Held, presets: PresetRights[]): Preset | null {
  const has = new Set(held.rights);
  const same = presets.find(
    ({ rights, validate_trade_ins }) =>
      validate_trade_ins === held.validate_trade_ins &&
      rights.length === has.size &&
      rights.every((right) => has.has(right)),
  );
  return same?.preset ?? null;
}

/** These rights with that one turned on or off, in the order in which they are listed. */
export function turned(held: Held, right: Right, on: boolean, order: Right[]): Held {
  const rights = new Set(held.rights);
  if (on) rights.add(right);
  else rights.delete(right);
  return { ...held, rights: order.filter((one) => rights.has(one)) };
}

/** Whether who holds `giver` may give the right to somebody who had `had`: what is held already may be left. */
export function mayGive(right: Right, giver: Held, had: Held): boolean {
  return giver.rights.includes(right) || had.rights.includes(right);
}

export function mayGiveLevel(level: TradeIns, giver: Held, had: Held): boolean {
  const most = Math.max(LEVELS.indexOf(giver.validate_trade_ins), LEVELS.indexOf(had.validate_trade_ins));
  return LEVELS.indexOf(level) <= most;
}

/** Whether all of a job can be given. */
export function mayGivePreset(preset: PresetRights, giver: Held, had: Held): boolean {
  return (
    preset.rights.every((right) => mayGive(right, giver, had)) &&
    mayGiveLevel(preset.validate_trade_ins, giver, had)
  );
}
