import { describe, expect, test } from 'vitest';
import type { ChartDay, Pin } from '$lib/api/types';
import { bars, extremes } from './bars';
import { months, series, unobserved } from './columns';
import { dayName, dayNumber, monthStart, nextMonth, weekday } from './day';
import { picture, type Motif } from './picture';
import { placed, textWidth, type Placed, type Room } from './pins';
import { dayScale, halves, niceStep, ticks } from './scale';
import { spark } from './spark';

const NOWHEN = { earliest: null, estimate: null, latest: null };

/** Days from the first to the last, each with what `of` says about it. */
function days(from: string, to: string, of: (number: number) => Partial<ChartDay> = () => ({})): ChartDay[] {
  const list: ChartDay[] = [];
  for (let number = dayNumber(from); number <= dayNumber(to); number += 1) {
    list.push({ day: dayName(number), junk: 0, stranger: 0, wanted: 0, observed: true, ...of(number) });
  }
  return list;
}

describe('day', () => {
  test('counts civil days across a leap day and a year', () => {
    const check = (from: string, to: string, apart: number): void =>
      expect(dayNumber(to) - dayNumber(from), `${from} to ${to}`).toBe(apart);
    check('2024-02-28', '2024-03-01', 2);
    check('2025-02-28', '2025-03-01', 1);
    check('2025-12-31', '2026-01-01', 1);
  });

  test('names the day that it counted', () => {
    for (const day of ['1999-12-31', '2024-02-29', '2026-06-20']) expect(dayName(dayNumber(day))).toBe(day);
  });

  test('begins weeks on Monday and months on the first', () => {
    expect(weekday(dayNumber('2026-06-15')), '15 June 2026 is a Monday').toBe(0);
    expect(weekday(dayNumber('2026-06-21')), '21 June 2026 is a Sunday').toBe(6);
    expect(dayName(monthStart(dayNumber('2026-02-17')))).toBe('2026-02-01');
    expect(dayName(nextMonth(dayNumber('2026-12-31')))).toBe('2027-01-01');
  });
});

describe('scale', () => {
  test('steps in 1, 2, 5 and their tens', () => {
    const check = (size: number, step: number): void => expect(niceStep(size), `for ${size}`).toBe(step);
    check(0.2, 1);
    check(1.1, 2);
    check(3, 5);
    check(5.1, 10);
    check(140, 200);
  });

  test('labels whole numbers only, and never above the tallest', () => {
    expect(ticks(14, 4)).toEqual([0, 5, 10]);
    expect(ticks(2, 4), 'messages are whole').toEqual([0, 1, 2]);
    expect(ticks(0, 4)).toEqual([0]);
  });

  test('shares one scale between both halves while it can', () => {
    const both = halves(100, 16, 4);
    expect(both.perUp, 'the same message is equally tall on both sides').toBe(both.perDown);
    expect(both.up + both.down).toBe(100);
  });

  test('holds wanted mail back where it would crowd out the junk', () => {
    const crowded = halves(100, 5, 200);
    expect(crowded.down).toBe(40);
    expect(crowded.perUp).toBeGreaterThan(crowded.perDown);
  });

  test('fits the tallest day for any series', () => {
    for (const [high, deep] of [[0, 0], [1, 0], [14, 3], [900, 12], [3, 90]] as const) {
      const { up, down, perUp, perDown } = halves(200, high, deep);
      expect(high * perUp, `${high} up`).toBeLessThanOrEqual(up + 1e-9);
      expect(deep * perDown, `${deep} down`).toBeLessThanOrEqual(down + 1e-9);
    }
  });

  test('finds the day under a pointer and stays inside', () => {
    const x = dayScale(100, 109, 50, 150);
    expect(x.at(50)).toBe(100);
    expect(x.at(149.9)).toBe(109);
    expect(x.at(-5)).toBe(100);
    expect(x.at(500)).toBe(109);
    expect(x.middle(100)).toBe(55);
  });
});

