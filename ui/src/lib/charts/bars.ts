import type { Column } from './columns';
import type { DayScale, Halves } from './scale';

/** A rectangle of one colour. */
export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  kind: 'early' | 'junk' | 'stranger' | 'wanted';
}

/** The widest a bar may be, in pixels, and the share of its days' width that it fills. */
const WIDEST = 28;
const FILL = 0.76;

/** The largest stack above the line and the largest below it. */
export function extremes(columns: readonly Column[]): { highest: number; deepest: number } {
  let highest = 0;
  let deepest = 0;
  for (const column of columns) {
    highest = Math.max(highest, column.early + column.junk + column.stranger);
    deepest = Math.max(deepest, column.wanted);
  }
  return { highest, deepest };
}

/** The rectangles of all columns; `line` is the height of the zero line. */
export function bars(columns: readonly Column[], x: DayScale, y: Halves, line: number): Bar[] {
  const rectangles: Bar[] = [];
  for (const column of columns) {
    const days = column.to - column.from + 1;
    const width = Math.min(days * x.step * FILL, WIDEST);
    const left = (x.left(column.from) + x.left(column.to + 1) - width) / 2;
    let top = line;
    for (const kind of ['early', 'junk', 'stranger'] as const) {
      const height = column[kind] * y.perUp;
      if (height === 0) continue;
      top -= height;
      rectangles.push({ x: left, y: top, width, height, kind });
    }
    if (column.wanted === 0) continue;
    rectangles.push({ x: left, y: line + 1, width, height: column.wanted * y.perDown, kind: 'wanted' });
  }
  return rectangles;
}
