import { describe, expect, it } from 'vitest';
import { dayScale, halves, niceStep, ticks } from './scale';

describe('ticks', () => {
  it('are round, whole and reach no further than the tallest day', () => {
    expect(ticks(14, 3)).toEqual([0, 5, 10]);
    expect(ticks(1, 3)).toEqual([0, 1]);
    expect(ticks(0, 3)).toEqual([0]);
    expect(niceStep(21)).toBe(50);
  });
});

describe('halves', () => {
  it('share one scale while wanted mail is modest', () => {
    const { up, down, perUp, perDown } = halves(200, 15, 5);
    expect(perUp).toBe(perDown);
    expect(up + down).toBeCloseTo(200);
    expect(15 * perUp).toBeLessThanOrEqual(up + 1e-9);
  });

  it('hold the lower half back when wanted mail would drown the junk', () => {
    const { up, down, perDown } = halves(200, 4, 40);
    expect(down).toBeCloseTo(80);
    expect(up).toBeCloseTo(120);
    expect(40 * perDown).toBeCloseTo(80);
  });
});

describe('a day scale', () => {
  it('finds the day under every position of its bars', () => {
    const scale = dayScale(100, 219, 40, 640);
    for (const day of [100, 150, 219]) {
      expect(scale.at(scale.middle(day))).toBe(day);
    }
    expect(scale.at(-5)).toBe(100);
    expect(scale.at(9999)).toBe(219);
  });
});