describe('columns', () => {
  const history = days('2025-03-01', '2026-06-20', (number) => ({
    junk: number >= dayNumber('2026-05-14') ? 3 : 0,
    wanted: 1,
  }));

  test('shows 120 days, a year by weeks and all of it by months', () => {
    const check = (zoom: 'days' | 'year' | 'all', grain: string, bars: number): void => {
      const { grain: got, columns } = series(history, zoom, '2026-05-14');
      expect([got, columns.length], zoom).toEqual([grain, bars]);
    };
    check('days', 'day', 120);
    check('year', 'week', 53);
    check('all', 'month', 16);
  });

  test('counts every message of the span once in every zoom', () => {
    for (const zoom of ['days', 'year', 'all'] as const) {
      const { from, columns } = series(history, zoom, '2026-05-14');
      const shown = history.filter((day) => dayNumber(day.day) >= from);
      const sum = (key: 'early' | 'junk' | 'wanted'): number => columns.reduce((n, column) => n + column[key], 0);
      expect(sum('junk') + sum('early'), zoom).toBe(shown.reduce((n, day) => n + day.junk, 0));
      expect(sum('wanted'), zoom).toBe(shown.reduce((n, day) => n + day.wanted, 0));
    }
  });

  test('splits the bar in which junk began', () => {
    const steady = days('2026-02-01', '2026-06-20', () => ({ junk: 1 }));
    const { columns } = series(steady, 'all', '2026-05-14');
    const began = columns.find((column) => column.early > 0 && column.junk > 0);
    expect(began && [began.early, began.junk], 'Monday to Wednesday before, Thursday to Sunday after').toEqual([3, 4]);
  });

  test('calls all junk early where no onset is known', () => {
    const { columns } = series(history, 'days', null);
    expect(columns.reduce((n, column) => n + column.junk, 0)).toBe(0);
  });

  test('never leaves a gap and never overlaps', () => {
    for (const zoom of ['days', 'year', 'all'] as const) {
      const { from, to, columns } = series(history, zoom, null);
      expect(columns[0]?.from).toBe(from);
      expect(columns.at(-1)?.to).toBe(to);
      for (const [index, column] of columns.entries()) {
        const next = columns[index + 1];
        if (next) expect(next.from, zoom).toBe(column.to + 1);
      }
    }
  });

  test('is empty without days', () => {
    expect(series([], 'all', null).columns).toEqual([]);
  });

  test('joins unobserved days into runs, and knows nothing of days before the first', () => {
    const gap = days('2026-06-05', '2026-06-20', (number) => ({
      observed: number < dayNumber('2026-06-10') || number > dayNumber('2026-06-12'),
    }));
    const runs = unobserved(gap, dayNumber('2026-06-01'), dayNumber('2026-06-20'));
    expect(runs.map(({ from, to }) => [dayName(from), dayName(to)])).toEqual([
      ['2026-06-01', '2026-06-04'],
      ['2026-06-10', '2026-06-12'],
    ]);
  });

  test('thins the names of months to the room there is', () => {
    const from = dayNumber('2024-01-15');
    const to = dayNumber('2026-06-20');
    expect(months(from, to, 40)).toHaveLength(29);
    expect(months(from, to, 6).length, 'no more than fit').toBeLessThanOrEqual(6);
    expect(months(from, to, 6).map((day) => dayName(day).slice(5)), 'thinned to the same months each year').toContain('01-01');
  });
});

describe('bars', () => {
  test('stack without a hole, hang below the line and stay inside their days', () => {
    const { columns, from, to } = series(
      days('2026-05-01', '2026-06-20', () => ({ junk: 2, stranger: 1, wanted: 4 })),
      'days',
      '2026-06-01',
    );
    const x = dayScale(from, to, 30, 830);
    const { highest, deepest } = extremes(columns);
    const y = halves(200, highest, deepest);
    const drawn = bars(columns, x, y, y.up);
    for (const bar of drawn) {
      expect(bar.x).toBeGreaterThanOrEqual(30);
      expect(bar.x + bar.width).toBeLessThanOrEqual(830);
      expect(bar.y).toBeGreaterThanOrEqual(-1e-9);
      if (bar.kind === 'wanted') expect(bar.y, 'wanted mail hangs').toBeGreaterThan(y.up);
      else expect(bar.y + bar.height, 'junk rises').toBeLessThanOrEqual(y.up + 1e-9);
    }
  });
});

/** Where a label lies, from its left to its right end. */
function reach(pin: Placed, room: Room): [number, number] {
  const width = room.width(pin.label);
  return pin.side === 'start' ? [pin.x, pin.x + room.gap + width] : [pin.x - room.gap - width, pin.x];
}

