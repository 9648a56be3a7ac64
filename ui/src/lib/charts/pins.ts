import type { Pin, PinKind } from '$lib/api/types';
import { dayNumber } from './day';

/** A pin with its place: `row` counts from the top, the label stands beside the head. */
export interface Placed {
  x: number;
  row: number;
  kind: PinKind;
  label: string;
  /** On which side of the head the label stands; `none` where it would run into something. */
  side: 'start' | 'end' | 'none';
}

/** What the layout has to respect, in pixels. */
export interface Room {
  start: number;
  end: number;
  /** Rows above the bars; the last is kept for the onset. */
  rows: number;
  /** The space between a head and its label. */
  gap: number;
  /** How wide a label is. */
  width(label: string): number;
}

/** Pins closer than this, in pixels, share one head. */
const CLOSE = 6;

/**
 * Places pins so that no label runs into another label, a stem or the edge. A pin whose label finds
 * no room keeps its head; the words are then in the reading of its day.
 */
export function placed(pins: readonly Pin[], x: (day: number) => number, room: Room): Placed[] {
  const heads = grouped(pins, x, room);
  const done: Placed[] = [];
  for (const head of heads) {
    const rows = head.kind === 'onset' ? [room.rows - 1] : upperRows(room.rows);
    done.push(fit(head, rows, done, heads, room) ?? alone(head, rows, done, room));
  }
  const unused = Math.min(...done.map((pin) => pin.row));
  return done.map((pin) => ({ ...pin, row: pin.row - unused }));
}

interface Head {
  x: number;
  kind: PinKind;
  label: string;
}

/** The order in which heads are placed: what is said first keeps its words where room is scarce. */
const ORDER: readonly PinKind[] = ['onset', 'exposed', 'given'];

/** Heads by what they say, of one kind from the newest to the oldest. */
function grouped(pins: readonly Pin[], x: (day: number) => number, room: Room): Head[] {
  const heads: (Head & { more: number })[] = [];
  for (const pin of pins.toSorted((a, b) => dayNumber(a.day) - dayNumber(b.day))) {
    const at = x(dayNumber(pin.day));
    if (at < room.start || at > room.end) continue;
    const near = heads.find((head) => head.kind === pin.kind && Math.abs(head.x - at) < CLOSE);
    if (near) near.more += 1;
    else heads.push({ x: at, kind: pin.kind, label: pin.label, more: 0 });
  }
  const named = heads.map(({ more, label, ...head }) => ({ ...head, label: more > 0 ? `${label} +${more}` : label }));
  return ORDER.flatMap((kind) => named.filter((head) => head.kind === kind).reverse());
}

/** All rows but the one of the onset, from the lowest up: short stems first. */
function upperRows(rows: number): number[] {
  return Array.from({ length: Math.max(rows - 1, 1) }, (_, index) => Math.max(rows - 2, 0) - index);
}

/** The first place in which a pin's label runs into nothing. */
function fit(head: Head, rows: readonly number[], done: readonly Placed[], heads: readonly Head[], room: Room): Placed | null {
  const width = room.width(head.label);
  for (const row of rows) {
    for (const side of ['start', 'end'] as const) {
      const [from, to] = extent(head.x, side, width, room.gap);
      if (from < room.start || to > room.end) continue;
      if (done.some((other) => collides(other, row, from, to, head.x, room))) continue;
      // Above the first row nothing stands that could come down.
      if (row > 0 && heads.some((other) => other !== head && crossed(other, head.kind) && inside(other.x, from, to))) continue;
      return { ...head, row, side };
    }
  }
  return null;
}

/** Whether the stem of another head could come down through a label of this kind. */
function crossed(other: Head, kind: PinKind): boolean {
  return kind === 'onset' || other.kind !== 'onset';
}

/** A pin for which there is no free place. The onset keeps its words, on the side where they end. */
function alone(head: Head, rows: readonly number[], done: readonly Placed[], room: Room): Placed {
  const taken = (row: number): boolean => done.some((other) => other.row === row && touches(head.x, other, room));
  const row = rows.find((each) => !taken(each)) ?? rows[0] ?? 0;
  if (head.kind !== 'onset') return { ...head, row, side: 'none' };
  const fits = extent(head.x, 'start', room.width(head.label), room.gap)[1] <= room.end;
  return { ...head, row, side: fits ? 'start' : 'end' };
}

/** From where to where a label reaches. `start`: its text starts right of the head. */
function extent(x: number, side: 'start' | 'end', width: number, gap: number): [number, number] {
  return side === 'start' ? [x - gap, x + gap + width] : [x - gap - width, x + gap];
}

/** Whether a new label in `row` runs into a pin that stands, or its stem into that pin's label. */
function collides(other: Placed, row: number, from: number, to: number, x: number, room: Room): boolean {
  if (other.row === row) {
    const [start, end] = reach(other, room);
    if (from < end && to > start) return true;
  }
  if (other.row < row && inside(other.x, from, to)) return true;
  if (other.row > row && other.side !== 'none') {
    const [start, end] = reach(other, room);
    if (inside(x, start, end)) return true;
  }
  return false;
}

/** Whether a head at `x` stands on a pin or its label. */
function touches(x: number, pin: Placed, room: Room): boolean {
  const [from, to] = reach(pin, room);
  return inside(x, from - room.gap, to + room.gap);
}

function reach(pin: Placed, room: Room): [number, number] {
  if (pin.side === 'none') return [pin.x - room.gap, pin.x + room.gap];
  return extent(pin.x, pin.side, room.width(pin.label), room.gap);
}

function inside(x: number, from: number, to: number): boolean {
  return x > from && x < to;
}

/** About how wide a text is at a font size: full-width characters take one em, others 0.56. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += (character.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.56;
  return ems * fontSize;
}
