import { describe, expect, test } from 'vitest';
import en from './en.json';
import ja from './ja.json';
import { dateInWords, dayInFull, daysFromTo, monthTick } from './dates';
import { filled, figure, language, t, tn } from './words.svelte';

const DAY = 20_587; // 14 May 2026

/** The names of the placeholders in a text. */
function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
}

describe('the catalogue', () => {
  test('says everything in both languages with the same placeholders', () => {
    expect(Object.keys(ja)).toEqual(Object.keys(en));
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      // A number may stand in figures or in words, and a text for one may leave it out.
      const one = key.endsWith('.one');
      const filled = (text: string) =>
        placeholders(text)
          .map((name) => (name === 'number' ? 'n' : name))
          .filter((name) => !(one && name === 'n'));
      expect(filled(ja[key]), key).toEqual(filled(en[key]));
      expect(ja[key].trim() === '', key).toBe(en[key].trim() === '');
    }
  });

  test('keeps the tone: no exclamation mark, no blame', () => {
    for (const [key, text] of [...Object.entries(en), ...Object.entries(ja)]) {
      expect(text, key).not.toMatch(/[!！]|leaked by|culprit|hacked|犯人|漏らした|クロ(?!ー)/u);
    }
  });

  test('counts one and many', () => {
    language.current = 'en';
    expect(tn('screen.chart.read.junk', 1)).toBe('1 junk message');
    expect(tn('screen.chart.read.junk', 1234)).toBe('1,234 junk messages');
    language.current = 'ja';
    expect(tn('screen.chart.read.junk', 2)).toBe('迷惑メール 2通');
    language.current = 'en';
  });

  test('leaves a placeholder that nobody fills for all to see', () => {
    expect(filled('{a} and {b}', { a: 1 })).toBe('1 and {b}');
    expect(t('screen.remove', { account: '{n}' }), 'what is filled in is not filled in again').toBe('Remove {n}');
  });
});

describe('dates', () => {
  test('are written in the way of the language', () => {
    language.current = 'en';
    expect(dayInFull(DAY)).toMatch(/^Thursday,? 14 May 2026$/);
    expect(monthTick(DAY)).toBe('May');
    expect(dateInWords('2026-05-14')).toBe('14 May 2026');
    expect(figure(18234)).toBe('18,234');
    language.current = 'ja';
    expect(dayInFull(DAY)).toBe('2026年5月14日木曜日');
    expect(monthTick(DAY)).toBe('5月');
    expect(daysFromTo(DAY, DAY + 6)).toBe('2026年5月14日～20日');
    expect(daysFromTo(DAY, DAY + 20)).toBe('2026年5月14日～6月3日');
    language.current = 'en';
  });
});
