import type { Pin } from '$lib/api/types';
import type { Column, Grain } from '$lib/charts/columns';
import { dayNumber } from '$lib/charts/day';
import { dayInFull, daysFromTo, monthInFull } from '$lib/words/dates';
import { t, tn } from '$lib/words/words.svelte';

/** A bar in words: its days, and what lies in them. */
export interface Reading {
  when: string;
  lines: string[];
}

/** Reads a bar aloud: junk, senders not on record, wanted mail, days missed, what happened. */
export function readColumn(column: Column, grain: Grain, pins: readonly Pin[]): Reading {
  const lines: string[] = [];
  const missed = column.to - column.from + 1 - column.observed;
  if (column.observed > 0 || column.early + column.junk > 0) {
    lines.push(tn('screen.chart.read.junk', column.early + column.junk));
  }
  if (column.stranger > 0) lines.push(tn('screen.chart.read.stranger', column.stranger));
  if (column.wanted > 0) lines.push(tn('screen.chart.read.wanted', column.wanted));
  if (missed > 0) {
    lines.push(column.observed === 0 ? t('screen.chart.read.unwatched') : tn('screen.chart.read.missed', missed));
  }
  for (const pin of pins) {
    const day = dayNumber(pin.day);
    if (day >= column.from && day <= column.to) lines.push(pin.label);
  }
  return { when: when(column, grain), lines };
}

function when(column: Column, grain: Grain): string {
  switch (grain) {
    case 'day':
      return dayInFull(column.from);
    case 'week':
      return daysFromTo(column.from, column.to);
    case 'month':
      return monthInFull(column.from);
  }
}