describe('pins', () => {
  const room: Room = { start: 40, end: 840, rows: 3, gap: 8, width: (label) => textWidth(label, 12) };
  const x = (day: number): number => 40 + (day - dayNumber('2026-02-21')) * 6.66;
  const pin = (day: string, label: string, kind: Pin['kind'] = 'given'): Pin => ({ day, kind, label });

  test('labels never run into each other, a stem or the edge', () => {
    const check = (pins: Pin[]): void => {
      const done = placed(pins, x, room);
      const labelled = done.filter((each) => each.side !== 'none');
      for (const each of labelled) {
        const [from, to] = reach(each, room);
        expect(from, each.label).toBeGreaterThanOrEqual(room.start);
        expect(to, each.label).toBeLessThanOrEqual(room.end);
        for (const other of labelled) {
          if (other === each || other.row !== each.row) continue;
          const [start, end] = reach(other, room);
          expect(from >= end || to <= start, `${each.label} and ${other.label}`).toBe(true);
        }
      }
    };
    check([pin('2026-03-12', 'given 12 March'), pin('2026-05-14', 'junk began about 14 May', 'onset')]);
    check([pin('2026-02-21', 'given 21 February'), pin('2026-06-20', 'given 20 June')]);
    check(['2026-03-01', '2026-03-04', '2026-03-20', '2026-04-01', '2026-04-02'].map((day) => pin(day, `given ${day}`)));
    check([pin('2026-03-12', 'given 12 March'), pin('2026-04-30', 'list mailed out 30 April', 'exposed'), pin('2026-05-14', 'junk began about 14 May', 'onset')]);
    check([pin('2026-06-10', '渡した日 6月10日'), pin('2026-06-14', '増えはじめ 6月14日ごろ', 'onset')]);
  });

  test('keeps the onset apart from everything else, in the lowest row', () => {
    const done = placed([pin('2026-05-10', 'given'), pin('2026-05-14', 'began', 'onset')], x, room);
    const onset = done.find((each) => each.kind === 'onset');
    expect(done.every((each) => each.kind === 'onset' || each.row < (onset?.row ?? 0))).toBe(true);
  });

  test('keeps the words of the onset even where there is hardly room', () => {
    const crowd = Array.from({ length: 40 }, (_, index) => pin(dayName(dayNumber('2026-05-12') + index), `given ${index}`));
    const onset = placed([...crowd, pin('2026-06-19', 'junk began about 19 June', 'onset')], x, room)[0];
    expect(onset?.kind).toBe('onset');
    expect(onset?.side, 'on the side where the words end inside the chart').toBe('end');
  });

  test('keeps the words of a mail that revealed the address among many givings', () => {
    const crowd = Array.from({ length: 12 }, (_, index) => pin(dayName(dayNumber('2026-04-20') + 2 * index), `given ${index}`));
    const done = placed([...crowd, pin('2026-04-30', 'list mailed out 30 April', 'exposed'), pin('2026-05-14', 'junk began about 14 May', 'onset')], x, room);
    expect(done.map((each) => each.kind).slice(0, 2), 'what is said first is placed first').toEqual(['onset', 'exposed']);
    expect(done[1]?.side, 'its words stand').not.toBe('none');
    expect(done[1]?.row, 'above the onset').toBeLessThan(done[0]?.row ?? 0);
    const [from, to] = reach(done[0] as Placed, room);
    expect(done[1] && done[1].x > from && done[1].x < to, 'its stem does not come down through the words of the onset').toBe(false);
  });

  test('never joins a mail that revealed the address with a giving of the same day', () => {
    const done = placed([pin('2026-04-30', 'given 30 April'), pin('2026-04-30', 'list mailed out 30 April', 'exposed'), pin('2026-04-30', 'notice 30 April', 'exposed')], x, room);
    expect(done.map((each) => [each.kind, each.label])).toEqual([
      ['exposed', 'list mailed out 30 April +1'],
      ['given', 'given 30 April'],
    ]);
    expect(new Set(done.map((each) => each.row)).size, 'each in a row of its own').toBe(2);
  });

  test('joins what lies on one spot', () => {
    const done = placed([pin('2026-03-12', 'given 12 March'), pin('2026-03-12', 'given 12 March')], x, room);
    expect(done.map((each) => each.label)).toEqual(['given 12 March +1']);
  });

  test('uses no more rows than it needs', () => {
    expect(placed([pin('2026-05-14', 'began', 'onset')], x, room)[0]?.row).toBe(0);
  });

  test('counts a full-width character as one em', () => {
    expect(textWidth('増えはじめ', 10)).toBe(50);
    expect(textWidth('began', 10)).toBeCloseTo(28);
  });
});

