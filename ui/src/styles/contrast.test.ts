import { expect, test } from 'vitest';
import TOKENS from './tokens.css?raw';

/** The light and the dark value of a token. */
function shades(token: string): [string, string] {
  const match = new RegExp(`--${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(TOKENS);
  if (!match?.[1] || !match[2]) throw new Error(`${token} is no pair of colours`);
  return [match[1], match[2]];
}

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, from 1 to 21 (WCAG 2.2). */
function contrast(one: string, other: string): number {
  const [bright = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

function check(least: number, fronts: readonly string[], backs: readonly string[]): void {
  for (const front of fronts) {
    for (const back of backs) {
      for (const [index, scheme] of ['light', 'dark'].entries()) {
        const got = contrast(shades(front)[index] ?? '', shades(back)[index] ?? '');
        expect(got, `${front} on ${back}, ${scheme}`).toBeGreaterThanOrEqual(least);
      }
    }
  }
}

test('text can be read on everything it stands on (AA)', () => {
  check(4.5, ['ink', 'ink-2'], ['paper', 'surface', 'sunken', 'rail', 'hover']);
  check(4.5, ['ink'], ['watch-bg', 'alarm-bg', 'line']);
  check(4.5, ['alarm', 'watch', 'calm'], ['paper', 'surface']);
  check(4.5, ['alarm'], ['alarm-bg']);
  check(4.5, ['watch'], ['watch-bg']);
  check(4.5, ['paper'], ['ink', 'ink-2']);
  check(4.5, ['on-seal'], ['seal']);
});

test('what is no text can be told from its ground', () => {
  check(3, ['alarm', 'watch', 'calm', 'past', 'edge', 'focus'], ['paper', 'surface']);
});