describe('picture', () => {
  const motif: Motif = {
    days: days('2025-09-01', '2026-06-20', (number) => ({ junk: number >= dayNumber('2026-05-14') ? 5 : 0, wanted: number % 3 })),
    onset: { earliest: '2026-05-12', estimate: '2026-05-14', latest: '2026-05-15' },
    pins: [
      { day: '2026-03-12', kind: 'given', label: 'given 12 March' },
      { day: '2026-05-14', kind: 'onset', label: 'junk began about 14 May' },
    ],
    zoom: 'days',
    width: 860,
    em: 12,
    tall: 17,
  };

  test('puts the onset inside its band, and the bars after it in the colour of an accusation', () => {
    const drawn = picture(motif);
    const onset = drawn.pins.find((pin) => pin.kind === 'onset');
    expect(onset && drawn.band && onset.x > drawn.band.x && onset.x < drawn.band.x + drawn.band.width).toBe(true);
    for (const bar of drawn.bars.filter((each) => each.kind === 'junk')) expect(bar.x).toBeGreaterThan(drawn.band?.x ?? Infinity);
  });

  test('draws the same picture for the same motif', () => {
    expect(JSON.stringify(picture(motif))).toBe(JSON.stringify(picture(motif)));
  });

  test('grows with the letters', () => {
    expect(picture({ ...motif, em: 24 }).height).toBeCloseTo(2 * picture(motif).height, 0);
  });

  test('keeps everything between its edges at any width', () => {
    for (const width of [280, 500, 860, 1400]) {
      for (const zoom of ['days', 'year', 'all'] as const) {
        const drawn = picture({ ...motif, width, zoom });
        for (const bar of drawn.bars) {
          expect(bar.x, `${width} ${zoom}`).toBeGreaterThanOrEqual(drawn.start - 0.01);
          expect(bar.x + bar.width).toBeLessThanOrEqual(drawn.end + 0.01);
          expect(bar.y).toBeGreaterThanOrEqual(drawn.top - 0.01);
          expect(bar.y + bar.height).toBeLessThanOrEqual(drawn.bottom + 1.01);
        }
      }
    }
  });

  test('claims no onset that lies outside what is shown', () => {
    const old = picture({ ...motif, onset: { earliest: '2025-10-01', estimate: '2025-10-03', latest: '2025-10-05' }, pins: [] });
    expect(old.band).toBeNull();
  });

  test('does not call today missed, for it is not over', () => {
    const today = dayNumber('2026-06-20');
    const drawn = picture({ ...motif, days: days('2025-09-01', '2026-06-20', (number) => ({ observed: number !== today })) });
    expect(drawn.hatched).toEqual([]);
    expect(drawn.columns.at(-1)?.observed).toBe(1);
  });

  test('gives an address without mail an empty chart', () => {
    const drawn = picture({ ...motif, days: [], onset: NOWHEN, pins: [] });
    expect(drawn.bars).toEqual([]);
    expect(drawn.up.map((label) => label.value)).toContain(0);
  });
});

describe('spark', () => {
  test('is as tall as its tallest day and marks what was not observed', () => {
    const drawn = spark(
      days('2026-03-23', '2026-06-20', (number) => ({ junk: number % 7, observed: number !== dayNumber('2026-04-01') })),
      NOWHEN,
      240,
      44,
    );
    expect(Math.max(...drawn.ticks.map((tick) => tick.height))).toBeCloseTo(44);
    expect(drawn.gaps).toHaveLength(1);
    expect(drawn.ticks.every((tick) => tick.kind === 'early'), 'no onset, no accusation').toBe(true);
  });

  test('is empty without days', () => {
    expect(spark([], NOWHEN, 240, 44)).toEqual({ ticks: [], band: null, gaps: [] });
  });
});
